package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// applied are nodes by name, and those that apply them.
func applied(nodes map[string]dag.Node, by map[string][]string) plan.Side {
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}}}
	s := plan.Side{Name: "c", Root: "clusters/c", SyncRoot: syncRoot, AppliedBy: map[string][]string{}, Objects: map[string][]plan.Object{}}
	for _, name := range slices.Sorted(maps.Keys(nodes)) {
		n := nodes[name]
		n.Name, n.Path = name, "./"+name
		c.Nodes = append(c.Nodes, dag.Declare(n))
	}
	s.Graph = dag.Resolve(c)
	for v := range s.Graph.Vertices() {
		for _, parent := range by[v.Object().Name] {
			s.AppliedBy[v.Key()] = append(s.AppliedBy[v.Key()], "flux-system/"+parent)
		}
	}
	return s
}

// TestDestroyByHand holds how a node is deleted: by the commit, or by a command where
// nothing prunes it; and whether a commit prepares it.
func TestDestroyByHand(t *testing.T) {
	suspended := kustomizev1.KustomizationSpec{Suspend: true}
	for _, c := range []struct {
		name          string
		parent, child dag.Node
		appliers      string
		why           string
		patched       bool
		reconciled    bool
		note          string
	}{
		{name: "pruned", appliers: "parent"},
		{name: "prune: false", appliers: "parent", parent: dag.Node{Prune: new(false)}, why: "flux-system/parent has prune: false", reconciled: true},
		{name: "a suspended parent", appliers: "parent", parent: dag.Node{Extra: suspended}, why: "flux-system/parent is suspended", patched: true},
		{name: "kept", appliers: "parent", child: dag.Node{Annotations: map[string]string{"kustomize.toolkit.fluxcd.io/prune": "disabled"}}, why: "flux-system/child has prune: disabled in its metadata", reconciled: true},
		{name: "nobody", why: "nothing here is known to apply it", patched: true},
		{name: "itself", appliers: "child", why: "flux-system/child applies itself"},
		{name: "one of two", appliers: "parent flux-system", parent: dag.Node{Prune: new(false)}, why: "flux-system/parent has prune: false", reconciled: true},
		{name: "a parent behind a suspended one", appliers: "parent", parent: dag.Node{DependsOn: []dag.Ref{dag.External("idle")}}, why: "flux-system/parent waits for flux-system/idle, which is suspended", patched: true},
		{name: "a suspended node", appliers: "parent", child: dag.Node{Extra: suspended}, note: "resume it first"},
	} {
		s := applied(map[string]dag.Node{"flux-system": {}, "parent": c.parent, "child": c.child, "idle": {Extra: suspended}},
			map[string][]string{"parent": {"flux-system"}, "idle": {"flux-system"}, "child": strings.Fields(c.appliers)})
		out := plan.Destroy(s, []string{"flux-system/child"})
		stage := out.Stages[0]
		if why := stage.Nodes[0].ByHand; why != c.why {
			t.Errorf("%s: %q, want %q", c.name, why, c.why)
		}
		var want []string
		if c.reconciled {
			for _, parent := range slices.Backward(strings.Fields(c.appliers)) {
				want = append(want, "flux reconcile kustomization "+parent+" -n flux-system --with-source")
			}
		}
		if c.why != "" {
			want = append(want, "kubectl delete kustomization child -n flux-system --ignore-not-found --wait=false")
		}
		if !slices.Equal(stage.Delete, want) {
			t.Errorf("%s: %s", c.name, cmp.Diff(want, stage.Delete))
		}
		if patched := len(out.Patch) > 0; patched != c.patched {
			t.Errorf("%s: %q", c.name, out.Patch)
		}
		if !strings.Contains(strings.Join(out.Notes, "\n"), c.note) {
			t.Errorf("%s: %q", c.name, out.Notes)
		}
	}
}

// TestDestroyRoot holds that a sync root that cannot carry a teardown out is noted once.
func TestDestroyRoot(t *testing.T) {
	for want, root := range map[string]dag.Node{
		"flux-system/flux-system has prune: false: no commit":                 {Prune: new(false)},
		"flux-system/flux-system is suspended: no commit reaches the cluster": {Extra: kustomizev1.KustomizationSpec{Suspend: true}},
	} {
		s := applied(map[string]dag.Node{"flux-system": root, "web": {}}, map[string][]string{"web": {"flux-system"}, "flux-system": {"flux-system"}})
		if notes := strings.Join(plan.Destroy(s, nil).Notes, "\n"); strings.Count(notes, want) != 1 {
			t.Errorf("%q is not once in %s", want, notes)
		}
	}
}
