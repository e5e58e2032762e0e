// Package view writes graphs down for people and for programs. Its functions are
// pure: the same graphs give the same bytes.
package view

import (
	"iter"

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
	// AppliedBy maps the key (namespace/name) of a Kustomization to that of the
	// one that applies it. What it does not hold is unknown, or nothing's child.
	AppliedBy map[string]string
	// SyncRoot is the key of the Kustomization that Flux begins with; empty where
	// there is none or it is unknown.
	SyncRoot string
	// Findings are marked on the nodes and edges that they are about, but for
	// information.
	Findings dag.Diagnostics

	part *part // what is shown; nil for everything
}

// nodes returns the vertices that are shown, in the graph's order.
func (c Cluster) nodes() iter.Seq[*dag.Vertex] {
	if c.part == nil || c.part.nodes == nil {
		return c.Graph.Vertices()
	}
	return func(yield func(*dag.Vertex) bool) {
		for v := range c.Graph.Vertices() {
			if c.part.nodes[v] && !yield(v) {
				return
			}
		}
	}
}

// size returns how many nodes are shown.
func (c Cluster) size() int {
	if c.part == nil || c.part.nodes == nil {
		return c.Graph.Len()
	}
	return len(c.part.nodes)
}

// shows reports whether the edge from v to a dependency is shown.
func (c Cluster) shows(v, to *dag.Vertex) bool {
	if c.part == nil {
		return true
	}
	return (c.part.nodes == nil || c.part.nodes[to]) && !c.part.implied[link{v, to}]
}
