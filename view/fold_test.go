package view

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// TestFold holds that folding loses nothing: every node is in one box, every dependency
// in one arrow or within a box, and whatever is wrong is still told.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "nodes")
		most := rapid.IntRange(1, 12).Draw(t, "most")
		var refs []dag.Ref
		for i := range n {
			node := dag.Node{Name: fmt.Sprintf("n%d", i), Path: "./" + rapid.SampledFrom([]string{"a", "a/b", "a/b/c", "d/e", "f"}).Draw(t, "path")}
			for range rapid.IntRange(0, 3).Draw(t, "edges") {
				node.DependsOn = append(node.DependsOn, dag.External(fmt.Sprintf("n%d", rapid.IntRange(0, n).Draw(t, "to"))))
			}
			refs = append(refs, dag.Declare(node))
		}
		var limits []dag.Boundary
		for range rapid.IntRange(0, 5).Draw(t, "limits") {
			limits = append(limits, dag.Boundary{Kind: "remote", Node: fmt.Sprintf("flux-system/n%d", rapid.IntRange(0, n).Draw(t, "at"))})
		}
		c := Cluster{Name: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: refs, Boundaries: limits})}
		c.Findings = c.Graph.Check()
		d := newDrawing(c)
		f := d.fold(most)
		if f == d {
			if len(d.boxes) > most {
				t.Fatalf("%d boxes are not folded into %d", len(d.boxes), most)
			}
			return
		}
		boxes, inside := map[string]int{}, map[int]int{}
		findings, places := 0, len(f.limits.rest)
		for i, b := range f.boxes {
			places += len(b.limits)
			findings += len(b.findings)
			if b.members == nil {
				boxes[b.key]++
			}
			for _, m := range b.members {
				boxes[d.boxes[m].key]++
				inside[m] = i
			}
		}
		edges := 0
		for _, a := range slices.Concat(f.arrows, f.implied) {
			edges += len(a.edges)
			findings += len(a.findings)
		}
		wanted := 0
		for _, a := range d.arrows {
			wanted += len(a.findings)
			from, folded := inside[a.from]
			if to, also := inside[a.to]; folded && also && from == to {
				edges += len(a.edges)
			}
		}
		for _, b := range d.boxes {
			if boxes[b.key] != 1 {
				t.Fatalf("%s is in %d boxes", b.key, boxes[b.key])
			}
			wanted += len(b.findings)
		}
		all := 0
		for _, a := range d.arrows {
			all += len(a.edges)
		}
		if places != len(limits) {
			t.Fatalf("%d of %d boundaries are left", places, len(limits))
		}
		if edges != all || findings != wanted {
			t.Fatalf("%d of %d dependencies and %d of %d findings are left", edges, all, findings, wanted)
		}
	})
}

// TestFoldLanes holds that lanes in a row that have one box each are one lane, where there
// are many, and that those with more are left alone.
func TestFoldLanes(t *testing.T) {
	var refs, before []dag.Ref
	for level := range 20 {
		var here []dag.Ref
		for i := range 30 - level { // the first levels are wide
			path := "./teams/all"
			if level < 3 {
				path = fmt.Sprintf("./teams/t%d/app-%d", i%5, i)
			}
			here = append(here, dag.Declare(dag.Node{Name: fmt.Sprintf("l%d-n%d", level, i), Path: path, DependsOn: before}))
		}
		refs, before = append(refs, here...), here
	}
	d := newDrawing(Cluster{Name: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: refs})})
	f := d.fold(folded)
	if want := []string{"Level 0", "Level 1", "Level 2", "Level 3 to Level 19"}; !slices.Equal(f.lanes, want) {
		t.Errorf("the lanes are %q, not %q", f.lanes, want)
	}
	if last := f.boxes[len(f.boxes)-1]; last.lane != 3 || len(last.members) != 323 || last.key != "./teams/all" {
		t.Errorf("lane %d has %d members of %s", last.lane, len(last.members), last.key)
	}
}
