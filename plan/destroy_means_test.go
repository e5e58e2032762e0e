package plan_test

import (
	"cmp"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// remote is the cluster that a node applies to, or empty.
func remote(v *dag.Vertex) string {
	if k := v.Object().Spec.KubeConfig; k != nil {
		return v.Object().Namespace + "/" + k.SecretRef.Name
	}
	return ""
}

// runsWith reports whether Flux needs an object, applied to a cluster, to delete what a node
// applied.
func runsWith(s plan.Side, v *dag.Vertex, at string, o plan.Object) bool {
	key, spec := v.Object(), v.Object().Spec
	switch {
	case o.Namespace == key.Namespace && o.Kind == "Secret":
		return at == "" && spec.KubeConfig != nil && spec.KubeConfig.SecretRef.Name == o.Name
	case spec.ServiceAccountName == "":
		return false
	case o.Kind == "ServiceAccount":
		return at == "" && o.Namespace == key.Namespace && o.Name == spec.ServiceAccountName
	case o.Kind == "Role":
		return slices.ContainsFunc(bindings(s, v), func(b plan.Object) bool { return at == remote(v) && b.Role == "Role/"+o.Namespace+"/"+o.Name })
	case o.Kind == "RoleBinding":
		return at == remote(v) && grants(o, v)
	}
	return false
}

// grants reports whether a binding gives rights to the account of a node.
func grants(o plan.Object, v *dag.Vertex) bool {
	for account := range strings.FieldsSeq(o.Grants) {
		if account == v.Object().Namespace+"/"+v.Object().Spec.ServiceAccountName || account == v.Object().Namespace+"/*" || account == "*/*" {
			return true
		}
	}
	return false
}

// bindings are those that give rights to the account of a node.
func bindings(s plan.Side, v *dag.Vertex) []plan.Object {
	var all []plan.Object
	for u := range s.Graph.Vertices() {
		for _, o := range s.Objects[u.Key()] {
			if v.Object().Spec.ServiceAccountName != "" && remote(u) == remote(v) && grants(o, v) {
				all = append(all, o)
			}
		}
	}
	return all
}

// buildsWith reports whether a node cannot be built without an object.
func buildsWith(v *dag.Vertex, at string, o plan.Object) bool {
	post := v.Object().Spec.PostBuild
	if at != "" || post == nil || o.Namespace != v.Object().Namespace {
		return false
	}
	for _, ref := range post.SubstituteFrom {
		if ref.Kind == o.Kind && ref.Name == o.Name && !ref.Optional {
			return true
		}
	}
	return false
}

// lacks names an object that Flux needs to delete what a node applied, and that is gone.
func (f *flux) lacks(v *dag.Vertex) string {
	for there, by := range f.objects {
		if by == "" && runsWith(f.side, v, there.at, there.object) {
			return there.object.String()
		}
	}
	return ""
}

// builds reports whether what a node is built with is there.
func (f *flux) builds(v *dag.Vertex) bool {
	if slices.ContainsFunc(f.side.Unread, func(d dag.Diagnostic) bool { return d.Node == v.Key() }) {
		return false
	}
	for there, by := range f.objects {
		if by == "" && buildsWith(v, there.at, there.object) {
			return false
		}
	}
	return f.lacks(v) == ""
}

// depends reports whether everything that a node waits for is in Git at the beginning.
func (f *flux) depends(v *dag.Vertex) bool {
	for _, dep := range v.Object().Spec.DependsOn {
		if f.vertex[cmp.Or(dep.Namespace, v.Object().Namespace)+"/"+dep.Name] == nil {
			return false
		}
	}
	return true
}

// sourced reports whether the source is there, which may be one that nobody applies.
func (f *flux) sourced(v *dag.Vertex) bool {
	ref := v.Object().Spec.SourceRef
	known, there := false, false
	for o, by := range f.objects {
		if o.at == "" && isSource(o.object, ref) {
			known, there = true, there || by != ""
		}
	}
	return there || !known
}

// paused reports whether the source fetches no new commits.
func (f *flux) paused(v *dag.Vertex) bool {
	for o := range f.objects {
		if o.at == "" && o.object.Suspended && isSource(o.object, v.Object().Spec.SourceRef) {
			return true
		}
	}
	return false
}

func isSource(o plan.Object, ref kustomizev1.CrossNamespaceSourceReference) bool {
	return o.Kind == ref.Kind && o.Namespace == ref.Namespace && o.Name == ref.Name
}
