package plan

import (
	"cmp"
	"iter"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// dependency is the key of what a node waits for by an entry of its dependsOn.
func dependency(v *dag.Vertex, entry kustomizev1.DependencyReference) string {
	return cmp.Or(entry.Namespace, v.Object().Namespace) + "/" + entry.Name
}

// dependsOn reports whether a node waits for the one of that key.
func dependsOn(v *dag.Vertex, key string) bool {
	namespace, name := splitKey(key)
	return slices.ContainsFunc(v.Object().Spec.DependsOn, func(entry kustomizev1.DependencyReference) bool {
		return entry.Name == name && cmp.Or(entry.Namespace, v.Object().Namespace) == namespace
	})
}

// awaited returns the node of a graph that an entry of dependsOn names, or nil.
func (s *side) awaited(v *dag.Vertex, entry kustomizev1.DependencyReference) *dag.Vertex {
	return s.Graph.Vertex(cmp.Or(entry.Namespace, v.Object().Namespace), entry.Name)
}

// dependencies returns what a node waits for, in order.
func dependencies(v *dag.Vertex) []string {
	var keys []string
	for _, dep := range v.Object().Spec.DependsOn {
		keys = append(keys, dependency(v, dep))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// ordered are the nodes of a side of which a node needs to see a revision before it takes that itself:
// those that it depends on and that are built from its source, but for those whose readiness an
// expression decides (kustomize-controller: checkDependencies).
func (s *side) ordered(v *dag.Vertex) iter.Seq[*dag.Vertex] {
	return func(yield func(*dag.Vertex) bool) {
		for _, dep := range v.Object().Spec.DependsOn {
			if u := s.awaited(v, dep); u != nil && dep.ReadyExpr == "" && sourceOf(u) == sourceOf(v) && !yield(u) {
				return
			}
		}
	}
}

// orders reports whether a node of a side takes a revision only once another one has it.
func (s *side) orders(v *dag.Vertex, on string) bool {
	for u := range s.ordered(v) {
		if u.Key() == on {
			return true
		}
	}
	return false
}
