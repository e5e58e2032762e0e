package schema

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// described are the CRDs of all known versions, oldest first. They are read when there
// is something to say of an object, not before.
var described = sync.OnceValue(func() []description {
	var all []description
	for _, v := range Versions() {
		if crd, err := read(v.Flux); err == nil {
			all = append(all, description{v.Flux, crd.Spec.Versions[0].Schema.OpenAPIV3Schema})
		}
	}
	return all
})

// description is what the CRD of one version says.
type description struct {
	flux string
	root *apiextensionsv1.JSONSchemaProps
}

// at returns what is said of the field at a path, nil where there is none.
func (d description) at(path string) *apiextensionsv1.JSONSchemaProps {
	at := d.root
	for _, part := range strings.Split(path, ".") {
		name, _, _ := strings.Cut(part, "[")
		property, ok := at.Properties[name]
		if !ok {
			return nil
		}
		at = &property
		for range strings.Count(part, "[") {
			if at.Items == nil || at.Items.Schema == nil {
				return nil
			}
			at = at.Items.Schema
		}
	}
	return at
}

// newer says which later versions of Flux have what a violation is about: a field, or
// one of the values of a field. It returns nothing where none has.
func (s *Schema) newer(v Violation) string {
	value, isValue := unsupported(v)
	if !v.unknownField() && !isValue {
		return ""
	}
	has := func(d description) bool {
		at := d.at(v.Field)
		return at != nil && (!isValue || slices.ContainsFunc(at.Enum, func(one apiextensionsv1.JSON) bool { return string(one.Raw) == value }))
	}
	all := described()
	for i, d := range all {
		if minor(d.flux) <= minor(s.Version.Flux) || !has(d) {
			continue
		}
		if i == len(all)-1 || has(all[len(all)-1]) {
			return "Flux " + d.flux + " and later have it"
		}
		return "Flux " + d.flux + " has it"
	}
	return ""
}

// unsupported returns the text that is none of the values of its field, as JSON.
func unsupported(v Violation) (value string, ok bool) {
	rest, ok := strings.CutPrefix(v.Message, "Unsupported value: ")
	if !ok {
		return "", false
	}
	var text string
	if err := json.NewDecoder(strings.NewReader(rest)).Decode(&text); err != nil {
		return "", false
	}
	data, err := json.Marshal(text)
	return string(data), err == nil
}

// requires reports whether the object must have a field, or an item at this place.
func (s *Schema) requires(path string) bool {
	parent, name := split(path)
	for _, d := range described() {
		if d.flux == s.Version.Flux {
			at := d.at(parent)
			return at == nil || strings.HasSuffix(name, "]") || slices.Contains(at.Required, name)
		}
	}
	return true
}

// split returns the path of what a field is in, and its name.
func split(path string) (parent, name string) {
	dot := strings.LastIndex(path, ".")
	return path[:max(dot, 0)], path[dot+1:]
}
