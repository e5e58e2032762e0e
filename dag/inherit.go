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

// JoinDefaults makes one finding, at the defaults, of those that a value in them, or
// its absence, brings about in every node that takes it. [Graph.Check] reports the
// nodes, as it does for YAML, which has no defaults.
func (g *Graph) JoinDefaults(found Diagnostics) Diagnostics {
	rules := map[string]Rule{}
	for _, r := range Rules() {
		rules[r.Code] = r
	}
	joined := g.joinMissing(g.joinValues(rules, found))
	joined.Sort()
	return joined
}

// defect is what a value in the defaults is found guilty of.
type defect struct {
	code           string
	severity       Severity
	field, message string
}

func (d Diagnostic) defect() defect { return defect{d.Code, d.Severity, d.Field, d.Message} }

// joinValues joins the findings about values that the defaults have.
func (g *Graph) joinValues(rules map[string]Rule, found Diagnostics) Diagnostics {
	nodes := map[defect]int{}
	var joined Diagnostics
	for _, d := range found {
		rule := rules[d.Code]
		if !rule.ofValue || !g.inherits(d.Node, d.Field) || rule.also != "" && !g.inherits(d.Node, rule.also) {
			joined = append(joined, d)
			continue
		}
		if nodes[d.defect()]++; nodes[d.defect()] == 1 {
			d.Position, d.Node, d.Related = g.clusterPosition(), "", nil
			joined = append(joined, d)
		}
	}
	for i, d := range joined {
		if n := nodes[d.defect()]; d.Node == "" && n > 0 {
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

// joinMissing joins the findings about a required field that the defaults leave out
// and several nodes rely on.
func (g *Graph) joinMissing(found Diagnostics) Diagnostics {
	if !g.hasDefaults {
		return found
	}
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
