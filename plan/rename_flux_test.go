package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestRenameSteps carries out the steps that are printed for a rename by hand: they delete
// nothing, and what the old node leaves without an owner is named by the last of them.
func TestRenameSteps(t *testing.T) {
	carryOut(t, renameBySteps)
}

// carryOut draws changes, has the steps that are printed for each carried out, and holds that
// there are any.
func carryOut(t *testing.T, steps func(*rapid.T) int) {
	done := 0
	for range 10 {
		rapid.Check(t, func(t *rapid.T) { done += steps(t) })
	}
	if done == 0 {
		t.Error("no steps were carried out")
	}
}

func renameBySteps(t *rapid.T) int {
	base, parent := randomTree(t), ""
	for dir, f := range base {
		if _, there := f.nodes["a"]; there {
			parent = dir
		}
	}
	head := base.clone()
	for _, f := range head {
		delete(f.nodes, "a")
	}
	m := base[parent].nodes["a"]
	head[parent].nodes["e"] = m
	objects := head[strings.TrimPrefix(m.spec.Path, "./")].objects
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if rapid.IntRange(0, 2).Draw(t, "dropped") == 0 {
			delete(objects, name)
		}
	}
	objects["7"] = false
	resumed := head.clone()
	asleep := rapid.IntRange(0, 3).Draw(t, "asleep") == 0
	if asleep {
		head = head.rest("e")
	}
	var steps []plan.Instruction
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		if ch.Kind == plan.Rename && ch.From == "flux-system/a" {
			steps = ch.Steps
		}
	}
	if steps == nil {
		return 0
	}
	f := start(base, anyOrder(t))
	rested := base.rest("a")
	f.converge(rested)
	if x := f.objects[kustomization("flux-system/a")]; x == nil || !x.spec.Suspend {
		return 0 // the second step waits in vain
	}
	before := f.ownedBy("flux-system/a")
	if waits := slices.ContainsFunc(steps, func(s plan.Instruction) bool { return strings.Contains(s.Run, "condition=Ready") }); waits == asleep {
		t.Fatalf("the steps wait for e to be ready: %v, and it is suspended: %v", waits, asleep)
	}
	beside := resumed.clone()
	m.spec.Suspend = true
	beside[parent].nodes["a"] = m
	if asleep { // the rest of the change comes at once, and later it is resumed
		f.commit(t, head)
		f.converge(head)
		beside, head = resumed, resumed
	}
	f.commit(t, beside)
	f.converge(beside)
	if x := f.objects[kustomization("flux-system/e")]; x == nil || x.inventory == nil {
		return 0 // and so does the fourth
	}
	f.commit(t, head)
	f.converge(head)
	for at, was := range before {
		if f.objects[at] != was {
			t.Fatalf("%s is not the same object any more", at)
		}
	}
	for at := range f.ownedBy("flux-system/a") {
		if last := steps[len(steps)-1].Do; !strings.Contains(last, at.String()) {
			t.Fatalf("%s has no owner any more, and %q does not say so", at, last)
		}
	}
	return 1
}

// rest suspends a Kustomization wherever it is.
func (r tree) rest(name string) tree {
	out := r.clone()
	for _, f := range out {
		if m, there := f.nodes[name]; there {
			m.spec.Suspend = true
			f.nodes[name] = m
		}
	}
	return out
}

// ownedBy are the objects with the labels of a Kustomization, but for Kustomizations.
func (f *controller) ownedBy(key string) map[thing]*live {
	owned := map[thing]*live{}
	for at, x := range f.objects {
		if x.owner == key && at.Kind == "ConfigMap" {
			owned[at] = x
		}
	}
	return owned
}
