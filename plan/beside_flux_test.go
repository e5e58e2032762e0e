package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestBeside carries out the steps that are printed for the deletion of a node whose objects
// another one applies already: they delete nothing, and what is left without an owner is named.
func TestBeside(t *testing.T) {
	carryOut(t, besideBySteps)
}

func besideBySteps(t *rapid.T) int {
	base := randomTree(t)
	head := base.clone()
	for _, f := range head {
		delete(f.nodes, "a")
	}
	var steps []plan.Instruction
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		if ch.Kind == plan.Delete && ch.Node == "flux-system/a" && len(ch.Steps) > 0 && strings.HasPrefix(ch.Steps[0].Do, "Nothing moves") {
			if steps = ch.Steps; !strings.Contains(ch.Effect, " already, and stay") {
				t.Fatalf("not said to be there already: %+v", ch)
			}
		}
	}
	if steps == nil {
		return 0
	}
	f := start(base, anyOrder(t))
	before, rested := f.ownedBy("flux-system/a"), base.rest("a")
	f.converge(rested)
	if x := f.objects[kustomization("flux-system/a")]; x == nil || !x.spec.Suspend {
		return 0 // the second step waits in vain
	}
	f.commit(t, head)
	f.converge(head)
	for at, was := range before {
		if f.objects[at] != was {
			t.Fatalf("%s is not the same object any more", at)
		}
	}
	for at := range f.ownedBy("flux-system/a") {
		if f.objects[at].kept { // its annotation keeps it without steps as well
			continue
		}
		if last := steps[len(steps)-1].Do; !strings.Contains(last, at.String()) && !strings.Contains(last, "labels of the old one") {
			t.Fatalf("%s has no owner any more, and %q does not say so", at, last)
		}
	}
	if slices.ContainsFunc(steps, func(s plan.Instruction) bool { return strings.Contains(s.Do, "annotation") }) {
		t.Fatalf("nothing moves: %+v", steps)
	}
	return 1
}
