package view

import "github.com/tazlab/fluxdag/dag"

// choose returns the vertices that the selection shows, or nil for all.
func (s Selection) choose(g *dag.Graph) map[*dag.Vertex]bool {
	var chosen map[*dag.Vertex]bool
	for _, c := range []struct {
		names []string
		depth int
		next  []func(*dag.Vertex) []*dag.Vertex
	}{
		{s.From, -1, []func(*dag.Vertex) []*dag.Vertex{g.Dependencies}},
		{s.To, -1, []func(*dag.Vertex) []*dag.Vertex{g.Dependents}},
		{s.Around, s.Depth, []func(*dag.Vertex) []*dag.Vertex{g.Dependencies, g.Dependents}},
	} {
		if len(c.names) == 0 {
			continue
		}
		reached := map[*dag.Vertex]bool{}
		for _, next := range c.next {
			spread(g, c.names, c.depth, next, reached)
		}
		chosen = both(chosen, reached)
	}
	return chosen
}

// spread marks the vertices of those names and what is up to depth steps away from
// them; a negative depth has no end.
func spread(g *dag.Graph, names []string, depth int, next func(*dag.Vertex) []*dag.Vertex, reached map[*dag.Vertex]bool) {
	var front []*dag.Vertex
	seen := map[*dag.Vertex]bool{}
	add := func(v *dag.Vertex) {
		if !seen[v] {
			seen[v], reached[v] = true, true
			front = append(front, v)
		}
	}
	for _, name := range names {
		for _, v := range named(g, name) {
			add(v)
		}
	}
	for ; depth != 0 && len(front) > 0; depth-- {
		last := front
		front = nil
		for _, v := range last {
			for _, w := range next(v) {
				add(w)
			}
		}
	}
}

// both returns what is in two sets, of which the first may be that of all.
func both(a, b map[*dag.Vertex]bool) map[*dag.Vertex]bool {
	if a == nil {
		return b
	}
	for v := range b {
		if !a[v] {
			delete(b, v)
		}
	}
	return b
}

// reduced returns the edges that others imply. Where the nodes shown are not all that
// lies between them, only those whose detour is shown: else two nodes that wait for
// each other would stand there as strangers.
func reduced(g *dag.Graph, nodes map[*dag.Vertex]bool, gaps bool) map[link]bool {
	implied := map[link]bool{}
	for _, r := range g.Redundant() {
		v, u := r[0], r[1]
		if nodes != nil && !(nodes[v] && nodes[u]) {
			continue
		}
		if !gaps || detour(g, nodes, v, u) {
			implied[link{v, u}] = true
		}
	}
	return implied
}

// detour reports whether a path of more than one edge leads from v to u within nodes.
func detour(g *dag.Graph, nodes map[*dag.Vertex]bool, v, u *dag.Vertex) bool {
	seen := map[*dag.Vertex]bool{v: true}
	for queue := []*dag.Vertex{v}; len(queue) > 0; {
		w := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, to := range g.Dependencies(w) {
			switch {
			case to == u && w != v:
				return true
			case to == u || seen[to] || !nodes[to] || to.Level() <= u.Level():
				continue
			}
			seen[to] = true
			queue = append(queue, to)
		}
	}
	return false
}
