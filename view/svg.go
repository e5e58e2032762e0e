package view

import (
	"bufio"
	_ "embed"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
)

//go:embed page/picture.css
var pictureStyle string

// writeSVG writes the graphs as one picture that needs nothing else: levels as lanes, in
// light and dark, with names for those who do not see it. What has more nodes than can
// be read is folded by level and folder.
func writeSVG(w io.Writer, clusters []Cluster) error {
	var drawings []*drawing
	for _, c := range clusters {
		drawings = append(drawings, newDrawing(c).relabel())
	}
	if sizeOf(drawings) > readable {
		drawings = foldAll(drawings)
	}
	scenes := newScenes(drawings, false)
	out := &svg{Writer: bufio.NewWriter(w)}
	out.picture(scenes, "fluxdag", "", newLegend(scenes...))
	return out.Flush() // an error stays in out until here
}

// svg writes pictures.
type svg struct {
	*bufio.Writer
	role string // of a node: what it is, or where a script listens, what it does
}

func (o *svg) put(format string, args ...any) { fmt.Fprintf(o, format, args...) }

// esc makes a text fit for an element or an attribute of XML and of HTML.
func esc(s string) string { return html.EscapeString(printable(s)) }

// picture writes the scenes as one element; prefix keeps the names of its elements apart
// from those of another one. What stands alone shrinks to the window or the column that
// it is shown in. In a window of its own it grows where that is larger, in a document not.
func (o *svg) picture(scenes []*scene, classes, prefix string, legend []legendEntry) {
	width, height := 400, 0
	var names []string
	for _, s := range scenes {
		right, bottom := s.extent()
		width, height = max(width, right), max(height, bottom)
		names = append(names, printable(s.Name)+": "+s.subtitle())
	}
	title := strings.Join(names, "; ")
	if len(scenes) == 0 {
		title, height = "no cluster", 80
	}
	legendTop := height
	if len(legend) > 0 {
		legendTop, height = height+legendGap, height+legendGap
		room, rows := columns(legend, width-2*pageMargin)
		width, height = max(width, room+2*pageMargin), height+rows
	}
	alone := ""
	if prefix == "" {
		alone = ` style="max-width:100%;height:auto"`
	}
	o.put(`<svg xmlns="http://www.w3.org/2000/svg" class="%s" width="%d" height="%d" viewBox="0 0 %d %d"%s role="group" aria-labelledby="%stitle">`+"\n",
		classes, width, height, width, height, alone, prefix)
	o.put("<title id=\"%stitle\">%s</title>\n", prefix, esc(title))
	if prefix == "" {
		o.put("<style>\n%s", pictureStyle)
		o.put("%s</style>\n", grown(width, height))
		o.markers()
	}
	o.put("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, height)
	if len(scenes) == 0 {
		o.put("<text x=\"24\" y=\"46\">no cluster</text>\n")
	}
	for i, s := range scenes {
		o.scene(s, i, prefix+"c"+strconv.Itoa(i)+"-")
	}
	for _, l := range legend {
		o.legend(l, pageMargin+l.x, legendTop+l.y)
	}
	o.put("</svg>\n")
}

func (o *svg) markers() {
	o.put("<defs>")
	kinds := []string{"", "-chain", "-warning", "-error"}
	if o.role != "" { // a script marks what is ahead and behind
		kinds = append(kinds, "-ahead", "-behind")
	}
	for _, kind := range kinds {
		o.put(`<marker id="arrow%s" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5z"/></marker>`, kind)
	}
	o.put("</defs>\n")
}

// scene writes one cluster; the number is its place among them, for scripts.
func (o *svg) scene(s *scene, number int, prefix string) {
	ofCluster := ""
	if o.role != "" {
		ofCluster = fmt.Sprintf(" data-cluster=\"%d\"", number)
	}
	head := s.top - headHeight - laneHeader
	o.put("<text class=\"heading\" x=\"%d\" y=\"%d\">%s</text>\n", s.left, head+34, esc(shorten(printable(s.Name), textWidth, 600)))
	o.put("<g>%s<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text></g>\n", s.restTitle(), s.left, head+55, esc(s.subtitle()))
	for i, title := range s.lanes {
		if s.hasLanes {
			o.lane(s, i, title)
		}
	}
	for _, g := range s.grids {
		o.put("<g class=\"lane grid\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\"/><text class=\"name\" x=\"%d\" y=\"%d\">%s</text></g>\n",
			esc(g.title), s.left+g.left, s.top+g.top, g.width, g.bottom-g.top, s.left+g.left+lanePadding, s.top+g.top+28, esc(g.title))
	}
	o.put("<g class=\"edges\">\n")
	for _, last := range []bool{false, true} { // what stands out is drawn over the rest
		for i, a := range s.arrows {
			if c := a.classes(); (c != "edge" && c != "edge expr") == last {
				o.put("<path class=\"%s\"%s data-from=\"%d\" data-to=\"%d\" d=\"%s\"><title>%s</title></path>\n",
					c, ofCluster, a.from, a.to, s.curve(s.Edges[i]), titleText(s.arrowTitle(a)))
			}
		}
	}
	o.put("</g>\n<g class=\"nodes\">\n")
	for i := range s.boxes {
		o.node(s, i, prefix)
	}
	o.put("</g>\n")
}

// restTitle lists what is wrong or not followed and belongs to no box.
func (s *scene) restTitle() string {
	lines := s.restLines()
	if len(lines) == 0 {
		return ""
	}
	return "<title>" + titleText(strings.Join(lines, "\n")) + "</title>"
}

// titleText escapes a text of several lines.
func titleText(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = esc(line)
	}
	return strings.Join(lines, "\n")
}

func (o *svg) lane(s *scene, i int, title string) {
	span := s.Lanes[i]
	x, width := s.left+span.Left, span.Right-span.Left
	level, name := s.laneHead(i)
	room := width - 2*lanePadding
	o.put("<g class=\"lane\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\"/>", esc(title), x, s.top-laneHeader, width, s.Layout.Height+laneHeader+laneBottom)
	if name == "" {
		o.put("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text></g>\n", x+lanePadding, s.top-laneHeader+24, esc(shorten(level, textWidth, room)))
		return
	}
	o.put("<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>", x+lanePadding, s.top-laneHeader+17, esc(shorten(level, textWidth, room)))
	o.put("<text class=\"name\" x=\"%d\" y=\"%d\">%s</text></g>\n", x+lanePadding, s.top-laneHeader+36, esc(shorten(name, textWidth*11/10, room)))
}
