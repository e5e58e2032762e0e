package view

import (
	"cmp"
	"fmt"

	"github.com/tazlab/fluxdag/dag"
)

// limits are the places where the graph of a cluster ends although the cluster goes on.
type limits struct {
	nodes map[string][]dag.Boundary // by the key of the node that applies what is not known
	rest  []dag.Boundary            // those of nothing that the graph holds
}

func newLimits(c Cluster) limits {
	l := limits{nodes: map[string][]dag.Boundary{}}
	for _, b := range c.boundaries() {
		if c.Graph.Lookup(b.Node) == nil {
			l.rest = append(l.rest, b)
		} else {
			l.nodes[b.Node] = append(l.nodes[b.Node], b)
		}
	}
	return l
}

// boundaryText says what is not followed, and why.
func boundaryText(b dag.Boundary) string {
	return printable(b.Kind) + ": " + printable(b.What)
}

// notFollowed says the same where nothing else says that it is about a boundary.
func notFollowed(b dag.Boundary) string {
	return "not followed (" + printable(b.Kind) + "): " + printable(b.What)
}

// boundaryPlace is the place at which it is asked for, in brackets; empty where that is
// not known.
func boundaryPlace(b dag.Boundary) string {
	if b.Position.File == "" {
		return ""
	}
	return "(" + printable(b.Position.String()) + ")"
}

// mostLimitLabel is how wide what is not followed may be in the label of a box, in pixels.
const mostLimitLabel = 300

// limitNote says in one line of a box what is not followed there; empty where all is.
func limitNote(limits []dag.Boundary) string {
	switch len(limits) {
	case 0:
		return ""
	case 1:
		return "not followed: " + shorten(printable(cmp.Or(limits[0].What, limits[0].Kind)), textWidth, mostLimitLabel)
	}
	return fmt.Sprintf("not followed: %d places", len(limits))
}

// limitLines says for a box's title what is not followed there.
func limitLines(limits []dag.Boundary) []string {
	var lines []string
	for _, b := range limits {
		lines = append(lines, notFollowed(b))
	}
	return lines
}
