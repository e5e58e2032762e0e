package plan_test

import (
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestMovedSource holds that no steps are given to keep the source of a chart that moves, with
// which nothing is lost, and that they are for what else moves, and for the source of a node.
func TestMovedSource(t *testing.T) {
	claim := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "data"}
	source := plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "OCIRepository", Namespace: "flux-system", Name: "chart"}
	for _, c := range []struct {
		name  string
		moves plan.Object
		node  dag.Node
		want  bool
	}{
		{"the source of a chart", source, dag.Node{}, false},
		{"the source of a node", source, dag.Node{Source: dag.Source{Kind: "OCIRepository", Name: "chart", Namespace: "flux-system"}}, true},
		{"a claim", claim, dag.Node{}, true},
	} {
		side := func(old, heir []plan.Object) plan.Side {
			s := applied(map[string]dag.Node{"old": {}, "new": {}, "other": c.node}, nil)
			s.Objects[key("old")], s.Objects[key("new")], s.Objects[key("other")] = old, heir, []plan.Object{}
			return s
		}
		lost := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "lost"}
		p := plan.Compare([]plan.Side{side([]plan.Object{c.moves, lost}, []plan.Object{})}, []plan.Side{side([]plan.Object{}, []plan.Object{c.moves})})
		for _, change := range p.Clusters[0].Changes {
			if change.Kind == plan.Prune && len(change.Steps) > 0 != c.want {
				t.Errorf("%s: %+v", c.name, change)
			}
		}
	}
}
