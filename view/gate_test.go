package view

import (
	"fmt"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// TestGates holds the numbers of gated nodes against the graph's own algorithm, for more
// nodes than fit into one word of bits, with cycles and without.
func TestGates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 150).Draw(t, "nodes")
		cycles := rapid.Bool().Draw(t, "cycles")
		var refs []dag.Ref
		for i := range n {
			node := dag.Node{Name: fmt.Sprintf("n%d", i)}
			for range rapid.IntRange(0, 2).Draw(t, "edges") {
				if cycles || i > 0 {
					most := n - 1
					if !cycles {
						most = i - 1
					}
					node.DependsOn = append(node.DependsOn, dag.External(fmt.Sprintf("n%d", rapid.IntRange(0, most).Draw(t, "to"))))
				}
			}
			refs = append(refs, dag.Declare(node))
		}
		g := dag.Resolve(dag.Cluster{Name: "c", Nodes: refs})
		counts := gates(g)
		for v := range g.Vertices() {
			want := 0
			for _, w := range g.Descendants(v) {
				if w != v {
					want++
				}
			}
			if counts[v] != want {
				t.Fatalf("%s gates %d nodes, not %d", v.Key(), counts[v], want)
			}
		}
	})
}
