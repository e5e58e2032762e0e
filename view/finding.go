package view

import (
	"cmp"
	"regexp"
	"strconv"

	"github.com/tazlab/fluxdag/dag"
)

// marks are the errors and warnings of a cluster, by what they are about.
type marks struct {
	nodes map[string][]dag.Diagnostic // by key
	edges map[ends][]dag.Diagnostic
	rest  []dag.Diagnostic // about no node of the graph
}

// ends are the keys of a dependent and of what it waits for.
type ends struct{ from, to string }

// dependency is the field of a finding about an edge.
var dependency = regexp.MustCompile(`^spec\.dependsOn\[([0-9]+)\]`)

// newMarks sorts the findings of a cluster. A finding about an edge that is not shown
// is one about its node.
func newMarks(c Cluster) marks {
	m := marks{nodes: map[string][]dag.Diagnostic{}, edges: map[ends][]dag.Diagnostic{}}
	for _, d := range c.Findings {
		if d.Severity > dag.Warning {
			continue
		}
		v := c.Graph.Lookup(d.Node)
		if v == nil {
			m.rest = append(m.rest, d)
			continue
		}
		if e, ok := edgeAbout(v, d.Field); ok && c.showsKey(v, e.to) {
			m.edges[e] = append(m.edges[e], d)
		} else {
			m.nodes[d.Node] = append(m.nodes[d.Node], d)
		}
	}
	return m
}

// edgeAbout returns the edge that a field of v stands for.
func edgeAbout(v *dag.Vertex, field string) (ends, bool) {
	match := dependency.FindStringSubmatch(field)
	if match == nil {
		return ends{}, false
	}
	o := v.Object()
	i, err := strconv.Atoi(match[1])
	if err != nil || i >= len(o.Spec.DependsOn) {
		return ends{}, false
	}
	ref := o.Spec.DependsOn[i]
	return ends{v.Key(), cmp.Or(ref.Namespace, o.Namespace) + "/" + ref.Name}, true
}

// showsKey reports whether the edge from v to that key is shown.
func (c Cluster) showsKey(v *dag.Vertex, key string) bool {
	to := c.Graph.Lookup(key)
	return to == nil || c.shows(v, to)
}

// worst returns the worst severity among findings, or zero where there are none.
func worst(found []dag.Diagnostic) dag.Severity {
	var worst dag.Severity
	for _, d := range found {
		if worst == 0 || d.Severity < worst {
			worst = d.Severity
		}
	}
	return worst
}
