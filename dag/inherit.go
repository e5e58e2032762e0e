package dag

import (
	"fmt"
	"slices"
	"strings"
)

// inherits reports whether the node with that namespace/name takes a field from
// the cluster's defaults.
func (g *Graph) inherits(node, field string) bool {
	namespace, name, _ := strings.Cut(node, "/")
	v := g.byKey[objectKey{namespace, name}]
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

// joinInherited makes one finding, at the defaults, of those that a value in them
// brings about in every node.
func (g *Graph) joinInherited(rule Rule, found []Diagnostic) []Diagnostic {
	type defect struct {
		severity       Severity
		field, message string
	}
	nodes := map[defect]int{}
	var joined []Diagnostic
	for _, d := range found {
		if !g.inherits(d.Node, d.Field) || rule.also != "" && !g.inherits(d.Node, rule.also) {
			joined = append(joined, d)
			continue
		}
		key := defect{d.Severity, d.Field, d.Message}
		if nodes[key]++; nodes[key] == 1 {
			d.Position, d.Node, d.Related = g.clusterPosition(), "", nil
			joined = append(joined, d)
		}
	}
	for i, d := range joined {
		if n := nodes[defect{d.Severity, d.Field, d.Message}]; d.Node == "" && n > 0 {
			joined[i].Message = fmt.Sprintf("in Defaults, which %s: %s", takers(n), d.Message)
		}
	}
	return joined
}

func takers(n int) string {
	if n == 1 {
		return "1 node takes"
	}
	return fmt.Sprintf("%d nodes take", n)
}

// missingFields reports the required fields that are not set: for each node, or
// once where the defaults leave out what several nodes rely on.
func (g *Graph) missingFields() []Diagnostic {
	byField := map[string][]Diagnostic{}
	var fields []string
	for _, d := range g.faultsOf(faultRequired) {
		if byField[d.Field] == nil {
			fields = append(fields, d.Field)
		}
		byField[d.Field] = append(byField[d.Field], d)
	}
	var found []Diagnostic
	for _, field := range fields {
		nodes := byField[field]
		if len(nodes) == 1 || !g.hasDefaults {
			found = append(found, nodes...)
			continue
		}
		d := nodes[0]
		d.Position, d.Node = g.clusterPosition(), ""
		d.Message = fmt.Sprintf("%s is required, and Defaults does not set it, nor %s", field, g.lacking(nodes))
		found = append(found, d)
	}
	return found
}

// lacking names the nodes of those findings: all, or the first three.
func (g *Graph) lacking(nodes []Diagnostic) string {
	if len(nodes) == g.Len() {
		return fmt.Sprintf("do any of the %d nodes", g.Len())
	}
	var names []string
	for _, d := range nodes[:min(3, len(nodes))] {
		names = append(names, d.Node)
	}
	if more := len(nodes) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	last := len(names) - 1
	return "do " + strings.Join(names[:last], ", ") + " and " + names[last]
}
