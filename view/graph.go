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
}

func (e edge) compare(f edge) int {
	return cmp.Or(strings.Compare(e.From, f.From), strings.Compare(e.To, f.To), strings.Compare(e.ReadyExpr, f.ReadyExpr))
}

// edgesOf returns what v depends on, by key.
func edgesOf(g *dag.Graph, v *dag.Vertex) []edge {
	o := v.Object()
	cycle := linked(g, v)
	edges := make([]edge, 0, len(o.Spec.DependsOn))
	for _, ref := range o.Spec.DependsOn {
		to := cmp.Or(ref.Namespace, o.Namespace) + "/" + ref.Name
		back, resolved := cycle[to]
		edges = append(edges, edge{v.Key(), to, resolved, back, ref.ReadyExpr})
	}
	slices.SortFunc(edges, edge.compare)
	return slices.Compact(edges)
}

// allEdges returns the edges of all nodes, by key.
func allEdges(g *dag.Graph, nodes []*dag.Vertex) []edge {
	var edges []edge
	for _, v := range nodes {
		edges = append(edges, edgesOf(g, v)...)
	}
	slices.SortFunc(edges, edge.compare)
	return slices.Compact(edges) // two nodes of one key may say the same
}

// linked returns v and the dependencies of v that the graph holds, by key, and
// whether each depends on v itself. A dependency lies in a lower level, unless the
// two are in one cycle.
func linked(g *dag.Graph, v *dag.Vertex) map[string]bool {
	cycle := map[string]bool{}
	for _, to := range g.Dependencies(v) {
		cycle[to.Key()] = to.Level() == v.Level()
	}
	cycle[v.Key()] = true
	return cycle
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
