package plan_test

import "github.com/tazlab/fluxdag/plan"

// rareRaces are about a Kustomization that sees the new revision before its new spec.
var rareRaces = []rare{
	{
		// The root is suspended for e, which applies 1 from now on, but may come too late.
		name:    "late heir of a root",
		base:    tree{"c": rooted(nil, "1"), "p": holding(nil)},
		head:    tree{"c": rooted(map[string]manifest{"sync": at("c", resting), "e": at("p", unpruning)}), "p": holding(nil, "1")},
		order:   []string{syncing},
		deletes: map[string]string{"ConfigMap x/1": syncing},
		node:    "flux-system/e", kind: plan.Rename, objects: []string{"ConfigMap x/1"},
	},
	{
		// a takes 1 by its old spec, from b, which is suspended; by its new one it drops it.
		name:    "transient",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q", resting)}), "p": holding(nil, "2"), "q": holding(nil, "1"), "r": holding(nil, "2")},
		head:    tree{"c": rooted(map[string]manifest{"a": at("r"), "b": at("q", resting)}), "p": holding(nil, "1", "2"), "q": holding(nil), "r": holding(nil, "2")},
		order:   []string{"flux-system/a", syncing, "flux-system/a"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
	},
	{
		// a applies 1 without what kept it, and goes.
		name:    "released",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "kept 1")},
		head:    tree{"c": rooted(nil), "p": holding(nil, "1")},
		order:   []string{"flux-system/a", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
	},
	{
		// a applies 1 without what kept it by its old spec, and drops it by its new one.
		name:    "released while it stays",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "kept 1"), "r": holding(nil)},
		head:    tree{"c": rooted(map[string]manifest{"a": at("r")}), "p": holding(nil, "1"), "r": holding(nil)},
		order:   []string{"flux-system/a", syncing, "flux-system/a"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
	},
	{
		// b gets its new spec by the old one of a only, and prunes by it; head has no b.
		name:    "respecified",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(map[string]manifest{"b": at("q", unpruning)}), "q": holding(nil, "1"), "r": holding(nil)},
		head:    tree{"c": rooted(map[string]manifest{"a": at("r")}), "p": holding(map[string]manifest{"b": at("r", orphaning)}), "q": holding(nil, "1"), "r": holding(nil)},
		order:   []string{"flux-system/a", "flux-system/b", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/b"},
		node:    "flux-system/b", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
	},
	{
		// As before, and what b prunes is a Kustomization, with what that applied.
		name:    "respecified parent",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(map[string]manifest{"b": at("q", unpruning)}), "q": holding(map[string]manifest{"d": at("s")}), "r": holding(nil), "s": holding(nil, "1")},
		head:    tree{"c": rooted(map[string]manifest{"a": at("r")}), "p": holding(map[string]manifest{"b": at("r")}), "q": holding(map[string]manifest{"d": at("s")}), "r": holding(nil), "s": holding(nil, "1")},
		order:   []string{"flux-system/a", "flux-system/b", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/d"},
		node:    "flux-system/d", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
	},
	{
		// d is applied by a, which is suspended, and its new spec arrives by the old one of b.
		name:    "stray",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("q", unpruning)}), "p": holding(map[string]manifest{"d": at("r")}), "q": holding(nil), "r": holding(nil, "1"), "s": holding(nil)},
		head:    tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("s", unpruning)}), "p": holding(map[string]manifest{"d": at("s")}), "q": holding(map[string]manifest{"d": at("s")}), "r": holding(nil, "1"), "s": holding(nil)},
		order:   []string{"flux-system/b", "flux-system/d"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/d"},
		node:    "flux-system/d", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
	},
}
