package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyRelease holds that a HelmRelease goes before the Namespace of its records that the
// same node applies, in the cluster where it is, and by a command where no commit takes it out.
func TestDestroyRelease(t *testing.T) {
	const wait = "wait helmrelease.helm.toolkit.fluxcd.io/pg -n pg --for=delete --timeout=15m"
	const remove = "delete helmrelease.helm.toolkit.fluxcd.io/pg -n pg --ignore-not-found --wait=false"
	reconcile := "flux reconcile kustomization app -n flux-system --with-source"
	east := kustomizev1.KustomizationSpec{KubeConfig: &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "east"}}}
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "pg", Name: "pg"}
	asleep := release
	asleep.Suspended = true
	for name, c := range map[string]struct {
		node    dag.Node
		release plan.Object
		want    *plan.Removal
	}{
		"by a commit":        {dag.Node{}, release, &plan.Removal{Delete: []string{}, Wait: []string{"kubectl " + wait}}},
		"in another cluster": {dag.Node{Extra: east}, release, &plan.Removal{Delete: []string{}, Wait: []string{"kubectl --context CONTEXT " + wait}}},
		"where nothing is pruned": {dag.Node{Prune: new(false), Extra: kustomizev1.KustomizationSpec{DeletionPolicy: "Delete"}}, release,
			&plan.Removal{Delete: []string{reconcile, "kubectl " + remove}, Wait: []string{"kubectl " + wait}}},
		"one that is suspended": {dag.Node{}, asleep, nil},
	} {
		s := applied(map[string]dag.Node{"flux-system": {}, "app": c.node}, map[string][]string{"app": {"flux-system"}})
		s.Objects["flux-system/app"] = []plan.Object{{Kind: "Namespace", Name: "pg"}, c.release}
		out := plan.Destroy(s, nil)
		var got *plan.Removal
		if len(out.Stages) == 2 {
			got = &out.Stages[0]
		}
		if c.want != nil {
			c.want.Nodes, c.want.Releases = []plan.Removed{}, []plan.Released{{Node: "flux-system/app", Objects: []string{"HelmRelease pg/pg"}}}
			got.Releases[0].Position = dag.Position{}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		var b strings.Builder
		if err := plan.DestroyMarkdown(&b, []plan.Teardown{out}); err != nil || strings.Contains(b.String(), "To uninstall first") != (c.want != nil) {
			t.Errorf("%s: %v\n%s", name, err, &b)
		}
	}
}
