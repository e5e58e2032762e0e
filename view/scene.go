package view

import (
	"cmp"
	"strings"

	"github.com/tazlab/fluxdag/view/layout"
)

// The sizes of a picture, in pixels.
const (
	boxHeight   = 46
	leastBox    = 150
	mostLabel   = 300
	labelLeft   = 30 // where texts begin in a box, behind the sign
	labelRight  = 14
	nodeGap     = 18
	laneHeader  = 50
	lanePadding = 18
	laneBottom  = 20
	pageMargin  = 24
	headHeight  = 74 // of the heading of a cluster
	legendLine  = 24
	shelfHeight = 5 // of the dashed edge below a box of which not all is followed
)

// scene is a drawing with a place for everything.
type scene struct {
	*drawing
	layout.Layout
	top           int // where the lanes begin
	left          int
	width, height int
	boxWidths     []int // the same in a lane
	bottom        int   // of the lanes, and of the grid below them
	hasLanes      bool
	grid          layout.Span // the top and the bottom of the grid; empty without one
	gridTitle     string
}

// newScene lays a drawing out, below that line of the page.
func newScene(d *drawing, top int) *scene {
	widths := make([]int, len(d.lanes))
	for _, b := range d.boxes {
		need := labelLeft + min(max(pixels(b.caption(), codeWidth), pixels(b.detail(), textWidth)*9/10), mostLabel) + labelRight
		widths[b.lane] = max(widths[b.lane], leastBox, (need+1)/2*2)
	}
	g := layout.Graph{Lanes: make([]int, len(d.lanes))}
	for i, title := range d.lanes {
		level, name := laneTitle(title)
		g.Lanes[i] = min(max(pixels(level, textWidth), pixels(name, textWidth)*11/10), mostLabel) + 2*lanePadding
	}
	boxWidths := make([]int, len(d.boxes))
	for i, b := range d.boxes {
		boxWidths[i] = widths[b.lane]
		g.Nodes = append(g.Nodes, layout.Node{Lane: b.lane, Width: widths[b.lane], Height: boxHeight})
	}
	for _, a := range d.arrows {
		g.Edges = append(g.Edges, layout.Edge{From: a.from, To: a.to})
	}
	s := &scene{drawing: d, boxWidths: boxWidths, left: pageMargin, top: top + headHeight + laneHeader}
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

// laneTitle takes "Level 0: Foundation" apart.
func laneTitle(title string) (level, name string) {
	level, name, _ = strings.Cut(title, ": ")
	return level, name
}

// caption is the first line of a box; the second one counts the members of a group.
func (b box) caption() string {
	if b.members != nil && b.key != "" {
		return printable(b.key)
	}
	return b.label
}

// detail is the second line of a box.
func (b box) detail() string {
	switch {
	case b.outside:
		return "not in this graph"
	case b.members != nil && b.cycle:
		return plural(len(b.members), "Kustomization") + ", with a cycle"
	case b.vertex == nil:
		return plural(len(b.members), "Kustomization")
	}
	spec := &b.vertex.Object().Spec
	text := printable(strings.Join(strings.Fields(cmp.Or(b.vertex.Description(), spec.Path, "./")), " "))
	if spec.Suspend {
		text = "suspended; " + text
	}
	return text
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
