// Package view writes graphs down for people and for programs. Its functions are
// pure: the same graphs give the same bytes.
package view

import "github.com/tazlab/fluxdag/dag"

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
}
