package view

import (
	"cmp"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// edge is one dependency: what is said twice in the same words is one.
type edge struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Resolved is false where the graph does not hold To.
	Resolved bool `json:"resolved"`
	// Cycle says that a path leads back from To to From.
	Cycle     bool   `json:"cycle"`
	ReadyExpr string `json:"readyExpr,omitempty"`

	to *dag.Vertex // nil where it is not resolved
}

func (e edge) compare(f edge) int {
	return cmp.Or(strings.Compare(e.From, f.From), strings.Compare(e.To, f.To), strings.Compare(e.ReadyExpr, f.ReadyExpr))
}

// edgesOf returns what v depends on, by key, as far as it is shown.
func (c Cluster) edgesOf(v *dag.Vertex) []edge {
	o := v.Object()
	known := linked(c.Graph, v)
	edges := make([]edge, 0, len(o.Spec.DependsOn))
	for _, ref := range o.Spec.DependsOn {
		to := cmp.Or(ref.Namespace, o.Namespace) + "/" + ref.Name
		u := known[to]
		if u == nil || c.shows(v, u) {
			edges = append(edges, edge{v.Key(), to, u != nil, u != nil && u.Level() == v.Level(), ref.ReadyExpr, u})
		}
	}
	slices.SortFunc(edges, edge.compare)
	return slices.Compact(edges)
}

// allEdges returns the edges of all nodes that are shown, by key.
func (c Cluster) allEdges() []edge {
	var edges []edge
	for v := range c.nodes() {
		edges = append(edges, c.edgesOf(v)...)
	}
	slices.SortFunc(edges, edge.compare)
	return slices.Compact(edges) // two nodes of one key may say the same
}

// linked returns v and the dependencies of v that the graph holds, by key. A
// dependency lies in a lower level than v, unless it depends on v itself.
func linked(g *dag.Graph, v *dag.Vertex) map[string]*dag.Vertex {
	known := map[string]*dag.Vertex{}
	for _, to := range g.Dependencies(v) {
		known[to.Key()] = to
	}
	known[v.Key()] = v
	return known
}

// readiness says what makes a Kustomization ready. Flux ignores healthChecks
// where wait is set.
func readiness(spec *kustomizev1.KustomizationSpec) string {
	switch {
	case spec.Wait:
		return "wait"
	case len(spec.HealthChecks) > 0:
		return "healthChecks"
	}
	return "applied"
}
