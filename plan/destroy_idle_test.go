package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyIdle holds which parents are said to delete nothing.
func TestDestroyIdle(t *testing.T) {
	suspended := dag.Node{Extra: kustomizev1.KustomizationSpec{Suspend: true}}
	after := func(name, expr string) dag.Node {
		return dag.Node{Extra: kustomizev1.KustomizationSpec{DependsOn: []kustomizev1.DependencyReference{{Name: name, ReadyExpr: expr}}}}
	}
	source := plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "GitRepository", Namespace: "flux-system", Name: "flux-system", Suspended: true}
	whole := func(*dag.Vertex) plan.Build { return plan.Build{} }
	for _, c := range []struct {
		name   string
		parent dag.Node
		change func(*plan.Side)
		why    string
		note   string
	}{
		{name: "a suspended dependency", parent: after("idle", ""), why: "flux-system/parent waits for flux-system/idle, which is suspended"},
		{name: "an expression of its own", parent: after("idle", "dep.spec.suspend")},
		{name: "a missing dependency", parent: after("nowhere", ""), change: func(s *plan.Side) { s.Build = whole }, why: "flux-system/parent waits for flux-system/nowhere, which is nowhere"},
		{name: "a dependency that is not known", parent: after("nowhere", "")},
		{name: "a dependency that could not be read", parent: after("nowhere", ""), change: func(s *plan.Side) {
			s.Build, s.Unread = whole, dag.Diagnostics{{Node: "flux-system/idle", Code: "FD322"}}
		}},
		{name: "a broken folder", change: func(s *plan.Side) { s.Unread = dag.Diagnostics{{Node: "flux-system/parent", Code: "FD321"}} }, why: "flux-system/parent cannot be built"},
		{name: "a suspended source", change: func(s *plan.Side) { s.ByHand = []plan.Object{source} },
			why:  "flux-system/parent builds from GitRepository flux-system/flux-system, which is suspended",
			note: "GitRepository flux-system/flux-system is suspended: no commit reaches what builds from it, which brings back by its old revision what is deleted here (flux-system/parent); resume the source first"},
	} {
		s := applied(map[string]dag.Node{"flux-system": {}, "parent": c.parent, "child": {}, "idle": suspended},
			map[string][]string{"parent": {"flux-system"}, "idle": {"flux-system"}, "child": {"parent"}})
		if c.change != nil {
			c.change(&s)
		}
		out := plan.Destroy(s, []string{"flux-system/child"})
		if diff := cmp.Diff(c.why, out.Stages[0].Nodes[0].ByHand); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "is suspended: no commit") {
			t.Errorf("%s: %s", c.name, notes)
		}
	}
}
