package plan_test

import "github.com/tazlab/fluxdag/plan"

// rareEnds are about a Kustomization that Flux deletes, and what it takes along.
var rareEnds = []rare{
	{
		// sync is told in c to begin in q: it builds c once more, where a is not.
		name:    "goesOver",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "1")},
		head:    tree{"c": rooted(map[string]manifest{"sync": at("q")}), "q": rooted(map[string]manifest{"sync": at("q"), "a": at("p")}), "p": holding(nil, "1")},
		order:   []string{syncing, syncing, "flux-system/a"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
		effect: "builds c once more before it goes over to its new path",
	},
	{
		// a is suspended in its file, but not in the cluster: b, which applies it, was
		// suspended with it.
		name:    "settled",
		earlier: tree{"c": rooted(map[string]manifest{"b": at("q")}), "q": holding(map[string]manifest{"a": at("p")}), "p": holding(nil, "1")},
		base:    tree{"c": rooted(map[string]manifest{"b": at("q", resting)}), "q": holding(map[string]manifest{"a": at("p", resting)}), "p": holding(nil, "1")},
		reached: []string{syncing, "flux-system/b", "flux-system/a"},
		head:    tree{"c": rooted(map[string]manifest{"b": at("q")}), "q": holding(nil), "p": holding(nil, "1")},
		order:   []string{syncing, "flux-system/b"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
	},
	{
		// y lies in a Namespace that a drops.
		name:    "namespaceGoes",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "1")},
		head:    tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil), "q": holding(nil, "1")},
		order:   []string{"flux-system/a"},
		deletes: map[string]string{"ConfigMap x/1": "apps/y"},
		node:    "apps/y", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
		effect: "It lies in Namespace apps, which flux-system/a applies no longer",
	},
	{
		// a goes into the Namespace that it applies, and that goes with it.
		name:    "inside",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "1", "Namespace apps")},
		head:    tree{"c": rooted(map[string]manifest{"apps/a": at("p")}), "p": holding(nil, "1", "Namespace apps")},
		order:   []string{syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "apps/a", kind: plan.Rename, objects: []string{"Namespace apps", "ConfigMap x/1"},
		effect: "So do the Kustomizations in it: apps/a.",
	},
	{
		// b takes d from a, which is suspended, and goes.
		name:    "adopters",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("q")}), "p": holding(map[string]manifest{"d": at("r")}), "q": holding(nil), "r": holding(nil, "1")},
		head:    tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(nil), "q": holding(map[string]manifest{"d": at("r")}), "r": holding(nil, "1")},
		order:   []string{"flux-system/b", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/d"},
		node:    "flux-system/d", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
	},
	{
		// b applies a without what kept it by its old spec, and drops it by its new one.
		name:    "unkept",
		base:    tree{"c": rooted(map[string]manifest{"b": at("q"), "d": at("r")}), "p": holding(nil, "1"), "q": holding(map[string]manifest{"a": at("p", keptItself)}), "r": holding(nil), "s": holding(nil)},
		head:    tree{"c": rooted(map[string]manifest{"b": at("s"), "d": at("r")}), "p": holding(nil, "1"), "q": holding(map[string]manifest{"a": at("p")}), "r": holding(map[string]manifest{"a": at("p")}), "s": holding(nil)},
		order:   []string{"flux-system/b", syncing, "flux-system/b", "flux-system/d"},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/a"},
		node:    "flux-system/a", kind: plan.Prune, objects: []string{"ConfigMap x/1"},
		effect: "flux-system/b applies it no longer",
	},
	{
		// a gives d a spec by which that deletes, and goes; head has neither.
		name:    "deletesBetween",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(map[string]manifest{"d": at("q", orphaning)}), "q": holding(nil, "1")},
		head:    tree{"c": rooted(nil), "p": holding(map[string]manifest{"d": at("q")}), "q": holding(nil, "1")},
		order:   []string{"flux-system/a", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/d"},
		node:    "flux-system/d", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
		effect: "(prune: true, by the spec that it may get from flux-system/a before)",
	},
	{
		// As before, and d was suspended.
		name:    "deletesBetween: resumed",
		base:    tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(map[string]manifest{"d": at("q", resting)}), "q": holding(nil, "1")},
		head:    tree{"c": rooted(nil), "p": holding(map[string]manifest{"d": at("q")}), "q": holding(nil, "1")},
		order:   []string{"flux-system/a", syncing},
		deletes: map[string]string{"ConfigMap x/1": "flux-system/d"},
		node:    "flux-system/d", kind: plan.Delete, objects: []string{"ConfigMap x/1"},
	},
}

// rareCalm look like the others, and delete nothing.
var rareCalm = []rare{
	{
		name:  "settled: its suspension is in the cluster",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(nil), "p": holding(nil)},
		order: []string{"flux-system/a", syncing},
		node:  "flux-system/a", kind: plan.Leave, objects: []string{"ConfigMap x/1"}, effect: "it is suspended",
	},
	{
		name:  "deletesBetween: what applied it is suspended, and gives it nothing",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(map[string]manifest{"d": at("q", orphaning)}), "q": holding(nil, "1")},
		head:  tree{"c": rooted(nil), "p": holding(map[string]manifest{"d": at("q")}), "q": holding(nil, "1")},
		order: []string{"flux-system/a", syncing},
		node:  "flux-system/d", kind: plan.Leave, effect: "flux-system/a, which applied it, leaves what it applied",
	},
	{
		name:  "mayHave: b applies d as well, by its new spec only",
		base:  tree{"c": rooted(map[string]manifest{"b": at("q"), "d": at("r")}), "q": holding(nil), "r": holding(nil, "1"), "s": holding(map[string]manifest{"d": at("r")})},
		head:  tree{"c": rooted(map[string]manifest{"b": at("s"), "d": at("r")}), "q": holding(nil), "r": holding(nil, "1"), "s": holding(map[string]manifest{"d": at("r")})},
		order: []string{"flux-system/b", syncing, "flux-system/b", "flux-system/d", "flux-system/b"},
		node:  "flux-system/b", kind: plan.Path, effect: "nothing is deleted",
	},
	{
		name:  "shares: the last step of a rename",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p")}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p")}), "p": holding(nil, "1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "The last step of a rename",
	},
	{
		name:  "successor: one that is suspended itself",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p", resting)}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p", resting)}), "p": holding(nil, "1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "flux-system/b is suspended too, and takes over what it applies itself, once it is resumed.",
	},
	{
		// what d takes over from b, b has from a
		name:  "whenOwned: the successor has another name from now on",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p")}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p", resting), "d": at("p")}), "p": holding(nil, "1")},
		order: []string{syncing, "flux-system/d"},
		node:  "flux-system/d", kind: plan.Move, effect: "Merge this only when flux-system/b is ready",
	},
	{
		name:  "takingOver: a suspended one is renamed and resumed",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p")}), "p": holding(nil, "1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "and is not suspended: Flux applies the current revision again",
	},
	{
		name:  "shares: of the same folder, but nothing of it is left",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("q")}), "p": holding(nil, "1"), "q": holding(nil)},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p")}), "p": holding(nil, "2"), "q": holding(nil)},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/a", kind: plan.Leave, objects: []string{"ConfigMap x/1"}, effect: "Nothing updates or deletes these any more",
	},
	{
		name:  "kept: what moves from a node that goes stays",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "kept 1"), "q": holding(nil)},
		head:  tree{"c": rooted(map[string]manifest{"b": at("q")}), "p": holding(nil), "q": holding(nil, "kept 1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/a", kind: plan.Leave, effect: "1 object is applied by flux-system/b from now on",
	},
	{
		name:  "kept: a rename of a node whose objects are all kept",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "kept 1")},
		head:  tree{"c": rooted(map[string]manifest{"b": at("p")}), "p": holding(nil, "kept 1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "Nothing is deleted: annotations keep",
	},
	{
		name:  "rival: a new one applies what another one goes on applying",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("p")}), "p": holding(nil, "1")},
		order: []string{syncing, "flux-system/b", "flux-system/a"},
		node:  "flux-system/b", kind: plan.Add, objects: []string{"ConfigMap x/1"}, effect: "1 object is applied by flux-system/a as well",
	},
	{
		name:  "rival: of an object that comes",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "1"), "q": holding(nil)},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "1"), "q": holding(nil, "1")},
		order: []string{"flux-system/b", "flux-system/a"},
		node:  "flux-system/b", kind: plan.Content, objects: []string{"ConfigMap x/1"}, effect: "1 object is applied by flux-system/a as well",
	},
	{
		name:  "soFar: of what comes with a new one",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "kept 1", "2")},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p"), "b": at("q")}), "p": holding(nil, "2"), "q": holding(nil, "kept 1")},
		order: []string{syncing, "flux-system/b", "flux-system/a"},
		node:  "flux-system/b", kind: plan.Add, objects: []string{"ConfigMap x/1"}, effect: "1 object is applied so far by flux-system/a",
	},
	{
		name:  "inherit: the new one does not apply all",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(nil, "1", "2")},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p")}), "p": holding(nil, "1", "3")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "stays, and nothing updates or deletes it any more: ConfigMap x/2. New in flux-system/b: ConfigMap x/3.",
	},
	{
		name:  "predecessor: the names of some objects change along",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p", resting)}), "p": holding(nil, "1", "x-1")},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p", prefixed)}), "p": holding(nil, "1", "x-1")},
		order: []string{syncing, "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "ConfigMap x/1. New in flux-system/b: ConfigMap x/x-x-1.",
	},
	{
		name:  "sameContent: the first step of a rename",
		base:  tree{"c": rooted(map[string]manifest{"a": at("p")}), "p": holding(nil, "1")},
		head:  tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("p")}), "p": holding(nil, "1")},
		order: []string{"flux-system/a", syncing, "flux-system/a", "flux-system/b"},
		node:  "flux-system/b", kind: plan.Move, effect: "A rename: flux-system/a is suspended, and flux-system/b takes over",
	},
}
