package dag

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestRedundantIsCheap bounds the vertices that the search looks at, a node of the
// graph, for shapes of which each needs one of its means: without it the number
// grows with the graph.
func TestRedundantIsCheap(t *testing.T) {
	const n = 20_000
	for name, c := range map[string]struct {
		shape func(int) []Ref
		most  float64
	}{
		"anchored": {anchored, 1},   // the interval in the forest: yes
		"comb":     {comb, 1},       // the interval over the graph: no
		"layered":  {layered50, 40}, // the longest step first
	} {
		g := Resolve(unleveled(c.shape(n)...))
		s := newSearch(g, g.deps)
		s.redundant()
		if perNode := float64(s.steps) / n; perNode > c.most {
			t.Errorf("%s: looked at %.1f vertices a node, more than %v", name, perNode, c.most)
		}
	}
}

func numberedNode(i int, deps ...Ref) Ref {
	return node(i+1, Node{Name: fmt.Sprintf("n%06d", i), DependsOn: deps})
}

// anchored is a chain whose every node also names the first.
func anchored(n int) []Ref {
	refs := []Ref{numberedNode(0)}
	for i := 1; i < n; i++ {
		refs = append(refs, numberedNode(i, refs[i-1], refs[0]))
	}
	return refs
}

// comb is a chain whose every node also names a node that is its own.
func comb(n int) []Ref {
	refs := []Ref{numberedNode(0), numberedNode(1)}
	for i := 2; i < n; i += 2 {
		leaf := numberedNode(i)
		refs = append(refs, leaf, numberedNode(i+1, refs[i-1], leaf))
	}
	return refs
}

// layered50 has layers of fifty, each node with two dependencies in the layer below
// and one anywhere under it.
func layered50(n int) []Ref {
	const width = 50
	random := rand.New(rand.NewPCG(1, 2))
	var refs []Ref
	for i := range n {
		var deps []Ref
		if start := i / width * width; start >= width {
			deps = append(deps, refs[start-width+random.IntN(width)], refs[start-width+random.IntN(width)], refs[random.IntN(start)])
		}
		refs = append(refs, numberedNode(i, deps...))
	}
	return refs
}
