package view

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// hides reports whether a node is left out of the part that is shown.
func (c Cluster) hides(v *dag.Vertex) bool {
	return c.part != nil && c.part.nodes != nil && !c.part.nodes[v]
}

// hiddenOf returns what a node waits for and the part leaves out, by key.
func (c Cluster) hiddenOf(v *dag.Vertex) []string {
	var keys []string
	for _, to := range c.Graph.Dependencies(v) {
		if c.hides(to) {
			keys = append(keys, to.Key())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// hiddenBehind counts what waits for a node and the part leaves out.
func (c Cluster) hiddenBehind(v *dag.Vertex) int {
	n := 0
	for _, w := range c.Graph.Dependents(v) {
		if c.hides(w) {
			n++
		}
	}
	return n
}

// hiddenNote says in one line of a box how much of what it waits for is not shown.
func (b box) hiddenNote() string {
	if len(b.hidden) == 0 {
		return ""
	}
	return fmt.Sprintf("waits for %d not shown", len(b.hidden))
}

// hiddenLines says for a box's title what is not shown of what it waits for and gates.
func (d *drawing) hiddenLines(b *box) []string {
	var lines []string
	for _, key := range b.hidden {
		lines = append(lines, "waits for "+d.short(key)+" (not shown)")
	}
	if n := d.hiddenBehind(b.vertex); n > 0 {
		lines = append(lines, fmt.Sprintf("gates %d not shown", n))
	}
	return lines
}
