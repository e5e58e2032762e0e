package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// components are the nodes that wait for each other: of each cycle all that lie in it, by
// whatever way. In a graph, what depends on a node and is of its level is in a cycle with it.
func components(g *dag.Graph) [][]*dag.Vertex {
	cycles := g.Cycles()
	for i, cycle := range cycles {
		for _, v := range g.Ancestors(cycle[0]) {
			if v.Level() == cycle[0].Level() && !slices.Contains(cycle, v) {
				cycles[i] = append(cycles[i], v)
			}
		}
	}
	return cycles
}

// rings are the components of head.
func (c *comparison) rings() [][]*dag.Vertex {
	if c.ringed == nil {
		c.ringed = append([][]*dag.Vertex{}, components(c.head.Graph)...)
	}
	return c.ringed
}

// circling reports whether a node of head lies in a cycle.
func (c *comparison) circling(key string) bool {
	if c.circles == nil {
		c.circles = map[string]bool{}
		for _, cycle := range c.rings() {
			for _, v := range cycle {
				c.circles[v.Key()] = true
			}
		}
	}
	return c.circles[key]
}
