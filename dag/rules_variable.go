package dag

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

var variableRules = []Rule{{
	Code: "FD214", Name: "variable-name", Severity: Error,
	Summary: "The name of a substitution variable is not valid.",
	Flux:    "The build fails: variable names must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$.",
	Fix:     "Use letters, digits and '_', not starting with a digit.",
	Source:  "fluxcd/pkg/kustomize: SubstituteVariables",
	Check:   perVertex(checkVariableNames),
	OfValue: true,
}, {
	Code: "FD215", Name: "substitute-from", Severity: Error,
	Summary: "substituteFrom names something other than a ConfigMap or Secret.",
	Flux:    "The API server refuses the object (\"Unsupported value\"): kind must be ConfigMap or Secret, and the name has 1 to 253 characters.",
	Fix:     "Use Kind: \"ConfigMap\" or \"Secret\".",
	Source:  "the Kustomization CRD: spec.postBuild.substituteFrom",
	Check:   perVertex(checkSubstituteFrom),
	OfValue: true,
}}

// variablePattern is that of fluxcd/pkg/kustomize, kustomize_varsub.go.
var variablePattern = regexp.MustCompile(`^[_[:alpha:]][_[:alpha:][:digit:]]*$`)

func checkVariableNames(v *Vertex) []Diagnostic {
	if v.object.Spec.PostBuild == nil {
		return nil
	}
	var found []Diagnostic
	for _, name := range slices.Sorted(maps.Keys(v.object.Spec.PostBuild.Substitute)) {
		if !variablePattern.MatchString(name) {
			found = append(found, v.Report("spec.postBuild.substitute", "use letters, digits and '_', not starting with a digit",
				"Flux fails the build: '%s' var name is invalid", name))
		}
	}
	return found
}

func checkSubstituteFrom(v *Vertex) []Diagnostic {
	if v.object.Spec.PostBuild == nil {
		return nil
	}
	var found []Diagnostic
	for i, ref := range v.object.Spec.PostBuild.SubstituteFrom {
		switch kinds := []string{"ConfigMap", "Secret"}; {
		case ref.Kind == "": // FD201
		case !slices.Contains(kinds, ref.Kind):
			found = append(found, v.Report(itemField("postBuild.substituteFrom", i, "kind"), "use "+strings.Join(kinds, " or "),
				"substituteFrom has the kind %s: the API server refuses the object", quote(ref.Kind)))
		case len(ref.Name) > 253:
			found = append(found, v.Report(itemField("postBuild.substituteFrom", i, "name"), "shorten the name",
				"substituteFrom has a name of %d characters: the API server refuses more than 253", len(ref.Name)))
		}
	}
	return found
}
