package view

import (
	"bufio"
	"embed"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

//go:embed page/page.css
var pageStyle string

//go:embed page/*.js
var pageScripts embed.FS

// pageScript joins the files of the page's script. What runs at once stands behind what it
// uses.
func pageScript() string {
	var script strings.Builder
	for _, name := range []string{"data", "view", "marks", "input", "search", "start"} {
		text, _ := pageScripts.ReadFile("page/" + name + ".js") // they are compiled in
		script.Write(text)
	}
	return script.String()
}

// drawable is how many nodes a page may have until it holds the folded picture alone.
const drawable = 2_000

// writeHTML writes the graphs as one page that needs nothing else: the picture to look around
// in, with details of each node and everything that is ahead of it and behind it. What has
// more nodes than can be read is folded first.
func writeHTML(w io.Writer, clusters []Cluster) error {
	var full, groups []*scene
	var drawings []*drawing
	for _, c := range clusters {
		drawings = append(drawings, newDrawing(c).relabel())
	}
	size := sizeOf(drawings)
	if size <= drawable {
		full = newScenes(drawings, true)
	}
	if size > readable {
		groups = newScenes(foldAll(drawings), true)
	}
	out := &svg{Writer: bufio.NewWriter(w), role: "button"}
	return out.page(drawings, full, groups)
}

func (o *svg) page(drawings []*drawing, full, groups []*scene) error {
	var names []string
	for _, d := range drawings {
		names = append(names, printable(d.Name))
	}
	title := strings.Join(names, ", ")
	if title == "" {
		title = "no cluster"
	}
	o.put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	// The page asks for nothing, and is allowed to ask for nothing.
	o.put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
	o.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
	o.put("<title>%s: the graph</title>\n<style>\n%s%s</style>\n</head>\n<body class=\"fluxdag\">\n", esc(title), pictureStyle, pageStyle)
	o.put(pageHead)
	o.put("<main><div id=\"stage\">\n<svg width=\"0\" height=\"0\" aria-hidden=\"true\" id=\"shared\">")
	o.markers()
	o.put("</svg>\n")
	if len(groups) > 0 {
		o.picture(groups, "fluxdag groups", "g-", nil)
	}
	if len(full) > 0 || len(groups) == 0 {
		o.picture(full, "fluxdag full", "f-", nil)
	}
	o.put("</div>\n<aside id=\"details\" aria-live=\"polite\" aria-label=\"Details\"></aside></main>\n")
	o.pageLegend(newLegend(slices.Concat(groups, full)...))
	o.put("<script type=\"application/json\" id=\"data\">")
	if err := o.data(drawings, groups); err != nil {
		return err
	}
	o.put("</script>\n<script>\n%s</script>\n</body>\n</html>\n", pageScript())
	return o.Flush() // an error stays in the writer until here
}

const pageHead = `<header>
<div role="search"><input id="search" type="search" placeholder="Search nodes" aria-label="Search nodes" autocomplete="off" spellcheck="false"><output id="matches" for="search"></output></div>
<div role="toolbar" aria-label="View">
<button type="button" id="groups" aria-pressed="true" hidden>Fold groups</button>
<button type="button" id="chain" aria-pressed="true">Critical path</button>
<button type="button" id="out" aria-label="Zoom out">−</button>
<button type="button" id="in" aria-label="Zoom in">+</button>
<button type="button" id="fit">Fit</button>
</div>
</header>
`

// pageLegend stands below the pictures, whatever part of them is in sight. What is seen only
// while a node is chosen or something is searched is explained only then.
func (o *svg) pageLegend(legend []legendEntry) {
	if len(legend) == 0 {
		return
	}
	o.put("<details id=\"legend\" open><summary>Legend</summary>\n<ul>\n")
	for _, e := range legend {
		class := ""
		if e.line == "edge chain" {
			class = "of-chain"
		}
		o.pageKey(e, class)
	}
	o.pageKey(legendEntry{sign: "chosen", text: "the node that is chosen"}, "of-marks")
	o.pageKey(legendEntry{line: "edge ahead", text: "what it waits for, directly or not"}, "of-marks")
	o.pageKey(legendEntry{line: "edge behind", text: "what waits for it, directly or not"}, "of-marks")
	o.pageKey(legendEntry{sign: "found", text: "found by the search"}, "of-search")
	o.put("</ul></details>\n")
}

// pageKey writes one entry of the legend.
func (o *svg) pageKey(e legendEntry, class string) {
	o.put("<li class=\"%s\"><svg viewBox=\"0 0 %d 20\" aria-hidden=\"true\">", class, legendText)
	o.key(e, 2, 10)
	o.put("</svg><span>%s</span></li>\n", esc(e.text))
}

// data writes what the script shows of the nodes. encoding/json escapes what could end
// the element around it.
func (o *svg) data(drawings []*drawing, groups []*scene) error {
	clusters := make([]pageCluster, len(drawings))
	for i, d := range drawings {
		clusters[i] = d.page()
		if len(groups) > 0 {
			for _, b := range groups[i].boxes {
				members := b.members
				if members == nil {
					members = []int{d.indexOf(b)}
				}
				clusters[i].Groups = append(clusters[i].Groups, members)
			}
		}
	}
	text, err := json.Marshal(clusters)
	if err != nil {
		return err
	}
	_, err = o.Write(text)
	return err
}

// indexOf finds the box that a group of one stands for.
func (d *drawing) indexOf(b box) int {
	for i := range d.boxes {
		if d.boxes[i].vertex == b.vertex && d.boxes[i].key == b.key {
			return i
		}
	}
	return -1
}
