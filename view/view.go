// Package view writes graphs down for people and for programs. Its functions are
// pure: the same graphs give the same bytes.
package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Cluster is the graph of one cluster, and what is known about it beside.
type Cluster struct {
	// Name is what the command line calls the cluster.
	Name string
	// Root is where the graph begins: the folder of the generated files, or the
	// folder that Flux synchronises. Slash-separated, relative to the root of the
	// repository.
	Root string
	// Graph holds the Kustomizations.
	Graph *dag.Graph
	// Boundaries are the places where the graph ends although the cluster goes
	// on. Their order does not matter.
	Boundaries []Boundary
	// AppliedBy maps the key (namespace/name) of a Kustomization to that of the
	// one that applies it. What it does not hold is unknown, or nothing's child.
	AppliedBy map[string]string
}

// Boundary is a place that could not be followed: what lies behind it is unknown,
// and is neither missing nor wrong.
type Boundary struct {
	// Node is the key of the Kustomization that leads there; empty when none does.
	Node string
	// Kind says in one word why it was not followed: "source", "remote",
	// "variable", "encrypted".
	Kind string
	// What names what was not followed: a URL, a source, a variable.
	What string
	// Position is where the author wrote it.
	Position dag.Position
}

// compare orders boundaries by position, and then by all the rest.
func (b Boundary) compare(c Boundary) int {
	return cmp.Or(b.Position.Compare(c.Position), strings.Compare(b.Node, c.Node),
		strings.Compare(b.Kind, c.Kind), strings.Compare(b.What, c.What))
}

// boundaries returns the cluster's boundaries in their one order.
func (c Cluster) boundaries() []Boundary {
	return slices.SortedFunc(slices.Values(c.Boundaries), Boundary.compare)
}
