package view

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// criticalPath returns the nodes of the longest path, each with the one before it; the
// first with itself. In a graph with cycles nothing ends, so nothing is longest.
func criticalPath(c Cluster) map[*dag.Vertex]*dag.Vertex {
	before := map[*dag.Vertex]*dag.Vertex{}
	path := c.Graph.CriticalPath()
	if len(path) < 2 || len(c.Graph.Cycles()) > 0 {
		return before
	}
	last := path[0]
	for _, v := range path {
		before[v], last = last, v
	}
	return before
}

// mostChains is up to how many longest chains are counted: there may be as many as there
// are subsets.
const mostChains = 999

// longestChains counts the paths that are as long as the longest one, up to one more than
// mostChains, in a graph without cycles.
func longestChains(g *dag.Graph) int {
	ways := make(map[*dag.Vertex]int, g.Len())
	last, total := -1, 0
	for v := range g.Vertices() { // by level, so that what v waits for is counted
		if v.Level() == 0 {
			ways[v] = 1
		}
		for _, to := range g.Dependencies(v) {
			if to.Level() == v.Level()-1 {
				ways[v] = min(ways[v]+ways[to], mostChains+1)
			}
		}
		if v.Level() > last {
			last, total = v.Level(), 0
		}
		total = min(total+ways[v], mostChains+1)
	}
	return total
}

// theLongest names the chain that CriticalPath returns, among those as long.
func theLongest(g *dag.Graph) string {
	switch n := longestChains(g); {
	case n > mostChains:
		return fmt.Sprintf("one of more than %d longest chains", mostChains)
	case n > 1:
		return fmt.Sprintf("one of %d longest chains", n)
	}
	return "the longest chain"
}

// chainText explains the chain that a picture marks; empty where it marks none.
func (d *drawing) chainText() string {
	for _, a := range d.arrows {
		if a.critical {
			text := theLongest(d.Graph)
			if d.part != nil && d.part.nodes != nil {
				text += " of the whole graph"
			}
			return text + ": what bounds a rollout"
		}
	}
	return ""
}
