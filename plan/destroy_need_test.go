package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

const rbac = "rbac.authorization.k8s.io"

// TestDestroyNeeds holds that a node goes before what Flux needs to delete what it applied, and,
// where something is only pruned when it reconciles, before what it is built with.
func TestDestroyNeeds(t *testing.T) {
	spec := kustomizev1.KustomizationSpec{ServiceAccountName: "runner"}
	spec.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "east-kubeconfig"}}
	far := dag.Node{Extra: spec}
	spec.KubeConfig = nil
	runs := dag.Node{Extra: spec}
	values := func(optional bool) dag.Node {
		return dag.Node{Extra: kustomizev1.KustomizationSpec{PostBuild: &kustomizev1.PostBuild{SubstituteFrom: []kustomizev1.SubstituteReference{{Kind: "Secret", Name: "vars", Optional: optional}}}}}
	}
	decrypts := dag.Node{Extra: kustomizev1.KustomizationSpec{Decryption: &kustomizev1.Decryption{Provider: "sops", SecretRef: &meta.LocalObjectReference{Name: "vars"}}}}
	account := plan.Object{Kind: "ServiceAccount", Namespace: "flux-system", Name: "runner"}
	role := plan.Object{Group: rbac, Kind: "ClusterRole", Name: "runs"}
	binding := plan.Object{Group: rbac, Kind: "ClusterRoleBinding", Name: "runs", Grants: "flux-system/other flux-system/runner", Role: "ClusterRole//runs"}
	narrow := plan.Object{Group: rbac, Kind: "RoleBinding", Namespace: "data", Name: "runs", Grants: "flux-system/*", Role: "Role/data/runs"}
	vars := plan.Object{Kind: "Secret", Namespace: "flux-system", Name: "vars"}
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "flux-system", Name: "web", Installs: "data"}
	kept := account
	kept.Kept = true
	all := func(objects ...plan.Object) []plan.Object { return objects }
	for _, c := range []struct {
		name       string
		app        dag.Node
		child      bool // of app
		means, own []plan.Object
		more       []plan.Object // of a node that stays
		before     bool          // app goes before means
		note       string        // where only means goes
	}{
		{name: "an account", app: runs, means: all(account), before: true, note: "with flux-system/means goes the ServiceAccount of flux-system/app, not taken down here: what stays fails from then on, and leaves everything"},
		{name: "an account that is kept", app: runs, means: all(kept)},
		{name: "another account", app: runs, means: all(plan.Object{Kind: "ServiceAccount", Namespace: "data", Name: "runner"})},
		{name: "an account in this cluster", app: far, means: all(account), before: true},
		{name: "rights", app: runs, means: all(binding), before: true, note: "with flux-system/means go rights of the ServiceAccount of flux-system/app, not taken down here: what stays fails from then on, and cannot be deleted"},
		{name: "rights in another cluster", app: far, means: all(binding)},
		{name: "a role", app: runs, means: all(role), more: all(binding), before: true, note: "with flux-system/means goes a role of the ServiceAccount of flux-system/app"},
		{name: "a role of nobody's", app: runs, means: all(role)},
		{name: "the Namespace of a binding", app: runs, means: all(plan.Object{Kind: "Namespace", Name: "data"}), more: all(narrow), before: true},
		{name: "a kubeConfig", app: far, means: all(plan.Object{Kind: "Secret", Namespace: "flux-system", Name: "east-kubeconfig"}), before: true, note: "with flux-system/means goes the kubeConfig of flux-system/app, not"},
		{name: "a cluster with its kubeConfig", app: far, means: all(plan.Object{Group: "cluster.x-k8s.io", Kind: "Cluster", Namespace: "flux-system", Name: "east"}), before: true},
		{name: "a kubeConfig out of a vault", app: far, means: all(plan.Object{Group: "external-secrets.io", Kind: "ExternalSecret", Namespace: "flux-system", Name: "east-kubeconfig"}), before: true},
		{name: "its own account", app: runs, own: all(account), note: "flux-system/app applies the ServiceAccount that it runs as"},
		{name: "variables", app: values(false), means: all(vars), note: "with flux-system/means goes what flux-system/app substitutes or decrypts with, not taken down here: what stays fails from then on"},
		{name: "variables of a parent", app: values(false), child: true, means: all(vars), before: true},
		{name: "variables that may be missing", app: values(true), child: true, means: all(vars)},
		{name: "a key of a parent", app: decrypts, child: true, means: all(vars), before: true},
		{name: "where a HelmRelease installs", means: all(plan.Object{Kind: "Namespace", Name: "data"}), own: all(release), before: true, note: "with the Namespaces in flux-system/means goes what is in them of flux-system/app"},
		{name: "where its own HelmRelease installs", own: all(release, plan.Object{Kind: "Namespace", Name: "data"}), note: "with a HelmRelease the release is uninstalled"},
	} {
		by := map[string][]string{"app": {"flux-system"}, "means": {"flux-system"}, "more": {"flux-system"}}
		nodes := map[string]dag.Node{"flux-system": {}, "app": c.app, "means": {}, "more": {}}
		if c.child {
			nodes["child"], by["child"] = dag.Node{}, []string{"app"}
		}
		s := applied(nodes, by)
		maps.Copy(s.Objects, map[string][]plan.Object{"flux-system/means": c.means, "flux-system/app": c.own, "flux-system/more": c.more})
		stages := staged(plan.Destroy(s, []string{"flux-system/app", "flux-system/means"}))
		place := func(name string) int {
			return slices.IndexFunc(stages, func(stage string) bool { return slices.Contains(strings.Fields(stage), name) })
		}
		if before := place("app") < place("means"); before != c.before {
			t.Errorf("%s: %q", c.name, stages)
		}
		chosen := "flux-system/means"
		if c.means == nil {
			chosen = "flux-system/app"
		}
		notes := strings.Join(plan.Destroy(s, []string{chosen}).Notes, "\n")
		if !strings.Contains(notes, c.note) || c.note == "" && !c.before && notes != "" {
			t.Errorf("%s: %s", c.name, notes)
		}
	}
}

// TestDestroyOwnMeans holds that a circle with what a node deletes with is told of.
func TestDestroyOwnMeans(t *testing.T) {
	runs := dag.Node{Extra: kustomizev1.KustomizationSpec{ServiceAccountName: "runner"}}
	s := applied(map[string]dag.Node{"flux-system": {}, "app": runs, "access": {}}, map[string][]string{"app": {"flux-system"}, "access": {"app"}})
	s.Objects["flux-system/access"] = []plan.Object{{Kind: "ServiceAccount", Namespace: "flux-system", Name: "runner"}}
	out := plan.Destroy(s, []string{"flux-system/app"})
	want := "with flux-system/access goes the ServiceAccount of flux-system/app, perhaps before it has deleted all"
	if notes := strings.Join(out.Notes, "\n"); !out.Stages[0].Circle || !strings.Contains(notes, want) {
		t.Errorf("%q %s", staged(out), notes)
	}
}
