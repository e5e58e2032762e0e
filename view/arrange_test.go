package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// teams is a cluster of so many nodes in the folders of three teams, all behind one.
func teams(name string, n int) view.Cluster {
	refs := []dag.Ref{dag.Declare(dag.Node{Name: "base", Path: "./kubernetes/base"})}
	for i := 1; i < n; i++ {
		refs = append(refs, dag.Declare(dag.Node{Name: fmt.Sprintf("app-%d", i), Path: fmt.Sprintf("./kubernetes/apps/team-%d/app-%d", i%3, i), DependsOn: refs[:1]}))
	}
	return view.Cluster{Name: name, Graph: dag.Resolve(dag.Cluster{Name: name, Nodes: refs})}
}

// TestFoldedTogether holds that all pictures count the nodes of all clusters, and that the
// boxes of a folded one are told apart.
func TestFoldedTogether(t *testing.T) {
	for _, c := range []struct {
		nodes  []int
		folded bool
	}{
		{[]int{250}, false}, {[]int{251}, true}, {[]int{125, 125}, false}, {[]int{126, 125}, true},
	} {
		var clusters []view.Cluster
		for i, n := range c.nodes {
			clusters = append(clusters, teams(fmt.Sprintf("c%d", i), n))
		}
		for _, f := range view.Formats() {
			if f.Name != "svg" && f.Name != "html" {
				continue
			}
			out := written(t, f, clusters...)
			if got := strings.Contains(out, "; folded by level and folder"); got != c.folded {
				t.Errorf("%s of %v nodes: folded is %v", f.Name, c.nodes, got)
			}
			for i := range 3 {
				if n := strings.Count(out, fmt.Sprintf(">team-%d</tspan>", i)); c.folded && n != len(c.nodes) {
					t.Errorf("%s of %v nodes has %d boxes of team-%d", f.Name, c.nodes, n, i)
				}
			}
		}
	}
}
