package view

import (
	"fmt"

	"github.com/tazlab/fluxdag/view/layout"
)

// fewAlone is up to how many boxes without any arrow stay in their lane.
const fewAlone = 8

// gridWidth is the least width that these take where they are more.
const gridWidth = 1_100

// alone returns which boxes no arrow leads to or from, where they are so many that they
// would make a tower of their lane. A level that the author claims is left as it is.
func (d *drawing) alone() map[int]bool {
	alone := map[int]bool{}
	for i, b := range d.boxes {
		if b.vertex != nil {
			if index, _ := b.vertex.DeclaredLevel(); index >= 0 {
				return nil
			}
		}
		alone[i] = true
	}
	for _, a := range d.arrows {
		delete(alone, a.from)
		delete(alone, a.to)
	}
	if len(alone) <= fewAlone {
		return nil
	}
	return alone
}

// compute lays out what is connected, and puts the rest into a grid below, column by
// column.
func (s *scene) compute(g layout.Graph, alone map[int]bool) {
	connected := layout.Graph{Lanes: g.Lanes}
	at := make([]int, len(g.Nodes))
	for i, n := range g.Nodes {
		if !alone[i] {
			at[i] = len(connected.Nodes)
			connected.Nodes = append(connected.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		connected.Edges = append(connected.Edges, layout.Edge{From: at[e.From], To: at[e.To]})
	}
	s.Layout = layout.Compute(connected, layout.Options{NodeGap: nodeGap, EdgeGap: edgeGap, RankGap: rankGap, Padding: lanePadding})
	s.hasLanes = len(connected.Nodes) > 0
	if !s.hasLanes {
		s.Layout.Width = 0
	}
	s.bottom = s.Layout.Height + laneBottom
	places := make([]layout.Point, len(g.Nodes))
	for i := range places {
		if !alone[i] {
			places[i] = s.Layout.Nodes[at[i]]
		}
	}
	s.Layout.Nodes = places
	if len(alone) > 0 {
		s.placeGrid(g, alone)
	}
}

// placeGrid places the boxes that are alone.
func (s *scene) placeGrid(g layout.Graph, alone map[int]bool) {
	width, height := 0, 0
	for i := range alone {
		width, height = max(width, g.Nodes[i].Width), max(height, g.Nodes[i].Height)
	}
	s.Layout.Width = max(s.Layout.Width, gridWidth, width+2*lanePadding)
	columns := (s.Layout.Width - 2*lanePadding + nodeGap) / (width + nodeGap)
	rows := (len(alone) + columns - 1) / columns
	s.grid = layout.Span{Left: s.bottom + nodeGap}
	if !s.hasLanes {
		s.grid.Left = -laneHeader
	}
	top, n := s.grid.Left+laneHeader, 0
	for i := range g.Nodes {
		if !alone[i] {
			continue
		}
		s.texts[i].width = width
		s.Layout.Nodes[i] = layout.Point{X: lanePadding + n/rows*(width+nodeGap), Y: top + n%rows*(height+nodeGap)}
		n++
	}
	s.bottom = top + rows*(height+nodeGap) - nodeGap + laneBottom
	s.grid.Right = s.bottom
	s.gridTitle = fmt.Sprintf("On their own: %s that wait for nothing, and nothing waits for them", plural(n, "Kustomization"))
}
