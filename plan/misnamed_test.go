package plan_test

import (
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// taking is the spec of a node that takes variables from something.
func taking(kind, name string) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{PostBuild: &kustomizev1.PostBuild{SubstituteFrom: []kustomizev1.SubstituteReference{{Kind: kind, Name: name}}}}
}

// TestMisnamed holds when a node that takes variables from what is nowhere is said to be stuck:
// where something of nearly that name is known.
func TestMisnamed(t *testing.T) {
	vars := []plan.Object{{Kind: "ConfigMap", Namespace: "flux-system", Name: "cluster-vars"}}
	operated := func(kind string) []plan.Object {
		return append(slices.Clip(vars), plan.Object{Group: "fluxcd.controlplane.io", Kind: kind, Namespace: "flux-system", Name: "flux"})
	}
	optional := taking("ConfigMap", "cluster-vrs")
	optional.PostBuild.SubstituteFrom[0].Optional = true
	for _, c := range []struct {
		name   string
		old    node                           // of both sides
		was    *kustomizev1.KustomizationSpec // of the node in the base
		spec   kustomizev1.KustomizationSpec  // and in head
		beyond []dag.Boundary
		meant  string // nothing where it is not stuck
	}{
		{name: "new", old: node{objects: vars}, spec: taking("ConfigMap", "cluster-vrs"), meant: "ConfigMap flux-system/cluster-vars"},
		{name: "other before", old: node{objects: vars}, was: new(taking("Secret", "token")), spec: taking("ConfigMap", "cluster-vrs"), meant: "ConfigMap flux-system/cluster-vars"},
		{name: "of what is made", old: node{objects: []plan.Object{{Group: "external-secrets.io", Kind: "ExternalSecret", Namespace: "flux-system", Name: "cluster-vars"}}}, spec: taking("Secret", "cluster-vrs"), meant: "Secret flux-system/cluster-vars"},
		{name: "of what another node uses, made by hand as it may be too", old: node{spec: taking("Secret", "cluster-vars")}, spec: taking("Secret", "cluster-vrs")},
		{name: "a sibling of what is made", old: node{objects: []plan.Object{{Group: "external-secrets.io", Kind: "ExternalSecret", Namespace: "flux-system", Name: "lidarr-secret"}}}, spec: taking("Secret", "radarr-secret")},
		{name: "mended", was: new(taking("Secret", "cluster-vrs")), spec: taking("Secret", "cluster-vars")},
		{name: "as before", old: node{objects: vars}, was: new(taking("ConfigMap", "cluster-vrs")), spec: taking("ConfigMap", "cluster-vrs")},
		{name: "as others", old: node{spec: taking("ConfigMap", "cluster-vrs"), objects: vars}, spec: taking("ConfigMap", "cluster-vrs")},
		{name: "optional", old: node{objects: vars}, spec: optional},
		{name: "another name", old: node{objects: vars}, spec: taking("ConfigMap", "web-settings")},
		{name: "one with a number", old: node{objects: vars}, spec: taking("ConfigMap", "cluster-vars2")},
		{name: "another kind", old: node{objects: vars}, spec: taking("Secret", "cluster-vrs")},
		{name: "beside a FluxInstance", old: node{objects: operated("FluxInstance")}, spec: taking("ConfigMap", "cluster-vrs"), meant: "ConfigMap flux-system/cluster-vars"},
		{name: "beside a ResourceSet, which may make it", old: node{objects: operated("ResourceSet")}, spec: taking("ConfigMap", "cluster-vrs")},
		{name: "beyond a boundary", old: node{objects: vars}, spec: taking("ConfigMap", "cluster-vrs"), beyond: []dag.Boundary{{Kind: "remote", Node: "flux-system/old", What: "x"}}},
		{name: "beyond one of its own", old: node{objects: vars}, spec: taking("ConfigMap", "cluster-vrs"), beyond: []dag.Boundary{{Kind: "remote", Node: "flux-system/web", What: "x"}}, meant: "ConfigMap flux-system/cluster-vars"},
	} {
		nodes, before := map[string]node{"old": c.old, "web": {spec: c.spec}}, map[string]node{"old": c.old}
		if c.was != nil {
			before["web"] = node{spec: *c.was}
		}
		out := compare(t, clusterOf(before, c.beyond...), clusterOf(nodes, c.beyond...))
		said := ""
		for _, ch := range out.Changes {
			if ch.Kind == plan.Stuck && ch.Node == "flux-system/web" {
				said = ch.Effect
			}
		}
		if got := slices.Contains(out.Stuck, "flux-system/web"); got != (c.meant != "") || !strings.Contains(said, c.meant) {
			t.Errorf("%s: stuck %t, %s", c.name, got, said)
		}
		if c.meant != "" && !strings.Contains(said, "Did you mean "+c.meant+"?") {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}
