package view

import "github.com/tazlab/fluxdag/dag"

// legendEntry explains one thing that a picture shows.
type legendEntry struct {
	sign string // of a box
	line string // the classes of an arrow
	text string
	x, y int // from the left margin and the top of the legend
}

// width returns the room that an entry takes.
func (e legendEntry) width() int { return 32 + pixels(e.text, textWidth) + 24 }

// flow places the entries in lines of that width, and returns the height of all.
func flow(legend []legendEntry, width int) int {
	x, y := 0, 0
	for i := range legend {
		if x > 0 && x+legend[i].width() > width {
			x, y = 0, y+legendLine
		}
		legend[i].x, legend[i].y = x, y
		x += legend[i].width()
	}
	return y + legendLine
}

// newLegend explains what there is in the picture, and nothing else.
func (s *scene) newLegend() []legendEntry {
	signs, chain, expr := map[string]bool{}, false, false
	found := map[dag.Severity]bool{}
	for _, b := range s.boxes {
		signs[b.sign()] = true
		found[worst(b.findings)] = true
	}
	cycle := false
	for _, a := range s.arrows {
		chain = chain || a.critical
		expr = expr || len(a.expressions()) > 0
		cycle = cycle || a.cycle
		found[worst(a.findings)] = true
	}
	var legend []legendEntry
	add := func(is bool, e legendEntry) {
		if is {
			legend = append(legend, e)
		}
	}
	add(signs["wait"], legendEntry{sign: "wait", text: "ready when everything that it applies is healthy"})
	add(signs["healthChecks"], legendEntry{sign: "healthChecks", text: "ready when the objects in its health checks are healthy"})
	add(signs["applied"], legendEntry{sign: "applied", text: "ready when it is applied"})
	add(signs["group"], legendEntry{sign: "group", text: "several Kustomizations of a level and folder"})
	add(len(s.arrows) > 0, legendEntry{line: "edge", text: "from what is ready first to what waits for it"})
	add(chain, legendEntry{line: "edge chain", text: "the longest chain: what bounds a rollout"})
	add(expr, legendEntry{line: "edge expr", text: "an expression says when the dependency is ready"})
	add(cycle, legendEntry{line: "edge cycle", text: "a cycle: none of its nodes ever becomes ready"})
	add(found[dag.Warning], legendEntry{line: "edge warning", text: "a warning about a node or a dependency"})
	add(found[dag.Error], legendEntry{line: "edge error", text: "an error in a node or a dependency"})
	return legend
}
