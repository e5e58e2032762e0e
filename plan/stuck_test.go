package plan_test

import (
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestStuck holds which changes are told of a node that stands still.
func TestStuck(t *testing.T) {
	for _, c := range []struct {
		name       string
		base, head plan.Side
		node       string
		want       []plan.Kind
		said       string // a part of what is said of it
	}{
		{
			name: "what is deleted is not stuck as well",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "apps/1")}.side(),
			head: tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil), "q": holding(nil, "apps/1")}.side(),
			node: "apps/y", want: []plan.Kind{plan.Delete},
		},
		{
			name: "in the place of its Namespace nothing is applied",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "y": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "apps/1")}.side(),
			head: tree{"c": rooted(map[string]manifest{"a": at("p"), "y": at("q")}), "p": holding(nil), "q": holding(nil, "apps/1")}.side(),
			node: "flux-system/y", want: []plan.Kind{plan.Stuck},
		},
		{
			name: "of what cannot be applied nothing is applied or pruned",
			base: holdingA("1").side(), head: stopped(holdingA("2"), "flux-system/a", "flux-system/a", "FD328"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Stuck}, said: "deletes nothing yet",
		},
		{
			name: "what did not before either is told as ever",
			base: stopped(holdingA("1"), "flux-system/a", "flux-system/a", "FD328"), head: stopped(holdingA("2"), "flux-system/a", "flux-system/a", "FD328"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Content},
		},
		{
			name: "what is never ready is applied and pruned",
			base: holdingA("1").side(), head: stopped(holdingA("2"), "flux-system/a", "flux-system/a", "FD332"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Stuck, plan.Content},
		},
		{
			name: "what was applied before the API server refused something of the node is not known",
			base: stopped(holdingA("1"), "flux-system/a", "flux-system/a", "FD342"), head: holdingA("2").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Unknown}, said: "Flux can apply it again",
		},
		{
			name: "an older Flux took a version that is no longer served",
			base: stopped(holdingA("1"), "flux-system/a", "flux-system/a", "FD333"), head: holdingA("2").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Content},
		},
		{
			name: "another object that is refused makes no node stuck that was",
			base: stopped(holdingA("1"), "flux-system/a", "flux-system/a", "FD333"), head: restated(stopped(holdingA("2"), "flux-system/a", "flux-system/a", "FD333")),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Content},
		},
		{
			name: "a name with a variable in it is refused",
			base: holdingA("1").side(), head: holdingA("${X}").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Stuck},
		},
		{
			name: "what such a node keeps goes with its Namespace",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "apps/1")}.side(),
			head: stopped(tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil), "q": holding(nil, "apps/1")}, "flux-system/b", "flux-system/b", "FD328"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "goes all that is in it, deleted by Kubernetes: 1 more object of flux-system/b",
		},
		{
			name: "a spec that the API server refuses is not what becomes of the node",
			base: holdingA("1").side(), head: stopped(tree{"c": rooted(map[string]manifest{"a": at("p", unpruning)}), "p": holding(nil, "1")}, syncing, "flux-system/a", "FD222"),
			node: "flux-system/a",
		},
		{
			name: "what applies that goes on too",
			base: holdingA("1").side(), head: stopped(tree{"c": rooted(map[string]manifest{"a": at("p", unpruning)}, "3"), "p": holding(nil, "1")}, syncing, "flux-system/a", "FD222"),
			node: syncing, want: []plan.Kind{plan.Stuck},
		},
		{
			name: "a spec that the controller cannot decode stops it for all",
			base: holdingA("1").side(), head: halted(holdingA("2"), "flux-system/a"),
			node: syncing, want: []plan.Kind{plan.Stuck}, said: "In flux-system/a, it is so (FD222). Nor does a commit that mends it",
		},
		{
			name: "which may come to see this revision before",
			base: holdingA("1").side(), head: halted(tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "2"), "q": holding(nil)}, "flux-system/b"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune, plan.Stuck, plan.Content}, said: "Where it is stuck before it has this revision",
		},
		{
			name: "and of the one itself not what its spec says",
			base: holdingA("1").side(), head: halted(tree{"c": rooted(map[string]manifest{"a": at("p", unpruning)}), "p": holding(nil, "1")}, "flux-system/a"),
			node: "flux-system/a", want: []plan.Kind{plan.Stuck},
		},
		{
			name: "but that is nothing new where it was so before",
			base: halted(holdingA("1"), "flux-system/a"), head: halted(holdingA("1"), "flux-system/a"),
			node: syncing,
		},
		{
			name: "what is stuck keeps nothing by coming first",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "1"), "q": holding(nil)}.side(),
			head: stopped(tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil), "q": holding(nil, "1")}, "flux-system/b", "flux-system/b", "FD328"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "Flux deletes what is no longer in what it builds (prune: true): 1 object.",
		},
		{
			name: "nor does what waits for that",
			base: waiting("", "1").side(), head: stopped(waiting("d", ""), "flux-system/d", "flux-system/d", "FD328"),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "Flux deletes what is no longer in what it builds (prune: true): 1 object.",
		},
		{
			name: "or for what is nowhere",
			base: waiting("", "1").side(), head: waiting("nowhere", "").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "Flux deletes what is no longer in what it builds (prune: true): 1 object.",
		},
		{
			name: "or in a circle",
			base: waiting("", "1").side(), head: waiting("b2", "").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "Flux deletes what is no longer in what it builds (prune: true): 1 object.",
		},
		{
			name: "what waits for another one may come first",
			base: waiting("", "1").side(), head: waiting("d", "").side(),
			node: "flux-system/a", want: []plan.Kind{plan.Prune}, said: "stays only if that comes first",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compare(t, c.base, c.head)
			if diff := cmp.Diff(c.want, kindsOf(got, c.node)); diff != "" {
				t.Error(diff)
			}
			if !slices.ContainsFunc(got.Changes, func(ch plan.Change) bool { return ch.Node == c.node && strings.Contains(ch.Effect, c.said) }) && c.said != "" {
				t.Errorf("that is not said: %+v", got.Changes)
			}
		})
	}
}

// holdingA is a cluster with a Kustomization a, which applies some objects.
func holdingA(objects ...string) tree {
	return tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, objects...)}
}

// waiting is a cluster in which b, which waits for something, applies an object that is not in
// a's folder.
func waiting(on, object string) tree {
	b := at("q")
	if on != "" {
		b.spec.DependsOn = []kustomizev1.DependencyReference{{Name: on}}
	}
	circle := at("r")
	circle.spec.DependsOn = []kustomizev1.DependencyReference{{Name: "b"}}
	r := tree{"c": rooted(map[string]manifest{"a": at("p"), "b": b, "b2": circle, "d": at("r")}), "p": holding(nil), "q": holding(nil), "r": holding(nil)}
	if object != "" {
		r["p"].objects[object] = false
	} else {
		r["q"].objects["1"] = false
	}
	return r
}

// stopped is a revision in which a node comes to a stop, for a finding of a node.
func stopped(r tree, stops, of, code string) plan.Side {
	s := r.side()
	s.Stops = map[string]dag.Diagnostics{stops: {{Code: code, Node: of, Severity: dag.Error, Message: "it is so"}}}
	return s
}

// restated is a side whose findings say another thing, as of another object.
func restated(s plan.Side) plan.Side {
	for _, found := range s.Stops {
		for i := range found {
			found[i].Message += " of another one"
		}
	}
	return s
}

// halted is a revision in which Flux reconciles nothing, for a finding of a node.
func halted(r tree, of string) plan.Side {
	s := r.side()
	s.Halts = dag.Diagnostics{{Code: "FD222", Node: of, Severity: dag.Error, Message: "it is so"}}
	return s
}

// kindsOf are the kinds of the changes of a node.
func kindsOf(c plan.ClusterPlan, node string) []plan.Kind {
	var kinds []plan.Kind
	for _, ch := range c.Changes {
		if ch.Node == node {
			kinds = append(kinds, ch.Kind)
		}
	}
	return slices.Compact(kinds)
}
