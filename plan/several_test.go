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

// TestDeletedToo holds that one file has one recipe: a cluster that patches the node of old, and not the
// new one, is told to go by the steps of the rename that it is in another cluster.
func TestDeletedToo(t *testing.T) {
	side := func(cluster, name, path string, objects ...string) plan.Side {
		node := dag.DeclareAt(dag.Node{Name: name, Path: path, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}},
			func(string) dag.Position { return dag.Position{File: "shared/db.yaml", Line: 1} })
		s := plan.Side{Name: cluster, Root: "clusters/" + cluster, Graph: dag.Resolve(dag.Cluster{Name: cluster, Nodes: []dag.Ref{node}}), Objects: map[string][]plan.Object{}}
		for _, object := range objects {
			s.Objects["flux-system/"+name] = append(s.Objects["flux-system/"+name], plan.Object{Kind: "ConfigMap", Namespace: "db", Name: object})
		}
		return s
	}
	base := []plan.Side{side("prod", "db", "./db", "a"), side("patched", "db", "./patched", "a", "b", "c")}
	head := []plan.Side{side("prod", "data", "./db", "a"), side("patched", "data", "./db", "a")}
	want := map[string]struct {
		kind plan.Kind
		said string
	}{
		"prod":    {plan.Rename, "is part of patched: before each commit, wait there too"},
		"patched": {plan.Delete, "is part of prod, where flux-system/data takes its place: go by the steps"},
	}
	for _, c := range plan.Compare(base, head).Clusters {
		change := c.Changes[0]
		if w := want[c.Name]; change.Kind != w.kind || !strings.Contains(change.Effect, w.said) || (len(change.Steps) > 0) != (c.Name == "prod") {
			t.Errorf("%s: %+v", c.Name, change)
		}
	}
}
