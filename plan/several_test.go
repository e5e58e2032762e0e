package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestInSeveral holds that each of two clusters that share a file names the other one where
// it prints steps, and that one with a file of its own does not.
func TestInSeveral(t *testing.T) {
	side := func(cluster, name, file string) plan.Side {
		node := dag.DeclareAt(dag.Node{Name: name, Path: "./apps/db", Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}},
			func(string) dag.Position { return dag.Position{File: file, Line: 1} })
		return plan.Side{Name: cluster, Root: "clusters/" + cluster, Graph: dag.Resolve(dag.Cluster{Name: cluster, Nodes: []dag.Ref{node}}),
			Objects: map[string][]plan.Object{"flux-system/" + name: {{Kind: "ConfigMap", Namespace: "db", Name: "a"}}}}
	}
	var base, head []plan.Side
	for cluster, file := range map[string]string{"prod": "shared/db.yaml", "staging": "shared/db.yaml", "test": "clusters/test/db.yaml"} {
		base, head = append(base, side(cluster, "db", file)), append(head, side(cluster, "data", file))
	}
	want := map[string]string{"prod": "is part of staging: before", "staging": "is part of prod: before", "test": ""}
	for _, c := range plan.Compare(base, head).Clusters {
		rename := c.Changes[0]
		if rename.Kind != plan.Rename || len(rename.Steps) == 0 {
			t.Fatalf("%s: %+v", c.Name, rename)
		}
		if told := strings.Contains(rename.Effect, "is part of"); told != (want[c.Name] != "") || !strings.Contains(rename.Effect, want[c.Name]) {
			t.Errorf("%s: %s", c.Name, rename.Effect)
		}
	}
}
