package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/emicklei/dot"
	"github.com/tazlab/fluxdag/dag"
)

// Dot writes the graphs in the language of Graphviz, one digraph a cluster, with a
// cluster of Graphviz for each level. An arrow leads from what is ready first to what
// waits for it.
func Dot(w io.Writer, clusters []Cluster) error {
	out := bufio.NewWriter(w)
	for _, c := range clusters {
		newDrawing(c).dot().Write(out) // an error stays in out until Flush returns it
	}
	return out.Flush()
}

func (d *drawing) dot() *dot.Graph {
	g := dot.NewGraph(dot.Directed)
	g.Attrs("label", dotText(strings.Join(append([]string{d.Name}, d.restLines()...), "\n")), "labelloc", "t", "rankdir", "LR", "fontname", "sans-serif", "ranksep", "1")
	nodes := make([]dot.Node, len(d.boxes))
	lanes := make([]*dot.Graph, len(d.lanes))
	for i, title := range d.lanes {
		lanes[i] = g.Subgraph(fmt.Sprintf("%06d", i), dot.ClusterOption{})
		lanes[i].Attrs("label", dotText(title), "style", "rounded", "color", "gray70", "fontname", "sans-serif")
	}
	for i, b := range d.boxes {
		nodes[i] = lanes[b.lane].Node(fmt.Sprintf("%06d", i)) // the library sorts by this
		nodes[i].Attrs("label", dotText(strings.Join(b.lines(), "\n")), "shape", "box", "fontname", "sans-serif")
		d.dotBox(nodes[i], b)
	}
	for _, a := range d.arrows {
		e := g.Edge(nodes[a.from], nodes[a.to])
		e.Attr("tooltip", dotText(d.arrowTitle(a)))
		if note := a.note(); note != "" {
			e.Attrs("label", dotText(note), "fontname", "sans-serif")
		}
		if color := dotColor(worst(a.findings), a.cycle); color != "" {
			e.Attrs("color", color, "fontcolor", color, "penwidth", "2")
		}
	}
	return g
}

// dotBox says by its outline what makes a node ready, and whether something is wrong.
func (d *drawing) dotBox(n dot.Node, b box) {
	style := "rounded"
	switch {
	case b.outside:
		style += ",dashed"
	case b.vertex != nil:
		n.Attr("tooltip", dotText(d.boxTitle(&b)))
		switch readiness(&b.vertex.Object().Spec) {
		case "wait":
			style += ",bold"
		case "healthChecks":
			n.Attr("peripheries", "2")
		}
	}
	n.Attr("style", style)
	if color := dotColor(worst(b.findings), b.cycle); color != "" {
		n.Attr("color", color)
	}
}

func dotColor(s dag.Severity, cycle bool) string {
	switch {
	case s == dag.Error || cycle:
		return "#cf222e"
	case s == dag.Warning:
		return "#9a6700"
	}
	return ""
}

// dotText keeps Graphviz from reading entities in a text; the library quotes the rest.
func dotText(s string) string { return strings.ReplaceAll(s, "&", "&amp;") }
