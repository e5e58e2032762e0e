package view

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// legendEntry explains one thing that a picture shows.
type legendEntry struct {
	sign string // of a box
	line string // the classes of an arrow
	text string
	x, y int // from the left margin and the top of the legend
}

// legendText is where the text of an entry begins.
const legendText = 32

// width returns the room that an entry takes.
func (e legendEntry) width() int { return legendText + pixels(e.text, textWidth) + 24 }

// columns places the entries, each on a line of its own: what boxes show in one column and
// what arrows show beside it, or below where both do not fit into that width. It returns
// the width and the height of all.
func columns(legend []legendEntry, most int) (width, height int) {
	var wide, rows [2]int
	column := func(e legendEntry) int {
		if e.line != "" {
			return 1
		}
		return 0
	}
	for i, e := range legend {
		c := column(e)
		legend[i].y = rows[c] * legendLine
		wide[c] = max(wide[c], e.width())
		rows[c]++
	}
	width, height = wide[0]+wide[1], max(rows[0], rows[1])*legendLine
	x, y := wide[0], 0 // of the second column
	if width > most {
		width, height = max(wide[0], wide[1]), (rows[0]+rows[1])*legendLine
		x, y = 0, rows[0]*legendLine
	}
	for i, e := range legend {
		if column(e) == 1 {
			legend[i].x, legend[i].y = x, e.y+y
		}
	}
	return width, height
}

// newLegend explains what there is in pictures, and nothing else: what boxes show, then
// what arrows show. What several pictures show is explained once.
func newLegend(scenes ...*scene) []legendEntry {
	seen, found, chains := map[string]bool{}, map[dag.Severity]bool{}, map[string]bool{}
	for _, s := range scenes {
		for _, b := range s.boxes {
			seen[b.sign()] = true
			seen["limit"] = seen["limit"] || len(b.limits) > 0
			found[worst(b.findings)] = true
		}
		for _, a := range s.arrows {
			seen["arrow"] = true
			seen["expr"] = seen["expr"] || len(a.expressions()) > 0
			seen["cycle"] = seen["cycle"] || a.cycle
			found[worst(a.findings)] = true
		}
		if text := s.chainText(); text != "" {
			chains[text] = true
		}
	}
	return slices.Concat(boxLegend(seen), arrowLegend(seen, found, chains))
}

func boxLegend(seen map[string]bool) []legendEntry {
	return slices.DeleteFunc([]legendEntry{
		{sign: "wait", text: "ready when everything that it applies is healthy"},
		{sign: "healthChecks", text: "ready when the objects in its health checks are healthy"},
		{sign: "applied", text: "ready when it is applied"},
		{sign: "group", text: "several Kustomizations of a level and folder"},
		{sign: "limit", text: "applies something that is not followed"},
	}, func(e legendEntry) bool { return !seen[e.sign] })
}

func arrowLegend(seen map[string]bool, found map[dag.Severity]bool, chains map[string]bool) []legendEntry {
	var legend []legendEntry
	add := func(is bool, line, text string) {
		if is {
			legend = append(legend, legendEntry{line: line, text: text})
		}
	}
	add(seen["arrow"], "edge", "from what is ready first to what waits for it")
	chain := "of each cluster a longest chain: what bounds its rollout"
	if len(chains) == 1 {
		for chain = range chains {
		}
	}
	add(len(chains) > 0, "edge chain", chain)
	add(seen["expr"], "edge expr", "an expression says when the dependency is ready")
	add(seen["cycle"], "edge cycle", "a cycle: none of its nodes ever becomes ready")
	add(found[dag.Warning], "edge warning", "a warning about a node or a dependency")
	add(found[dag.Error], "edge error", "an error in a node or a dependency")
	return legend
}
