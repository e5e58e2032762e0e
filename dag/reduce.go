package dag

import (
	"cmp"
	"slices"
)

// Redundant returns the edges that other edges imply, in order, each as (v, u, w):
// v depends on u, and also on w, which already waits for u. What is left without
// the edges from v to u is the transitive reduction. Edges inside a cycle,
// where there is no one reduction, are left alone.
func (g *Graph) Redundant() [][3]*Vertex { return newSearch(g, g.deps).redundant() }

// Superfluous returns those edges of [Graph.Redundant] that order nothing in Flux.
// An edge counts, and implies others, only where the built-in check judges it (a
// readyExpr may hold earlier) and both ends have the same source: else the dependent
// does not wait for the current revision (kustomize-controller: checkDependencies).
func (g *Graph) Superfluous() [][3]*Vertex {
	deps := make([][]int32, len(g.byID))
	for id, v := range g.byID {
		for _, to := range g.deps[id] {
			if v.waitsForRevisionOf(g.byID[to]) {
				deps[id] = append(deps[id], to)
			}
		}
	}
	return newSearch(g, deps).redundant()
}

func (s *search) redundant() [][3]*Vertex {
	g := s.g
	var redundant [][3]*Vertex
	for _, v := range g.vertices {
		deps := g.ordered(s.deps[v.id])
		for i, u := range deps {
			// Only a dependency of a higher level can lead to u.
			for j := len(deps) - 1; j > i && deps[j].level > u.level; j-- {
				if deps[j].level < v.level && s.reaches(int32(deps[j].id), int32(u.id)) {
					redundant = append(redundant, [3]*Vertex{v, u, deps[j]})
					break
				}
			}
		}
	}
	return redundant
}

// search answers whether one vertex leads to another. Deep graphs would make a
// plain search quadratic (every node of a chain that also names the chain's
// first), so two labels decide most questions at once: an interval in a
// spanning forest that says yes, and an interval over the whole graph that says
// no (GRAIL: Yildirim, Chaoji, Zaki, VLDB 2010). What neither decides is searched
// for by the longest step down first, which in a graph of many levels comes near
// to u in few steps.
type search struct {
	g         *Graph
	deps      [][]int32 // the edges that are looked at, by vertex id
	down      [][]int32 // dependencies, of the highest level first
	pre, last []int32   // preorder in the spanning forest, and the last one below
	low, post []int32   // post-order in the graph, and the lowest one below
	stamp     []int32
	now       int32
	stack     []int32
	steps     int // vertices looked at so far, which is what the search costs
}

func newSearch(g *Graph, deps [][]int32) *search {
	n := len(g.byID)
	s := &search{g: g, deps: deps, down: make([][]int32, n), pre: make([]int32, n), last: make([]int32, n),
		low: make([]int32, n), post: make([]int32, n), stamp: make([]int32, n)}
	for id, deps := range deps {
		s.down[id] = slices.Clone(deps)
		slices.SortFunc(s.down[id], func(a, b int32) int { return cmp.Compare(g.byID[b].level, g.byID[a].level) })
	}
	s.labelForest()
	s.labelGraph()
	return s
}

// labelForest numbers the forest in which the parent of a vertex is its
// dependency of the highest level: u is above v there only if v leads to u.
func (s *search) labelForest() {
	children := make([][]int32, len(s.g.byID))
	var roots []int32
	for _, v := range s.g.vertices {
		if parent := s.parent(v); parent != nil {
			children[parent.id] = append(children[parent.id], int32(v.id))
		} else {
			roots = append(roots, int32(v.id))
		}
	}
	count := int32(0)
	walk(roots, children, func(v int32) { s.pre[v] = count; count++ }, func(v int32) { s.last[v] = count - 1 })
}

func (s *search) parent(v *Vertex) *Vertex {
	deps := s.deps[v.id]
	if len(deps) == 0 {
		return nil
	}
	best := slices.MaxFunc(deps, func(a, b int32) int { return cmp.Compare(s.g.byID[a].level, s.g.byID[b].level) })
	if s.g.byID[best].level >= v.level {
		return nil // in a cycle
	}
	return s.g.byID[best]
}

// labelGraph numbers the vertices so that whatever v leads to has its interval
// [low, post] within v's. It goes level by level, so a cycle, whose members
// share a level, cannot confuse it: their edges are passed over.
func (s *search) labelGraph() {
	down := make([][]int32, len(s.g.byID))
	roots := make([]int32, 0, len(s.g.byID))
	for i := len(s.g.vertices) - 1; i >= 0; i-- {
		v := s.g.vertices[i]
		roots = append(roots, int32(v.id))
		down[v.id] = slices.DeleteFunc(slices.Clone(s.deps[v.id]), func(to int32) bool { return s.g.byID[to].level >= v.level })
	}
	seen := make([]bool, len(s.g.byID))
	count := int32(0)
	walkOnce(roots, down, seen, func(v int32) {
		s.post[v], s.low[v] = count, count
		for _, to := range down[v] {
			s.low[v] = min(s.low[v], s.low[to])
		}
		count++
	})
}

// reaches reports whether a path along dependsOn leads from v to u, two
// vertices of which v has the higher level.
func (s *search) reaches(v, u int32) bool {
	s.now++
	s.stack = append(s.stack[:0], v)
	for len(s.stack) > 0 {
		w := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.steps++
		if s.pre[u] <= s.pre[w] && s.pre[w] <= s.last[u] {
			return true
		}
		for _, to := range s.down[w] {
			if s.stamp[to] != s.now && s.possible(to, u) {
				s.stamp[to] = s.now
				s.stack = append(s.stack, to)
			}
		}
	}
	return false
}

func (s *search) possible(v, u int32) bool {
	if v == u {
		return true
	}
	return s.g.byID[v].level > s.g.byID[u].level && s.low[v] <= s.low[u] && s.post[u] <= s.post[v]
}
