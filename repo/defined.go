package repo

import "sigs.k8s.io/kustomize/api/resource"

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
