package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/plan"
)

// TestUnadmitted holds what is told of a node whose spec the API server refused in the base, for
// which what applies it stopped.
func TestUnadmitted(t *testing.T) {
	const a, never = "flux-system/a", "The API server refuses the spec that it has in the base (FD222), so that never came into the cluster."
	refused := func(r tree) plan.Side { return stopped(r, syncing, a, "FD222") }
	other := func(folder string, changes ...func(*manifest)) tree {
		return tree{"c": rooted(map[string]manifest{"a": at(folder, changes...)}), "p": holding(nil, "1"), "q": holding(nil, "2")}
	}
	for _, c := range []struct {
		name       string
		base, head plan.Side
		want       []plan.Kind
		said       string // a part of what is said of it
	}{
		{
			name: "what was never there is not deleted",
			base: refused(holdingA("1")), head: tree{"c": rooted(nil), "p": holding(nil, "1")}.side(),
			want: []plan.Kind{plan.Unknown}, said: never + " Where it is there by an older one, Flux deletes it now, and by that spec also what it applied.",
		},
		{
			name: "nor has another one its name",
			base: refused(holdingA("1")), head: tree{"c": rooted(map[string]manifest{"e": at("p")}), "p": holding(nil, "1")}.side(),
			want: []plan.Kind{plan.Unknown}, said: never,
		},
		{
			name: "where what applied it prunes nothing it stays",
			base: refused(holdingA("1").pruneless()), head: tree{"c": rooted(nil), "p": holding(nil, "1")}.pruneless().side(),
			want: []plan.Kind{plan.Leave},
		},
		{
			name: "of what is deleted in a base that is admitted all is told",
			base: holdingA("1").side(), head: tree{"c": rooted(nil), "p": holding(nil, "1")}.side(),
			want: []plan.Kind{plan.Delete},
		},
		{
			name: "a spec that is mended arrives, and what the old one builds never was there",
			base: refused(other("q")), head: other("p").side(),
			want: []plan.Kind{plan.Unknown, plan.Content}, said: never + " The new one does. Where it is there by an older one, Flux deletes what that applied and the new one does not (prune: true).",
		},
		{
			name: "without prune nothing is deleted",
			base: refused(other("q", unpruning)), head: other("p", unpruning).side(),
			want: []plan.Kind{plan.Spec, plan.Content}, said: never + " The new one does.",
		},
		{
			name: "what leaves the folder goes where that is the same",
			base: refused(holdingA("1")), head: holdingA("2").side(),
			want: []plan.Kind{plan.Prune, plan.Content},
		},
		{
			name: "what is refused as before is told as ever",
			base: refused(holdingA("1")), head: refused(holdingA("1")),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compare(t, c.base, c.head)
			if diff := cmp.Diff(c.want, kindsOf(got, a)); diff != "" {
				t.Errorf("%s\n%+v", diff, got.Changes)
			}
			if !slices.ContainsFunc(got.Changes, func(ch plan.Change) bool { return ch.Node == a && strings.Contains(ch.Effect, c.said) }) && c.said != "" {
				t.Errorf("that is not said: %+v", got.Changes)
			}
		})
	}
}

// pruneless is a revision whose Kustomization that Flux begins with prunes nothing.
func (r tree) pruneless() tree {
	m := r["c"].nodes["sync"]
	m.spec.Prune = false
	return r.with("sync", m)
}
