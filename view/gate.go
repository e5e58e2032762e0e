package view

import (
	"math/bits"

	"github.com/tazlab/fluxdag/dag"
)

// The number of all nodes behind one cannot be counted in linear time: it is told of
// graphs up to these sizes.
const (
	mostCounted       = 10_000
	mostCountedCyclic = 1_000
)

// gates counts, for each node of a graph, the nodes that wait for it, directly or
// not; it returns nil where that would take too long.
func gates(g *dag.Graph) map[*dag.Vertex]int {
	n := g.Len()
	counts := make(map[*dag.Vertex]int, n)
	if len(g.Cycles()) > 0 {
		if n > mostCountedCyclic {
			return nil
		}
		inCycle := map[*dag.Vertex]bool{}
		for v := range g.Vertices() {
			for _, to := range g.Dependencies(v) {
				inCycle[v] = inCycle[v] || to.Level() == v.Level()
			}
			counts[v] = len(g.Descendants(v))
			if inCycle[v] {
				counts[v]-- // itself
			}
		}
		return counts
	}
	if n > mostCounted {
		return nil
	}
	order := make([]*dag.Vertex, 0, n)
	index := make(map[*dag.Vertex]int32, n)
	deps := make([][]int32, 0, n)
	for v := range g.Vertices() { // what a vertex depends on comes before it
		index[v] = int32(len(order))
		var ids []int32
		for _, to := range g.Dependencies(v) {
			ids = append(ids, index[to])
		}
		order, deps = append(order, v), append(deps, ids)
	}
	total := make([]int, n)
	behind := make([]uint64, n) // 64 nodes at a time: a bit for each that a node waits for
	for base := 0; base < n; base += 64 {
		clear(behind)
		for i := base; i < n; i++ {
			var set uint64
			for _, to := range deps[i] {
				set |= behind[to]
				if int(to) >= base && int(to) < base+64 {
					set |= 1 << (int(to) - base)
				}
			}
			behind[i] = set
			for ; set != 0; set &= set - 1 {
				total[base+bits.TrailingZeros64(set)]++
			}
		}
	}
	for i, v := range order {
		counts[v] = total[i]
	}
	return counts
}
