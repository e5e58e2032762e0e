package dag

import (
	"fmt"
	"slices"
	"strings"
)

// inherits reports whether the node with that namespace/name takes a field from
// the cluster's defaults.
func (g *Graph) inherits(node, field string) bool {
	v := g.Lookup(node)
	switch {
	case v == nil:
		return false
	case field == "metadata.namespace":
		return v.node.node.Namespace == "" && g.cluster.Defaults.Namespace != ""
	}
	i := fieldIndex(field)
	return i >= 0 && v.inherited>>i&1 == 1
}

// fieldIndex returns the index among specFields of the field that a path such as
// spec.postBuild.substituteFrom[0].kind leads into, or -1.
func fieldIndex(path string) int {
	path, inSpec := strings.CutPrefix(path, "spec.")
	if !inSpec {
		return -1
	}
	path, _, _ = strings.Cut(path, "[")
	return slices.IndexFunc(specFields(), func(f field) bool {
		return path == f.name || strings.HasPrefix(path, f.name+".")
	})
}

// Condense makes one finding, at the cluster's Defaults, of those that a value in
// them, or one that is missing there, brings about in several nodes. Graph.Check
// says each of them, as it does for a graph that was read from files. more are rules
// that are not built in and judge values too.
func (g *Graph) Condense(found Diagnostics, more ...Rule) Diagnostics {
	type defect struct {
		code, field, message string
		severity             Severity
	}
	rules := map[string]Rule{}
	for _, r := range slices.Concat(Rules(), more) {
		rules[r.Code] = r
	}
	nodes := map[defect][]string{}
	defectOf := func(d Diagnostic) (key defect, shared bool) {
		rule := rules[d.Code]
		inherited := rule.OfValue && g.inherits(d.Node, d.Field) && (rule.also == "" || g.inherits(d.Node, rule.also))
		return defect{d.Code, d.Field, d.Message, d.Severity}, inherited || g.lacks(d)
	}
	for _, d := range found {
		if key, shared := defectOf(d); shared {
			nodes[key] = append(nodes[key], d.Node)
		}
	}
	var condensed Diagnostics
	told := map[defect]bool{}
	for _, d := range found {
		key, shared := defectOf(d)
		names := nodes[key]
		if !shared || len(names) == 1 {
			condensed = append(condensed, d)
		} else if !told[key] {
			told[key] = true
			condensed = append(condensed, g.atDefaults(d, names))
		}
	}
	condensed.Sort()
	return condensed
}

// lacks reports whether a finding is about a required field that neither the node
// nor the defaults set, though these set others.
func (g *Graph) lacks(d Diagnostic) bool {
	field, _ := strings.CutPrefix(d.Field, "spec.")
	return g.hasDefaults && d.Code == requiredField && slices.Contains(requiredFields, field)
}

// atDefaults turns what was found about one of several nodes into a finding about
// the defaults.
func (g *Graph) atDefaults(d Diagnostic, nodes []string) Diagnostic {
	if g.lacks(d) {
		d.Message = fmt.Sprintf("%s is required, and Defaults does not set it, nor %s", d.Field, g.lacking(nodes))
	} else {
		d.Message = fmt.Sprintf("in Defaults, which %d nodes take: %s", len(nodes), d.Message)
	}
	d.Position, d.Node, d.Related = g.clusterPosition(), "", nil
	return d
}

// lacking names the nodes: all, or the first three.
func (g *Graph) lacking(nodes []string) string {
	if len(nodes) == g.Len() {
		return fmt.Sprintf("do any of the %d nodes", g.Len())
	}
	names := slices.Sorted(slices.Values(nodes))
	if more := len(names) - 3; more > 0 {
		names = append(names[:3], fmt.Sprintf("%d more", more))
	}
	last := len(names) - 1
	return "do " + strings.Join(names[:last], ", ") + " and " + names[last]
}
