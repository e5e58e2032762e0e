package plan_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestNothingChanges holds that the plan of a cluster and itself has no change.
func TestNothingChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomSide(t, true)
		c := compare(t, s, s)
		if len(c.Changes)+len(c.Added)+len(c.Deleted)+len(c.Changed)+len(c.Renamed)+len(c.Stuck)+len(c.Rollout.Stages) > 0 {
			t.Fatalf("%+v", c)
		}
	})
}

// TestEveryNodeOnce holds that every node of both sides is in exactly one list.
func TestEveryNodeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, head := randomSide(t, true), randomSide(t, true)
		c := compare(t, base, head)
		var listed []string
		for _, list := range [][]string{c.Added, c.Deleted, c.Changed, c.Stuck, c.Unknown, c.Unchanged} {
			listed = append(listed, list...)
		}
		for _, pair := range c.Renamed {
			listed = append(listed, pair.From, pair.To)
			if head.Graph.Lookup(pair.From) != nil || base.Graph.Lookup(pair.To) != nil {
				t.Fatalf("%v is no rename", pair)
			}
		}
		var want []string
		for _, s := range []plan.Side{base, head} {
			for v := range s.Graph.Vertices() {
				want = append(want, v.Key())
			}
		}
		slices.Sort(listed)
		slices.Sort(want)
		if diff := cmp.Diff(slices.Compact(want), listed); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestOrder holds that the changes are in order of danger, that a change names what was
// compared, and that the same sides give the same bytes.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, head := randomSide(t, true), randomSide(t, true)
		c := compare(t, base, head)
		last := 0
		for _, change := range c.Changes {
			rank := slices.Index(plan.Kinds(), change.Kind)
			if rank < last {
				t.Fatalf("%s comes too late", change.Kind)
			}
			last = rank
			if head.Graph.Lookup(change.Node) == nil && base.Graph.Lookup(change.Node) == nil || change.Effect == "" {
				t.Fatalf("%+v", change)
			}
		}
		for range 3 {
			if diff := cmp.Diff(c, compare(t, base, head), cmpopts.IgnoreUnexported(plan.Change{}, plan.Instruction{})); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// TestSuspendedDeletesNothing holds that no deletion is told of a node that is suspended,
// that orphans its objects, or that does not prune.
func TestSuspendedDeletesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, head := randomSide(t, false), randomSide(t, false)
		for _, change := range compare(t, base, head).Changes {
			if change.Kind != plan.Delete && change.Kind != plan.Rename {
				continue
			}
			key := change.Node
			if change.From != "" {
				key = change.From
			}
			spec := base.Graph.Lookup(key).Object().Spec
			if head.Graph.Lookup(key) != nil && spec.Prune { // it may prune before it is suspended
				continue
			}
			if slices.ContainsFunc(base.AppliedBy[key], func(by string) bool { return by != key && base.Graph.Lookup(by).Object().Spec.Suspend }) { // its spec may not have arrived
				continue
			}
			if spec.Suspend || spec.DeletionPolicy == "Orphan" || !spec.Prune && (spec.DeletionPolicy == "" || spec.DeletionPolicy == "MirrorPrune") {
				t.Fatalf("%+v of %+v", change, spec)
			}
		}
	})
}

func compare(t interface{ Fatalf(string, ...any) }, base, head plan.Side) plan.ClusterPlan {
	p := plan.Compare([]plan.Side{base}, []plan.Side{head})
	if len(p.Clusters) != 1 {
		t.Fatalf("%d clusters", len(p.Clusters))
	}
	var b bytes.Buffer
	if err := plan.Text(&b, p); err != nil {
		t.Fatalf("%v", err)
	}
	return p.Clusters[0]
}
