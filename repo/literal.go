package repo

import (
	"slices"

	"sigs.k8s.io/kustomize/api/resource"
)

// Filled reports whether Flux substitutes variables in the object, where [Options.Digests] asks for
// that.
func (o *Object) Filled() bool { return o.filled }

// Literal lists the variables that stand in the object as they are applied, since nothing is
// substituted of what the Kustomization builds: it has no postBuild, or one that names nothing that
// is there (fluxcd/pkg/kustomize: SubstituteVariables). It is empty where an annotation asks for
// that, and where [Options.Digests] is not set.
func (o *Object) Literal() []string { return o.literal }

// holds returns what [Object.Filled] and [Object.Literal] do.
func (v *variables) holds(res *resource.Resource) (filled bool, literal []string) {
	if substitutionDisabled(res) || !hasVariable(res.YNode()) {
		return false, nil
	}
	if err := variablesIn(res, func(name string, _ bool) {
		if filled = v.runs; !filled && IsSymbolic("${"+name+"}") {
			literal = append(literal, name)
		}
	}); err != nil {
		return false, nil
	}
	slices.Sort(literal)
	return filled, slices.Compact(literal)
}
