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

// rings are the components of a side.
func (s *side) rings() [][]*dag.Vertex {
	if s.ringed == nil {
		s.ringed = append([][]*dag.Vertex{}, components(s.Graph)...)
	}
	return s.ringed
}

// circling reports whether a node of a side lies in a cycle.
func (s *side) circling(key string) bool {
	if s.circles == nil {
		s.circles = map[string]bool{}
		for _, cycle := range s.rings() {
			for _, v := range cycle {
				s.circles[v.Key()] = true
			}
		}
	}
	return s.circles[key]
}
