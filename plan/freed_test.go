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

// TestFreed holds what is told of a node that waited in vain, and whose file mends that.
func TestFreed(t *testing.T) {
	const a, mends = "flux-system/a", "head mends what Flux did not apply of the base"
	unread := func(s plan.Side) plan.Side {
		s.Unread = append(s.Unread, dag.Diagnostic{Code: "FD305", Severity: dag.Error, Position: dag.Position{File: "c/x.yaml", Line: 1}})
		return s
	}
	for _, c := range []struct {
		name       string
		base, head plan.Side
		node       string
		want       []plan.Kind
		said       string // a part of what is said of it
		note       bool
	}{
		{
			name: "a dependency that is nowhere is taken back",
			base: waits("1", "nowhere").side(), head: waits("1").side(),
			node: a, want: []plan.Kind{plan.Edge}, said: "Where flux-system/nowhere was nowhere, it waited in vain: then Flux applies it now, and deletes what has left its folder meanwhile",
		},
		{
			name: "with an object",
			base: waits("1", "nowhere").side(), head: waits("2").side(),
			node: a, want: []plan.Kind{plan.Prune, plan.Edge, plan.Content}, said: "Where flux-system/nowhere was nowhere,",
		},
		{
			name: "it gives way to one that is there",
			base: waits("1", "dd").side(), head: waits("1", "d").side(),
			node: a, want: []plan.Kind{plan.Edge}, said: "Where flux-system/dd was nowhere,",
		},
		{
			name: "or to another one that is nowhere",
			base: waits("1", "dd").side(), head: waits("1", "ddd").side(),
			node: a, want: []plan.Kind{plan.Stuck, plan.Edge},
		},
		{
			name: "one of two that are nowhere is taken back",
			base: waits("1", "dd", "ddd").side(), head: waits("1", "dd").side(),
			node: a, want: []plan.Kind{plan.Edge},
		},
		{
			name: "one that is there is taken back",
			base: waits("1", "d").side(), head: waits("1").side(),
			node: a, want: []plan.Kind{plan.Edge},
		},
		{
			name: "one that may come from what cannot be read",
			base: unread(waits("1", "nowhere").side()), head: waits("1").side(),
			node: a, want: []plan.Kind{plan.Edge},
		},
		{
			name: "without prune nothing goes",
			base: waits("1", "nowhere").changed(unpruning).side(), head: waits("1").changed(unpruning).side(),
			node: a, want: []plan.Kind{plan.Edge},
		},
		{
			name: "it depended on itself",
			base: waits("1", "a").side(), head: waits("1").side(),
			node: a, want: []plan.Kind{plan.Unknown, plan.Edge}, said: "it waited for itself, and", note: true,
		},
		{
			name: "a circle is broken",
			base: waiting("b2", "1").side(), head: waiting("", "1").side(),
			node: "flux-system/b", want: []plan.Kind{plan.Unknown, plan.Edge}, said: "it waited for others in a circle, and", note: true,
		},
		{
			name: "and its other nodes go on",
			base: waiting("b2", "1").side(), head: waiting("", "1").side(),
			node: "flux-system/b2", want: []plan.Kind{plan.Unknown}, said: "it waited for others in a circle, and", note: true,
		},
		{
			name: "a dependency comes after what waits for it",
			base: waits("1", "e").side(), head: waits("1", "e").with("e", at("r")).side(),
			node: a,
		},
		{
			name: "which is said of it",
			base: waits("1", "e").side(), head: waits("1", "e").with("e", at("r")).side(),
			node: "flux-system/e", want: []plan.Kind{plan.Add}, said: "So far flux-system/a waited for it in vain: once it is ready, Flux applies that, and deletes what has left its folder meanwhile (prune: true).",
		},
		{
			name: "an expression compiles again",
			base: stopped(waits("1", "d"), a, a, "FD225"), head: waits("1", "d").side(),
			node: a, want: []plan.Kind{plan.Unknown}, said: "Flux can apply it again", note: true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compare(t, c.base, c.head)
			if diff := cmp.Diff(c.want, kindsOf(got, c.node)); diff != "" {
				t.Errorf("%s\n%+v", diff, got.Changes)
			}
			if !slices.ContainsFunc(got.Changes, func(ch plan.Change) bool { return ch.Node == c.node && strings.Contains(ch.Effect, c.said) }) && c.said != "" {
				t.Errorf("that is not said: %+v", got.Changes)
			}
			if said := slices.ContainsFunc(got.Notes, func(n string) bool { return strings.HasPrefix(n, mends) }); said != c.note {
				t.Errorf("notes %q", got.Notes)
			}
		})
	}
}

// waits is a cluster in which a, which waits for some nodes, applies an object.
func waits(object string, on ...string) tree {
	a := at("p")
	for _, name := range on {
		a.spec.DependsOn = append(a.spec.DependsOn, kustomizev1.DependencyReference{Name: name})
	}
	return tree{"c": rooted(map[string]manifest{"a": a, "d": at("r")}), "p": holding(nil, object), "r": holding(nil)}
}

// with is a revision that has one more Kustomization.
func (r tree) with(name string, m manifest) tree {
	r["c"].nodes[name] = m
	return r
}

// changed is a revision whose a is changed.
func (r tree) changed(change func(*manifest)) tree {
	m := r["c"].nodes["a"]
	change(&m)
	return r.with("a", m)
}
