package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// bootstrapped is a cluster that begins with flux-system/flux-system, which applies what Flux was
// bootstrapped with where files is set, and a FluxInstance of a path where there is one.
func bootstrapped(files bool, instance string) plan.Side {
	s := applied(map[string]dag.Node{"flux-system": {}, "web": {}}, nil)
	const root = "flux-system/flux-system"
	s.Root, s.SyncRoot = "flux-system", root
	s.AppliedBy = map[string][]string{"flux-system/web": {root}}
	objects := []plan.Object{{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "web"}}
	if files {
		s.AppliedBy[root] = []string{root}
		objects = append(objects, plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "flux-system"},
			plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "GitRepository", Namespace: "flux-system", Name: "flux-system"},
			plan.Object{Group: "apps", Kind: "Deployment", Namespace: "flux-system", Name: "source-controller"},
			plan.Object{Group: "rbac.authorization.k8s.io", Kind: "ClusterRole", Name: "flux-edit-flux-system"},
			plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "buckets.source.toolkit.fluxcd.io"},
			plan.Object{Kind: "ConfigMap", Namespace: "flux-system", Name: "own"})
	}
	if instance != "" {
		objects = append(objects, plan.Object{Group: "fluxcd.controlplane.io", Kind: "FluxInstance", Namespace: "flux-system", Name: "flux", Flux: true, Instance: true, Syncs: instance})
	}
	s.Objects = map[string][]plan.Object{root: objects, "flux-system/web": {{Kind: "ConfigMap", Namespace: "web", Name: "web"}}}
	s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
	return s
}

// TestMigrated holds that a cluster which ends its migration to the Flux Operator keeps what that
// makes, and that one where the operator comes with the same commit is told what goes.
func TestMigrated(t *testing.T) {
	for _, c := range []struct {
		name        string
		base, head  plan.Side
		deleted     []string
		pruned      []string
		says, never string
	}{
		{"after the operator has come", bootstrapped(true, "flux-system"), bootstrapped(false, "flux-system"), nil, []string{"ConfigMap flux-system/own"}, "has to say \"Not managed by Flux\"", "List it"},
		{"with the operator", bootstrapped(true, ""), bootstrapped(false, "flux-system"), []string{"flux-system/flux-system", "flux-system/web"}, nil, "So commit FluxInstance flux-system/flux alone", "List it"},
		{"beside an instance of another folder", bootstrapped(true, "clusters/other"), bootstrapped(false, "clusters/other"), []string{"flux-system/flux-system", "flux-system/web"}, nil, "List it", "Flux Operator makes it"},
		{"the operator comes", bootstrapped(true, ""), bootstrapped(true, "flux-system"), nil, nil, "", "leaves the files"},
	} {
		out := compare(t, c.base, c.head)
		var deleted, pruned []string
		for _, change := range out.Changes {
			switch change.Kind {
			case plan.Delete:
				deleted = append(deleted, change.Node)
			case plan.Prune:
				pruned = append(pruned, change.Objects...)
			}
		}
		slices.Sort(deleted)
		if !slices.Equal(deleted, c.deleted) || !slices.Equal(pruned, c.pruned) {
			t.Errorf("%s: deletes %v and %v", c.name, deleted, pruned)
		}
		said := slices.Clone(out.Notes)
		for _, change := range out.Changes {
			if change.Kind == plan.Unknown {
				said = append(said, change.Effect)
			}
		}
		if notes := strings.Join(said, "\n"); !strings.Contains(notes, c.says) || strings.Contains(notes, c.never) || strings.Contains(notes, "%!") {
			t.Errorf("%s: %s", c.name, notes)
		}
	}
}
