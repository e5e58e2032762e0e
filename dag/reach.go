package dag

import (
	"cmp"
	"slices"
)

// Dependencies returns what v depends on directly, in order.
func (g *Graph) Dependencies(v *Vertex) []*Vertex { return g.ordered(g.deps[v.id]) }

// Dependents returns what depends on v directly, in order.
func (g *Graph) Dependents(v *Vertex) []*Vertex { return g.ordered(g.rdeps[v.id]) }

// Ancestors returns everything that v waits for, directly or not, in order. A
// vertex of a cycle is its own ancestor.
func (g *Graph) Ancestors(v *Vertex) []*Vertex { return g.ordered(reach(g.deps, v)) }

// Descendants returns everything that waits for v, directly or not, in order.
// A vertex of a cycle is its own descendant.
func (g *Graph) Descendants(v *Vertex) []*Vertex { return g.ordered(reach(g.rdeps, v)) }

// ordered returns the vertices with those ids in the graph's order.
func (g *Graph) ordered(ids []int32) []*Vertex {
	vertices := make([]*Vertex, len(ids))
	for i, id := range ids {
		vertices[i] = g.byID[id]
	}
	slices.SortFunc(vertices, func(a, b *Vertex) int { return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.id, b.id)) })
	return vertices
}

// reach returns the ids that a path of at least one edge leads to from v.
func reach(adjacent [][]int32, v *Vertex) []int32 {
	seen := make([]bool, len(adjacent))
	var found []int32
	queue := []int32{int32(v.id)}
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, to := range adjacent[id] {
			if !seen[to] {
				seen[to] = true
				found = append(found, to)
				queue = append(queue, to)
			}
		}
	}
	return found
}

// CriticalPath returns the longest path of the graph, dependencies first: what
// bounds a rollout however many workers there are. Where several are equally
// long it is the first in order. In a graph with cycles it crosses each at most once.
func (g *Graph) CriticalPath() []*Vertex {
	if len(g.levels) == 0 {
		return nil
	}
	v := g.levels[len(g.levels)-1][0]
	path := []*Vertex{v}
	for v.level > 0 {
		v = g.below(v)
		if v == nil {
			break
		}
		path = append(path, v)
	}
	slices.Reverse(path)
	return path
}

// below returns the first dependency of v one level down; where v is in a cycle,
// that of the first member of the cycle that has one.
func (g *Graph) below(v *Vertex) *Vertex {
	for _, w := range append([]*Vertex{v}, g.sameLevelAncestors(v)...) {
		for _, d := range g.Dependencies(w) {
			if d.level == v.level-1 {
				return d
			}
		}
	}
	return nil
}

// sameLevelAncestors returns the other members of v's cycle.
func (g *Graph) sameLevelAncestors(v *Vertex) []*Vertex {
	for _, w := range g.Dependencies(v) {
		if w.level == v.level {
			return slices.DeleteFunc(g.Ancestors(v), func(a *Vertex) bool { return a.level != v.level })
		}
	}
	return nil
}

// Cycles returns the cycles of the graph, one for every strongly connected
// component: each a path along dependsOn that starts at the member declared
// first and ends where it would reach that one again. A vertex that depends on
// itself alone is not among them.
func (g *Graph) Cycles() [][]*Vertex { return clone(g.cycles) }

// clone keeps callers from changing the graph.
func clone(lists [][]*Vertex) [][]*Vertex {
	copies := make([][]*Vertex, len(lists))
	for i, list := range lists {
		copies[i] = slices.Clone(list)
	}
	return copies
}

// cyclePath returns the shortest cycle through the earliest declared member of
// a component.
func (g *Graph) cyclePath(ids, component []int32) []*Vertex {
	start := ids[0]
	for _, id := range ids {
		if compareDeclared(g.byID[id], g.byID[start]) < 0 {
			start = id
		}
	}
	parent := map[int32]int32{start: start}
	for queue := []int32{start}; len(queue) > 0; queue = queue[1:] {
		for _, to := range g.deps[queue[0]] {
			if to == start {
				return g.walkBack(queue[0], start, parent)
			}
			if _, seen := parent[to]; !seen && component[to] == component[start] {
				parent[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
	return nil // unreachable: every member of a component lies on a cycle
}

// walkBack returns the path from start to id.
func (g *Graph) walkBack(id, start int32, parent map[int32]int32) []*Vertex {
	path := []*Vertex{g.byID[id]}
	for id != start {
		id = parent[id]
		path = append(path, g.byID[id])
	}
	slices.Reverse(path)
	return path
}
