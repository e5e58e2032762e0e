package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// What applies a Kustomization whose spec the API server refuses stops at that, and the Kustomization
// goes on by the spec that it was given before, if it was ever made (fluxcd/pkg/ssa: ApplyAll, of which
// a dry run of all objects comes first, but for definitions, Namespaces and classes: ApplyAllStaged).

// refusal returns why the API server refuses the spec that a node has on a side, for which what
// applies it stops; nil where it does not.
func (s *side) refusal(key string) *dag.Diagnostic {
	for _, name := range s.AppliedBy[key] {
		found := s.Stops[name]
		if i := slices.IndexFunc(found, func(d dag.Diagnostic) bool { return d.Node == key && name != key }); i >= 0 {
			return &found[i]
		}
	}
	return nil
}

// neverWith says that a node never had the spec of the base in the cluster.
func neverWith(d *dag.Diagnostic) string {
	return fmt.Sprintf("The API server refuses the spec that it has in the base (%s), so that never came into the cluster.", d.Code)
}

// removalOfRefused is the change of a node that Flux deletes, if it is there: by which spec is not
// known, so neither is what goes with it.
func removalOfRefused(v *dag.Vertex, d *dag.Diagnostic) Change {
	return Change{Kind: Unknown, Node: v.Key(), Position: v.Position(),
		Effect: neverWith(d) + " Where it is there by an older one, Flux deletes it now, and by that spec also what it applied."}
}

// admission is the change of a node whose spec arrives, where that of the base did not.
func admission(v *dag.Vertex, d *dag.Diagnostic, fields []Field) Change {
	change := Change{Kind: Spec, Node: v.Key(), Position: v.Position(), Fields: fields, Effect: neverWith(d) + " The new one does."}
	if v.Object().Spec.Prune && !v.Object().Spec.Suspend {
		change.Kind = Unknown
		change.Effect += " Where it is there by an older one, Flux deletes what that applied and the new one does not (prune: true)."
	}
	return change
}
