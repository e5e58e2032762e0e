package plan

import (
	"iter"

	"github.com/tazlab/fluxdag/dag"
)

// staying are the objects that stay in a cluster, as far as Flux is concerned, each with the node
// that applies it, or has applied it: what cannot be built any more keeps what it had.
func (c *comparison) staying() iter.Seq2[*dag.Vertex, Object] {
	return func(yield func(*dag.Vertex, Object) bool) {
		of := func(s *side, v *dag.Vertex) bool {
			for _, o := range s.Objects[v.Key()] {
				if !yield(v, o) {
					return false
				}
			}
			return true
		}
		for v := range c.head.Graph.Vertices() {
			s := c.head
			if s.build(v.Key()).breaks() && c.base.has(v.Key()) {
				s = c.base
			}
			if !c.vanishes(v.Key()) && !of(s, v) {
				return
			}
		}
		for v := range c.base.Graph.Vertices() {
			if !c.head.has(v.Key()) && !c.goes(v.Key()) && !of(c.base, v) {
				return
			}
		}
	}
}

// applied are the objects of a side, each with the node that applies it.
func (s *side) applied() iter.Seq2[*dag.Vertex, Object] {
	return func(yield func(*dag.Vertex, Object) bool) {
		for v := range s.Graph.Vertices() {
			for _, o := range s.Objects[v.Key()] {
				if !yield(v, o) {
					return
				}
			}
		}
	}
}
