package view

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// TestLongestChains holds the number of longest chains against a walk along each of them.
func TestLongestChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var refs []dag.Ref
		for i := range rapid.IntRange(1, 9).Draw(t, "nodes") {
			n := dag.Node{Name: fmt.Sprintf("n%d", i)}
			for range rapid.IntRange(0, min(3, i)).Draw(t, "edges") {
				n.DependsOn = append(n.DependsOn, refs[rapid.IntRange(0, i-1).Draw(t, "to")])
			}
			refs = append(refs, dag.Declare(n))
		}
		g := dag.Resolve(dag.Cluster{Name: "c", Nodes: refs})
		byLength, most := map[int]int{}, 0
		var walk func(v *dag.Vertex, length int)
		walk = func(v *dag.Vertex, length int) {
			byLength[length]++
			most = max(most, length)
			for _, to := range g.Dependencies(v) {
				walk(to, length+1)
			}
		}
		for v := range g.Vertices() {
			walk(v, 1)
		}
		if got := longestChains(g); got != byLength[most] {
			t.Fatalf("%d longest chains, not %d", got, byLength[most])
		}
	})
}

// TestManyChains holds that there may be more chains than can be counted.
func TestManyChains(t *testing.T) {
	var refs, last []dag.Ref
	for i := range 100 {
		var stage []dag.Ref
		for j := range 3 {
			stage = append(stage, dag.Declare(dag.Node{Name: fmt.Sprintf("n%d-%d", i, j), DependsOn: last}))
		}
		refs, last = append(refs, stage...), stage
	}
	c := Cluster{Name: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: refs})}
	if text := newDrawing(c).chainText(); !strings.HasPrefix(text, "one of more than 999 longest chains: ") {
		t.Error(text)
	}
}

// TestColumns holds that each entry of a legend has a line of its own in its column, and
// that nothing is wider than there is room, but for an entry that is so by itself.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(100, 2_000).Draw(t, "most")
		legend := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) legendEntry {
			return legendEntry{line: rapid.SampledFrom([]string{"", "edge"}).Draw(t, "line"), text: strings.Repeat("x", rapid.IntRange(1, 80).Draw(t, "text"))}
		}), 0, 9).Draw(t, "legend")
		width, height := columns(legend, most)
		for i, e := range legend {
			if e.x+e.width() > width || e.y+legendLine > height || e.x > 0 && width > most {
				t.Fatalf("%+v is outside of %d x %d", e, width, height)
			}
			for _, f := range legend[:i] {
				if e.y == f.y && e.x < f.x+f.width() && f.x < e.x+e.width() {
					t.Fatalf("%+v and %+v overlap", e, f)
				}
			}
		}
	})
}
