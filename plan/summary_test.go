package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestSummary holds that the headline, which is what is read in a comment, counts what is
// deleted.
func TestSummary(t *testing.T) {
	prune := func(node string) plan.Change { return plan.Change{Kind: plan.Prune, Node: node} }
	for _, c := range []struct {
		want string
		plan plan.ClusterPlan
	}{
		{"1 deleted, 2 stuck, deletes objects of 3 nodes, 4 changed", plan.ClusterPlan{Deleted: []string{"x/a"}, Stuck: []string{"x/b", "x/c"}, Changed: []string{"x/d", "x/e", "x/f", "x/g"},
			Changes: []plan.Change{prune("x/a"), prune("x/b"), prune("x/d"), prune("x/e"), prune("x/e")}}},
		{"1 renamed, deletes objects of 1 node, 1 changed", plan.ClusterPlan{Renamed: []plan.Pair{{From: "x/a", To: "x/b"}}, Changed: []string{"x/c"}, Changes: []plan.Change{prune("x/b"), prune("x/c")}}},
		{"1 deleted, 1 stuck, 1 added", plan.ClusterPlan{Added: []string{"x/a"}, Deleted: []string{"x/b"}, Changes: []plan.Change{{Kind: plan.Stuck, Node: "x/a"}, {Kind: plan.Stuck, Node: "x/b"}}}},
		{"nothing that was compared changes, 1 unchanged, 1 not compared", plan.ClusterPlan{Unchanged: []string{"x/a", "x/b"}, Uncompared: []string{"x/b"}}},
		{"nothing changes, 1 unchanged", plan.ClusterPlan{Unchanged: []string{"x/a"}}},
		{"1 changed", plan.ClusterPlan{Changed: []string{"x/c"}, Changes: []plan.Change{{Kind: plan.Leave, Node: "x/c"}}}},
	} {
		if diff := cmp.Diff(c.want, c.plan.Summary()); diff != "" {
			t.Error(diff)
		}
	}
}

// TestDeletedCounted holds that each node that a change says is deleted is listed as such.
func TestDeletedCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := compare(t, randomSide(t, true), randomSide(t, true))
		deleted := map[string]bool{}
		for _, key := range c.Deleted {
			deleted[key] = true
		}
		for _, change := range c.Changes {
			if change.Kind == plan.Delete && !deleted[change.Node] {
				t.Fatalf("%s is not among the deleted: %+v", change.Node, c)
			}
		}
	})
}

// TestDeletedThoughThere holds that a node whose file stays, while its Namespace goes, is
// counted as deleted.
func TestDeletedThoughThere(t *testing.T) {
	node := func(name, namespace string) dag.Ref {
		return dag.Declare(dag.Node{Name: name, Namespace: namespace, Path: "./" + name, Prune: new(true)})
	}
	side := func(objects ...plan.Object) plan.Side {
		return plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{node("infra", ""), node("shop", "shop")}}),
			AppliedBy: map[string][]string{}, Objects: map[string][]plan.Object{"flux-system/infra": objects}}
	}
	c := compare(t, side(plan.Object{Kind: "Namespace", Name: "shop"}), side())
	if diff := cmp.Diff([]string{"shop/shop"}, c.Deleted); diff != "" {
		t.Error(diff, c.Summary())
	}
}

// TestRevision holds that a revision is named shortly, and by what it was called.
func TestRevision(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for want, r := range map[string]plan.Revision{
		"worktree":            {Name: "worktree"},
		"main (0123456789ab)": {Name: "main", Commit: commit},
		"0123456789ab":        {Name: commit, Commit: commit},
		"01234567":            {Name: "01234567", Commit: commit},
	} {
		if diff := cmp.Diff(want, r.String()); diff != "" {
			t.Error(diff)
		}
	}
}
