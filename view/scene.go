package view

import (
	"cmp"
	"strings"

	"github.com/tazlab/fluxdag/view/layout"
)

// The sizes of a picture, in pixels.
const (
	nodeGap     = 16
	edgeGap     = 10
	rankGap     = 44
	laneHeader  = 50
	lanePadding = 10
	laneBottom  = 16
	pageMargin  = 16
	headHeight  = 74 // of the heading of a cluster
	legendLine  = 24
	legendGap   = 12 // between the margin below the lanes and the legend
	mostTitle   = 240
)

// scene is a drawing with a place for everything.
type scene struct {
	*drawing
	layout.Layout
	left, top     int       // where the lanes begin
	width, height int       // of all, with the margins
	texts         []boxText // of each box, as wide as the others in its lane
	bottom        int       // of the lanes, and of the grids below them
	hasLanes      bool
	page          bool // that is moved about in, so that it may be wide
	grids         []grid
}

// newScene lays a drawing out, in the upper left corner.
func newScene(d *drawing, page bool) *scene {
	s := &scene{drawing: d, page: page, texts: d.texts(), left: pageMargin, top: headHeight + laneHeader}
	g := layout.Graph{Lanes: make([]int, len(d.lanes))}
	for i := range d.lanes {
		level, name := d.laneHead(i)
		g.Lanes[i] = min(max(pixels(level, textWidth), pixels(name, textWidth)*11/10), mostTitle) + 2*lanePadding
	}
	for i, b := range d.boxes {
		g.Nodes = append(g.Nodes, layout.Node{Lane: b.lane, Width: s.texts[i].width, Height: s.texts[i].height()})
	}
	for _, a := range d.arrows {
		g.Edges = append(g.Edges, layout.Edge{From: a.from, To: a.to})
	}
	s.compute(g, d.alone())
	heading := max(pixels(shorten(printable(d.Name), textWidth, 600), textWidth)*17/10, pixels(s.subtitle(), textWidth))
	s.width = max(s.Layout.Width, heading) + 2*pageMargin
	s.height = s.top + s.bottom + pageMargin
	return s
}

// subtitle says how large the graph is.
func (d *drawing) subtitle() string {
	text := d.count() + " in " + plural(len(d.Cluster.levels()), "level")
	switch {
	case d.usual != "":
		text += ", namespace " + shorten(printable(d.usual), textWidth, 200) + " where no other is given"
	case d.namespace != "":
		text += ", namespace " + shorten(printable(d.namespace), textWidth, 200)
	}
	for _, b := range d.boxes {
		if b.members != nil {
			text += "; folded by level and folder"
			if len(d.implied) > 0 {
				text += ", without the dependencies that others imply"
			}
			break
		}
	}
	if n := len(d.limits.rest); n > 0 {
		text += "; beside these " + plural2(n, "place is", "places are") + " not followed"
	}
	if n := len(d.found.rest); n > 0 {
		text += "; " + plural(n, "finding") + " about the cluster as a whole"
	}
	return text
}

// laneHead takes "Level 0: Foundation" apart. Of a lane with a cycle it says that its boxes
// are no levels of their own, although they stand side by side.
func (d *drawing) laneHead(lane int) (level, name string) {
	level, name, _ = strings.Cut(d.lanes[lane], ": ")
	for _, b := range d.boxes {
		if b.lane == lane && b.cycle {
			return level + ", with a cycle", cmp.Or(name, "None comes first")
		}
	}
	return level, name
}

// sign names the mark that says what makes a node ready.
func (b box) sign() string {
	switch {
	case b.members != nil:
		return "group"
	case b.vertex == nil:
		return ""
	}
	return readiness(&b.vertex.Object().Spec)
}

// classes are what the style sheet goes by.
func (b box) classes() string {
	classes := "node"
	if s := worst(b.findings); s != 0 {
		classes += " " + s.String()
	}
	for _, c := range []struct {
		is   bool
		name string
	}{{b.cycle, "cycle"}, {b.outside, "outside"}, {b.critical, "chain"}, {b.members != nil, "group"},
		{b.vertex != nil && b.vertex.Object().Spec.Suspend, "suspended"}} {
		if c.is {
			classes += " " + c.name
		}
	}
	return classes
}

func (a arrow) classes() string {
	classes := "edge"
	if s := worst(a.findings); s != 0 {
		classes += " " + s.String()
	}
	if a.cycle {
		classes += " cycle"
	}
	if a.critical {
		classes += " chain"
	}
	if len(a.expressions()) > 0 {
		classes += " expr"
	}
	return classes
}
