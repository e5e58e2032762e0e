package repo

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// refusals are the codes of what keeps the API server from admitting a Kustomization, or
// Flux from building one that it admits.
var refusals = []string{"FD201", "FD221", "FD222", "FD224"}

// buildFields are what the controller hands to kustomize.
var buildFields = []string{"spec.patches", "spec.images", "spec.components"}

// dropConsequences drops what only follows from a field that cannot be read, which
// another finding says: that something is missing in it, what kustomize makes of it, and
// what an object does that is never admitted.
func (out *Cluster) dropConsequences(found dag.Diagnostics) dag.Diagnostics {
	undecoded, wrong := map[string][]string{}, map[string][]string{} // fields, by node
	for _, d := range found {
		if d.Code == "FD222" {
			undecoded[d.Node] = append(undecoded[d.Node], d.Field)
		}
		if d.Severity == dag.Error && d.Field != "" && slices.Contains(refusals, d.Code) {
			wrong[d.Node] = append(wrong[d.Node], d.Field)
		}
	}
	builds := func(d dag.Diagnostic) bool {
		return !slices.ContainsFunc(buildFields, func(f string) bool {
			return slices.ContainsFunc(wrong[d.Node], func(w string) bool { return inside(w, f) || inside(f, w) })
		})
	}
	return slices.DeleteFunc(found, func(d dag.Diagnostic) bool {
		switch d.Code {
		case "FD201":
			return slices.ContainsFunc(undecoded[d.Node], func(f string) bool { return inside(d.Field, f) })
		case "FD213":
			return d.Severity == dag.Warning && slices.Contains(wrong[d.Node], d.Field)
		case buildFailure.Code:
			return d.Field != "" && !builds(d)
		case twoOwners.Code:
			return len(d.Related) < mostRelated && !out.fight(d, wrong)
		}
		return false
	})
}

// fight reports whether at least two of the Kustomizations that a finding of FD325 names
// are admitted.
func (out *Cluster) fight(d dag.Diagnostic, wrong map[string][]string) bool {
	owners := []string{d.Node}
	for _, r := range d.Related {
		name, _, _ := strings.Cut(r.Message, " ")
		owners = append(owners, name)
	}
	owners = slices.DeleteFunc(owners, func(name string) bool { return len(wrong[name]) > 0 })
	return len(owners) > 1
}

// inside reports whether a field is another one, or within it.
func inside(field, outer string) bool {
	rest, ok := strings.CutPrefix(field, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// withoutSpec says once of a Kustomization without a spec, which the API server admits,
// what the rules say of each of its fields.
func (out *Cluster) withoutSpec(found dag.Diagnostics) dag.Diagnostics {
	said := map[string]bool{}
	var kept dag.Diagnostics
	for _, d := range found {
		body := out.bodies[d.Node]
		_, has := body["spec"]
		switch bare := body != nil && !has; {
		case bare && d.Code == "FD213", bare && d.Code == "FD201" && said[d.Node]:
			continue
		case bare && d.Code == "FD201" && inside(d.Field, "spec"):
			said[d.Node] = true
			d.Field, d.Hint = "spec", "write a spec, or delete the object"
			d.Message = "there is no spec: the API server admits the object, and Flux fails with \"ArtifactFailed: source `` kind '' not supported\""
		}
		kept = append(kept, d)
	}
	return kept
}
