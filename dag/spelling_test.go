package dag

import (
	"fmt"
	"slices"
	"testing"
)

// misspelt is a graph of n nodes of which each depends on a name of its own that
// does not exist, but nearly does.
func misspelt(n int) *Graph {
	refs := make([]Ref, n)
	for i := range refs {
		deps := []Ref{External(fmt.Sprintf("nodf-%06d", i))}
		if i > 0 {
			deps = append(deps, refs[i-1])
		}
		refs[i] = node(i+1, Node{Name: fmt.Sprintf("node-%06d", i), DependsOn: deps})
	}
	return Resolve(unleveled(refs...))
}

// TestHintsAreBounded holds that the first names get their hint and that only so
// many are looked up, and few candidates of each.
func TestHintsAreBounded(t *testing.T) {
	s := newSpeller(misspelt(3 * mostHints))
	hints := 0
	for v := range s.graph.Vertices() {
		if s.nearest(v, v.edges[0].key) != "" {
			hints++
		}
	}
	if hints == 0 || len(s.known) != mostHints || len(s.waits) > mostHints*mostCandidates {
		t.Errorf("%d hints, %d names and %d candidates were looked up", hints, len(s.known), len(s.waits))
	}
}

// TestHintsCloseNoCycle holds every hint against the oracle: it is not the node
// itself, nor does it wait for it.
func TestHintsCloseNoCycle(t *testing.T) {
	g := misspelt(40)
	s := newSpeller(g)
	for v := range g.Vertices() {
		near := s.nearest(v, v.edges[0].key)
		i := slices.IndexFunc(g.vertices, func(u *Vertex) bool { return u.Key() == near })
		if near != "" && (g.vertices[i] == v || slices.Contains(g.Ancestors(g.vertices[i]), v)) {
			t.Errorf("%s: %s waits for it", v.Key(), near)
		}
	}
}

func BenchmarkMisspelt(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		g := misspelt(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				g.Check()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/node")
		})
	}
}
