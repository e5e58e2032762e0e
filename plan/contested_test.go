package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestContested holds when it is told that two nodes apply a Kustomization: whoever comes to it
// beside one that goes on is told, whatever the kind of the change.
func TestContested(t *testing.T) {
	cluster := func(nodes map[string]manifest, p, q map[string]manifest) plan.Side {
		return tree{"c": rooted(nodes), "p": holding(p), "q": holding(q), "r": holding(nil, "own")}.side()
	}
	both, one, k := map[string]manifest{"a": at("p"), "b": at("q")}, map[string]manifest{"a": at("p")}, map[string]manifest{"k": at("r")}
	for name, test := range map[string]struct {
		base, head plan.Side
		kind       plan.Kind // of the change of b that says it
	}{
		"by its files":       {cluster(both, k, nil), cluster(both, k, k), plan.Content},
		"with another spec":  {cluster(both, k, nil), cluster(both, k, map[string]manifest{"k": at("r", unpruning)}), plan.Content},
		"by a new node":      {cluster(one, k, k), cluster(both, k, k), plan.Add},
		"it moves":           {cluster(both, k, nil), cluster(both, nil, k), ""},
		"it was so":          {cluster(both, k, k), cluster(both, k, k), ""},
		"the other one goes": {cluster(both, k, nil), cluster(map[string]manifest{"b": at("q")}, k, k), ""},
	} {
		said := plan.Kind("")
		for _, change := range plan.Compare([]plan.Side{test.base}, []plan.Side{test.head}).Clusters[0].Changes {
			if change.Node == "flux-system/b" && strings.Contains(change.Effect, "is applied by flux-system/a as well, which goes on") {
				said = change.Kind
			}
		}
		if said != test.kind {
			t.Errorf("%s: said by %q", name, said)
		}
	}
}
