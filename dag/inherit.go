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
// brings about in several nodes.
func (g *Graph) joinInherited(rule Rule, found []Diagnostic) []Diagnostic {
	type defect struct {
		severity       Severity
		field, message string
	}
	defectOf := func(d Diagnostic) (defect, bool) {
		shared := g.inherits(d.Node, d.Field) && (rule.also == "" || g.inherits(d.Node, rule.also))
		return defect{d.Severity, d.Field, d.Message}, shared
	}
	nodes := map[defect]int{}
	for _, d := range found {
		if key, shared := defectOf(d); shared {
			nodes[key]++
		}
	}
	var joined []Diagnostic
	for _, d := range found {
		key, shared := defectOf(d)
		switch n := nodes[key]; {
		case !shared || n == 1:
			joined = append(joined, d)
		case n > 1:
			d.Position, d.Node, d.Related = g.clusterPosition(), "", nil
			d.Message = fmt.Sprintf("in Defaults, which %d nodes take: %s", n, d.Message)
			joined = append(joined, d)
			nodes[key] = 0 // told
		}
	}
	return joined
}

// missingFields reports the required fields that are not set: for each node, or
// once where the defaults leave out what several nodes rely on.
func (g *Graph) missingFields() []Diagnostic {
	byField := map[string][]Diagnostic{}
	missing := func(d Diagnostic) bool {
		field, inSpec := strings.CutPrefix(d.Field, "spec.")
		return d.Code == requiredFieldCode && inSpec && slices.Contains(requiredFields, field)
	}
	for _, d := range found {
		if missing(d) {
			byField[d.Field] = append(byField[d.Field], d)
		}
	}
	var joined Diagnostics
	for _, d := range found {
		nodes := byField[d.Field]
		switch {
		case !missing(d) || len(nodes) == 1:
			joined = append(joined, d)
		case d.Node == nodes[0].Node:
			d.Position, d.Node = g.clusterPosition(), ""
			d.Message = fmt.Sprintf("%s is required, and Defaults does not set it, nor %s", d.Field, g.lacking(nodes))
			joined = append(joined, d)
		}
	}
	return joined
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
