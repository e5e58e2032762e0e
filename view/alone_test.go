package view

import (
	"fmt"
	"testing"

	"github.com/tazlab/fluxdag/dag"
)

// TestBeside holds where the grid of what is alone stands: below the lanes in a picture, which
// has a column to fit into, and beside them in a page, where it is no higher there and the
// page no wider than a large window.
func TestBeside(t *testing.T) {
	for _, c := range []struct {
		dependents, alone int
		page, beside      bool
	}{
		{20, 40, false, false},
		{20, 40, true, true},
		{20, 9, true, true},
		{8, 40, true, false},  // low and wide, so that a window has no use for it
		{2, 200, true, false}, // it would be much wider than high
		{0, 40, true, false},  // there are no lanes
	} {
		var nodes []dag.Ref
		for i := range c.alone {
			nodes = append(nodes, dag.Declare(dag.Node{Name: fmt.Sprintf("alone-%d", i), Path: "./apps"}))
		}
		if c.dependents > 0 {
			base := dag.Declare(dag.Node{Name: "base", Path: "./base"})
			nodes = append(nodes, base)
			for i := range c.dependents {
				nodes = append(nodes, dag.Declare(dag.Node{Name: fmt.Sprintf("app-%d", i), Path: "./apps", DependsOn: []dag.Ref{base}}))
			}
		}
		d := newDrawing(Cluster{Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes})})
		s := newScene(d, c.page)
		if len(s.grids) != 1 {
			t.Fatalf("%+v: %d grids", c, len(s.grids))
		}
		grid := s.grids[0]
		lanes := 0 // the right end of the lanes
		for _, span := range s.Lanes {
			lanes = max(lanes, span.Right)
		}
		if beside := c.dependents > 0 && grid.left >= lanes; beside != c.beside {
			t.Errorf("%+v: beside is %v", c, beside)
		}
		if end := s.Layout.Height + laneBottom; c.beside && (s.bottom != end || s.Layout.Width > besideWidth) {
			t.Errorf("%+v: %d pixels high, the lanes %d; %d pixels wide", c, s.bottom, end, s.Layout.Width)
		}
		for i, b := range s.boxes {
			p := s.Nodes[i]
			if inside := p.X >= grid.left && p.X+s.texts[i].width <= grid.left+grid.width && p.Y >= grid.top && p.Y+s.texts[i].height() <= grid.bottom; inside != (b.label[1] == 'l') {
				t.Errorf("%+v: %s lies in the grid: %v", c, b.label, inside)
			}
		}
	}
}
