package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/plan"
)

// TestStuck holds which changes are told of a node that stands still.
func TestStuck(t *testing.T) {
	for _, c := range []struct {
		name       string
		base, head plan.Side
		node       string
		want       []plan.Kind
	}{
		{
			name: "what is deleted is not stuck as well",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "apps/1")}.side(),
			head: tree{"c": rooted(map[string]manifest{"a": at("p"), "apps/y": at("q")}), "p": holding(nil), "q": holding(nil, "apps/1")}.side(),
			node: "apps/y", want: []plan.Kind{plan.Delete},
		},
		{
			name: "in the place of its Namespace nothing is applied",
			base: tree{"c": rooted(map[string]manifest{"a": at("p"), "y": at("q")}), "p": holding(nil, "Namespace apps"), "q": holding(nil, "apps/1")}.side(),
			head: tree{"c": rooted(map[string]manifest{"a": at("p"), "y": at("q")}), "p": holding(nil), "q": holding(nil, "apps/1")}.side(),
			node: "flux-system/y", want: []plan.Kind{plan.Stuck},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, kindsOf(compare(t, c.base, c.head), c.node)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// kindsOf are the kinds of the changes of a node.
func kindsOf(c plan.ClusterPlan, node string) []plan.Kind {
	var kinds []plan.Kind
	for _, ch := range c.Changes {
		if ch.Node == node {
			kinds = append(kinds, ch.Kind)
		}
	}
	return slices.Compact(kinds)
}
