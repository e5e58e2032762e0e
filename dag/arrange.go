package dag

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/internal/scc"
)

// arrange turns the edges into adjacency lists, and those into cycles, levels
// and the order of the vertices.
func (g *Graph) arrange() {
	g.byID = slices.Clone(g.vertices)
	g.deps, g.rdeps = make([][]int32, len(g.byID)), make([][]int32, len(g.byID))
	for _, v := range g.byID {
		g.deps[v.id] = v.targets()
		for _, to := range g.deps[v.id] {
			g.rdeps[to] = append(g.rdeps[to], int32(v.id))
		}
	}
	component, members := scc.Components(g.deps)
	for c, ids := range members {
		g.setLevel(int32(c), ids, component)
		if len(ids) > 1 {
			g.cycles = append(g.cycles, g.cyclePath(ids, component))
		}
	}
	slices.SortFunc(g.cycles, func(a, b []*Vertex) int { return compareDeclared(a[0], b[0]) })
	slices.SortFunc(g.vertices, func(a, b *Vertex) int { return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.id, b.id)) })
	for _, v := range g.vertices {
		if v.level == len(g.levels) {
			g.levels = append(g.levels, nil)
		}
		g.levels[v.level] = append(g.levels[v.level], v)
	}
}

// targets returns the ids of what v depends on, without repeats and without v.
func (v *Vertex) targets() []int32 {
	ids := make([]int32, 0, len(v.edges))
	for _, e := range v.edges {
		if e.to != nil && e.to != v {
			ids = append(ids, int32(e.to.id))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// setLevel gives the vertices of one component their level. Components come
// dependencies first, so the levels of everything outside it are known.
func (g *Graph) setLevel(c int32, ids, component []int32) {
	level := 0
	for _, id := range ids {
		for _, to := range g.deps[id] {
			if component[to] != c {
				level = max(level, g.byID[to].level+1)
			}
		}
	}
	for _, id := range ids {
		g.byID[id].level = level
	}
}

// compareDeclared orders vertices by where they were declared.
func compareDeclared(a, b *Vertex) int {
	return cmp.Or(a.Position().Compare(b.Position()), cmp.Compare(a.id, b.id))
}
