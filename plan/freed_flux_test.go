package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestWaitingHidesNothing holds that what leaves the folder of a node while it waits in vain is told
// by the plan of the commit that has it wait no longer, be it without its name.
func TestWaitingHidesNothing(t *testing.T) {
	for range 10 {
		rapid.Check(t, waitingHidesNothing)
	}
}

func waitingHidesNothing(t *rapid.T) {
	ran := waits("1")
	ran["p"].objects["2"], ran["r"].objects["3"] = false, false
	waiting := ran.clone().changed(func(m *manifest) {
		m.spec.DependsOn = []kustomizev1.DependencyReference{{Name: "a"}}
	})
	drop := func(r tree, label string) {
		dir := rapid.SampledFrom([]string{"p", "r"}).Draw(t, label)
		for _, name := range slices.Sorted(maps.Keys(r[dir].objects)) {
			if rapid.Bool().Draw(t, label+" "+name) {
				delete(r[dir].objects, name)
			}
		}
	}
	drop(waiting, "meanwhile")
	freed := waiting.clone().changed(func(m *manifest) { m.spec.DependsOn = nil })
	drop(freed, "then")
	c := compare(t, waiting.side(), freed.side())
	f := start(ran, anyOrder(t))
	f.repository = waiting
	for range 3 {
		f.reconcile(syncing, false)
		f.reconcile("flux-system/d", false)
	}
	clear(f.deleted)
	f.repository = freed
	for _, key := range rapid.SliceOfN(rapid.SampledFrom(keys), 8, 24).Draw(t, "order") {
		f.reconcile(key, false)
	}
	gone := map[string]bool{} // meanwhile: the plan of that commit told of it
	for dir := range ran {
		for name := range ran[dir].objects {
			_, left := waiting[dir].objects[name]
			gone[object(name, "", false).String()] = !left
		}
	}
	more := func(by string) bool {
		return slices.ContainsFunc(c.Changes, func(ch plan.Change) bool {
			return ch.Node == by && ch.Kind == plan.Prune && strings.Contains(ch.Effect, "There may be more: it waited for")
		})
	}
	for at, by := range f.deleted {
		if at.Group == "" && !named(c, at.String(), by) && !(gone[at.String()] && more(by)) {
			t.Fatalf("%s is deleted by %s, but told is %+v", at, by, c.Changes)
		}
	}
}
