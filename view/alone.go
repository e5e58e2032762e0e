package view

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/view/layout"
)

// fewAlone is up to how many boxes without any arrow stay in their lane.
const fewAlone = 8

// besideWidth is up to what width a page has the lanes and their grids side by side.
const besideWidth = 1_800

// gridWidth is up to what width these stand side by side where the lanes are no wider.
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
	s.placeGrids(g, alone)
}

// grid is a frame below the lanes or beside them, with boxes that no arrow leads to or from.
type grid struct {
	title                    string
	left, top, bottom, width int
}

// placeGrids places the boxes that are alone: those that apply others apart from the rest.
func (s *scene) placeGrids(g layout.Graph, alone map[int]bool) {
	var apply, rest []int
	appliers := s.appliers()
	for i := range g.Nodes {
		switch {
		case alone[i] && appliers[s.boxes[i].key]:
			apply = append(apply, i)
		case alone[i]:
			rest = append(rest, i)
		}
	}
	title := "On their own: %s that wait for nothing, and nothing waits for them"
	if s.size() < s.Graph.Len() {
		title = "On their own: %s without dependencies that are shown"
	}
	left, most, lanes := 0, s.beside(g, apply, rest), s.bottom
	if most > 0 {
		left, s.bottom = s.Layout.Width+rankGap, -laneHeader-nodeGap
	}
	s.placeGrid(g, apply, "Apply the others: %s without dependencies", left, most)
	s.placeGrid(g, rest, title, left, most)
	s.bottom = max(s.bottom, lanes)
}

// beside is how wide the grids are that stand beside the lanes, where they are no higher there:
// in a page, which has no column to fit into, and only where all has about the shape of a
// window, and up to some width. Else it is 0.
func (s *scene) beside(g layout.Graph, grids ...[]int) int {
	width, height := 0, 0
	for _, i := range slices.Concat(grids...) {
		width, height = max(width, g.Nodes[i].Width), max(height, g.Nodes[i].Height)
	}
	if !s.page || !s.hasLanes || width == 0 {
		return 0
	}
	for columns := 1; ; columns++ {
		most := columns*(width+nodeGap) - nodeGap + 2*lanePadding
		if s.Layout.Width+rankGap+most > min(besideWidth, (s.bottom+laneHeader+headHeight)*8/5) {
			return 0
		}
		high := -nodeGap
		for _, boxes := range grids {
			if len(boxes) > 0 {
				high += nodeGap + laneHeader + (len(boxes)+columns-1)/columns*(height+nodeGap) - nodeGap + laneBottom
			}
		}
		if high <= s.bottom+laneHeader {
			return most
		}
	}
}

// placeGrid places boxes column by column in a frame that is as wide as they are, and at most
// so wide, or where that is 0 as wide as the lanes.
func (s *scene) placeGrid(g layout.Graph, boxes []int, title string, left, most int) {
	if len(boxes) == 0 {
		return
	}
	width, height := 0, 0
	for _, i := range boxes {
		width, height = max(width, g.Nodes[i].Width), max(height, g.Nodes[i].Height)
	}
	if most == 0 {
		most = max(s.Layout.Width, gridWidth, width+2*lanePadding)
	}
	columns := (most - 2*lanePadding + nodeGap) / (width + nodeGap)
	rows := (len(boxes) + columns - 1) / columns
	columns = (len(boxes) + rows - 1) / rows
	frame := grid{left: left, title: fmt.Sprintf(title, plural(len(boxes), "Kustomization")), top: s.bottom + nodeGap}
	if !s.hasLanes && len(s.grids) == 0 {
		frame.top = -laneHeader
	}
	frame.width = max(columns*(width+nodeGap)-nodeGap, pixels(frame.title, textWidth)*11/10) + 2*lanePadding
	for n, i := range boxes {
		s.texts[i].width = width
		s.Layout.Nodes[i] = layout.Point{X: left + lanePadding + n/rows*(width+nodeGap), Y: frame.top + laneHeader + n%rows*(height+nodeGap)}
	}
	frame.bottom = frame.top + laneHeader + rows*(height+nodeGap) - nodeGap + laneBottom
	s.bottom, s.Layout.Width = frame.bottom, max(s.Layout.Width, left+frame.width)
	s.grids = append(s.grids, frame)
}
