package plan_test

import (
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// node is one of a cluster, with what it applies.
type node struct {
	spec    kustomizev1.KustomizationSpec
	objects []plan.Object
}

// clusterOf is a revision of a cluster whose nodes apply what they are given.
func clusterOf(nodes map[string]node, beyond ...dag.Boundary) plan.Side {
	r, all := tree{}, map[string]manifest{}
	for name, n := range nodes {
		n.spec.Path, n.spec.Prune = "./"+name, true
		r[name], all[name] = holding(nil), manifest{spec: n.spec}
	}
	r["c"] = rooted(all)
	s := r.side(beyond...)
	for name, n := range nodes {
		s.Objects[keyOf(name)] = n.objects
		if n.spec.SourceRef.Name != "" {
			s.Graph.Lookup(keyOf(name)).Object().Spec.SourceRef = n.spec.SourceRef
		}
	}
	s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
	return s
}

// from, after and checking are the specs of nodes that are built from a source, wait for a node,
// and check the health of a workload.
func from(name string) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{SourceRef: kustomizev1.CrossNamespaceSourceReference{Kind: "GitRepository", Name: name}}
}

func after(name string) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{DependsOn: []kustomizev1.DependencyReference{{Name: name}}}
}

func checking(name string) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{HealthChecks: []meta.NamespacedObjectKindReference{{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "apps", Name: name}}}
}

func sourceOf(kind, name string) plan.Object {
	return plan.Object{Group: "source.toolkit.fluxcd.io", Kind: kind, Namespace: "flux-system", Name: name}
}

// TestAbsent holds what counts as there, of what a node names for the first time.
func TestAbsent(t *testing.T) {
	chart := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "flux-system", Name: "web", Chart: "GitRepository flux-system/manifests"}
	for _, c := range []struct {
		name string
		old  node                          // of both sides
		spec kustomizev1.KustomizationSpec // of a node that is new
		side func(base, head *plan.Side)
		want bool // whether it is stuck
	}{
		{name: "a source that nothing has", spec: from("manifests"), want: true},
		{name: "one that a chart of the base is from", old: node{objects: []plan.Object{chart}}, spec: from("manifests")},
		{name: "one that the base applied and keeps", spec: from("manifests"), side: func(base, _ *plan.Side) {
			kept := sourceOf("GitRepository", "manifests")
			kept.Kept = true
			base.Objects["flux-system/old"] = []plan.Object{kept}
		}},
		{name: "one that is applied with the root", spec: from("manifests"), side: func(_, head *plan.Side) { head.ByHand = []plan.Object{sourceOf("GitRepository", "manifests")} }},
		{name: "one whose name only the cluster knows", old: node{objects: []plan.Object{sourceOf("GitRepository", "${NAME}")}}, spec: from("manifests")},
		{name: "another kind of such a name", old: node{objects: []plan.Object{sourceOf("OCIRepository", "${NAME}")}}, spec: from("manifests"), want: true},
		{name: "a dependency that nothing has", spec: after("other"), want: true},
		{name: "one for which the base waits", old: node{spec: after("other")}, spec: after("other")},
		{name: "a workload that nothing has", spec: checking("web"), want: true},
		{name: "one that the base checks", old: node{spec: checking("web")}, spec: checking("web")},
	} {
		base, head := clusterOf(map[string]node{"old": c.old}), clusterOf(map[string]node{"old": c.old, "fresh": {spec: c.spec}})
		if c.side != nil {
			c.side(&base, &head)
		}
		out := compare(t, base, head)
		if got := slices.Contains(out.Stuck, "flux-system/fresh"); got != c.want {
			t.Errorf("%s: stuck %t: %+v", c.name, got, out.Changes)
		}
		if c.want && !slices.ContainsFunc(out.Changes, func(ch plan.Change) bool { return ch.Kind == plan.Stuck && strings.Contains(ch.Effect, "nowhere") }) {
			t.Errorf("%s: %+v", c.name, out.Changes)
		}
	}
}
