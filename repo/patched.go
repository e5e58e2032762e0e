package repo

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/tazlab/fluxdag/gen"
)

// Patched returns a hash of the patches by which the Flux Operator changes the Kustomization that it
// makes of the object, or its source; nothing where none can do so. It makes one kustomization of
// Flux' own manifests and of those two, and applies spec.kustomize.patches to all of it (flux-operator,
// internal/builder: kustomizationTmpl).
func (o *Object) Patched() string {
	spec := o.instanceSpec()
	if spec == nil {
		return ""
	}
	namespace := cmp.Or(o.Namespace, "flux-system")
	name := cmp.Or(text(spec, "sync", "name"), namespace)
	made := []ID{{kustomizeGroup, "Kustomization", namespace, name}, {sourceGroup, text(spec, "sync", "kind"), namespace, name}}
	var hitting []any
	for _, patch := range list(spec, "kustomize", "patches") {
		if slices.ContainsFunc(made, func(id ID) bool { return hits(patch, id) }) {
			hitting = append(hitting, patch)
		}
	}
	if hitting == nil {
		return ""
	}
	return hash(hitting)
}

// hits reports whether a patch of kustomize may be one of an object.
func hits(patch map[string]any, id ID) bool {
	target, _ := patch["target"].(map[string]any)
	if len(target) > 0 {
		return matchesAll(text(target, "kind"), id.Kind) && matchesAll(text(target, "group"), id.Group) &&
			matchesAll(text(target, "name"), id.Name) && matchesAll(text(target, "namespace"), id.Namespace)
	}
	documents, unread := gen.Parse("", []byte(text(patch, "patch")))
	return len(unread) > 0 || slices.ContainsFunc(documents, func(d gen.Document) bool {
		group, _ := groupOf(d.APIVersion())
		return d.Kind() == "" || d.Kind() == id.Kind && group == id.Group && d.Name() == id.Name
	})
}

// matchesAll reports whether a field of a selector selects a value: each is an expression for all of it
// (kustomize, api/types: SelectorRegex).
func matchesAll(expression, value string) bool {
	re, err := regexp.Compile("^(?:" + expression + ")$")
	return expression == "" || err != nil || re.MatchString(value)
}
