package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestGatesOfDeleted holds that nothing counts as waiting for a node that is deleted where
// the same change takes that dependency off.
func TestGatesOfDeleted(t *testing.T) {
	side := func(there bool, depends ...bool) plan.Side {
		db := dag.Declare(dag.Node{Name: "db", Path: "./db", Prune: new(true)})
		var nodes []dag.Ref
		if there {
			nodes = append(nodes, db)
		}
		for i, name := range []string{"blog", "shop"} {
			node := dag.Node{Name: name, Path: "./" + name, Prune: new(true)}
			if depends[i] {
				node.DependsOn = []dag.Ref{db}
			}
			ref := dag.Declare(node)
			nodes = append(nodes, ref, dag.Declare(dag.Node{Name: "behind-" + name, Path: "./behind", DependsOn: []dag.Ref{ref}}))
		}
		return plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes})}
	}
	c := compare(t, side(true, true, true), side(false, false, true))
	want := &plan.Gates{Count: 2, Nodes: []string{"flux-system/shop", "flux-system/behind-shop"}}
	if diff := cmp.Diff(want, c.Changes[0].Gates); diff != "" || c.Changes[0].Kind != plan.Delete {
		t.Error(c.Changes[0], diff)
	}
}
