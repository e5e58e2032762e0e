package dag

import (
	"cmp"
	"slices"
	"strings"
)

// Boundary is a place where knowledge of a cluster ends: something is applied
// there, but what it is cannot be told from the files at hand. A dependency that
// leads nowhere may then lead beyond it, so FD105 is only an information.
type Boundary struct {
	// Kind is "source" (the path lies in another source), "remote" (kustomize
	// would download it, or it is in a submodule), "variable" (it depends on a value that only the cluster
	// knows), "encrypted" (it is encrypted) or "missing" (it could not be read).
	Kind string `json:"kind"`
	// Node is the namespace/name of the Kustomization that applies it; empty
	// where that is not one of the graph.
	Node string `json:"node,omitempty"`
	// What names what is not known: a source, an address, a path.
	What string `json:"what"`
	// Position is where it is asked for.
	Position Position `json:"position"`
}

// Boundaries returns where knowledge of the cluster ends, by position.
func (g *Graph) Boundaries() []Boundary { return slices.Clone(g.cluster.Boundaries) }

// compare orders boundaries by position, and then by all the rest.
func (b Boundary) compare(c Boundary) int {
	return cmp.Or(b.Position.Compare(c.Position), strings.Compare(b.Node, c.Node),
		strings.Compare(b.Kind, c.Kind), strings.Compare(b.What, c.What))
}
