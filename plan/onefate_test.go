package plan_test

import (
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestOneFate holds that a plan does not contradict itself: what is deleted is not stuck, added
// or left as well, and of its content nothing is told.
func TestOneFate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := randomTree(t)
		c := compare(t, base.side(), base.commit(t).side())
		told := map[string][]plan.Kind{}
		for _, ch := range c.Changes {
			told[ch.Node] = append(told[ch.Node], ch.Kind)
		}
		for node, kinds := range told {
			for _, other := range []plan.Kind{plan.Stuck, plan.Add, plan.Content, plan.Leave} {
				if slices.Contains(kinds, plan.Delete) && slices.Contains(kinds, other) {
					t.Fatalf("%s: %v\n%+v", node, kinds, c.Changes)
				}
			}
		}
	})
}
