package repo

import (
	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// Defines returns the kind of which an object is the definition, as group/Kind; nothing of
// what is no CustomResourceDefinition.
func (o *Object) Defines() string { return o.defines }

// definedBy reads the kind that a CRD makes known.
func definedBy(res *resource.Resource) string {
	if res.GetKind() != "CustomResourceDefinition" {
		return ""
	}
	spec := member(res.YNode(), "spec")
	group, kind := member(spec, "group"), member(member(spec, "names"), "kind")
	if group == nil || kind == nil {
		return ""
	}
	return group.Value + "/" + kind.Value
}

// Serves returns the versions that a CustomResourceDefinition serves; nothing of what is none, or
// where it does not list them.
func (o *Object) Serves() []string { return o.versions }

// versionsOf returns what [Object.Serves] does.
func versionsOf(res *resource.Resource) []string {
	if res.GetKind() != "CustomResourceDefinition" {
		return nil
	}
	versions := member(member(res.YNode(), "spec"), "versions")
	if versions == nil || versions.Kind != kyaml.SequenceNode {
		return nil
	}
	var all []string
	for _, version := range versions.Content {
		if name, served := member(version, "name"), member(version, "served"); name != nil && (served == nil || served.Value != "false") {
			all = append(all, name.Value)
		}
	}
	return all
}
