package plan_test

import (
	"maps"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// TestRefusalHidesNothing holds that what the API server refuses of a node, and somebody mends by
// hand, hides no deletion: whatever Flux deletes then is told by the plan of that commit, for none
// after it can.
func TestRefusalHidesNothing(t *testing.T) {
	for range 10 {
		rapid.Check(t, refusalHidesNothing)
	}
}

func refusalHidesNothing(t *rapid.T) {
	base := randomTree(t)
	head := base.commit(t)
	refused := rapid.SampledFrom(keys).Draw(t, "refused")
	side := head.side()
	side.Stops = map[string]dag.Diagnostics{refused: {{Code: "FD342", Node: refused, Severity: dag.Error, Message: "it is so"}}}
	for v := range base.side().Graph.Vertices() {
		if v.Object().Spec.Suspend {
			t.Skip("of what was suspended, no plan knows what it has not applied yet")
		}
	}
	c := compare(t, base.side(), side)
	f := start(base, anyOrder(t))
	f.repository = head
	before := maps.Clone(f.objects)
	for range 4 { // till it is mended, the others come first
		for _, key := range keys {
			if key != refused {
				f.reconcile(key, false)
			}
		}
	}
	f.deletesWhatIsTold(t, c, before, func(at thing) bool { return at.Group == "" })
}
