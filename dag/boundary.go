package dag

// Boundary is a place where knowledge of a cluster ends: something is applied
// there, but what it is cannot be told from the files at hand. A dependency that
// leads nowhere may then lead beyond it, so FD105 is only an information.
type Boundary struct {
	// Kind is "source" (the path lies in another source), "remote" (kustomize
	// would download it), "variable" (it depends on a value that only the cluster
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

// Boundaries returns where knowledge of the cluster ends, in the order of
// [Cluster.Boundaries].
func (g *Graph) Boundaries() []Boundary { return g.cluster.Boundaries }
