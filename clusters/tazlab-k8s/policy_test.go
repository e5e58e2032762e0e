package tazlabk8s

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// with returns TazLab's cluster with further nodes, one in each level.
func with(nodes map[int]dag.Node) dag.Cluster {
	c := Cluster
	c.Levels = slices.Clone(c.Levels)
	dependency := []dag.Ref{operatorsNamespaces, bridge, configs, instances}
	for level, n := range nodes {
		if level > 0 {
			n.DependsOn = dependency[level-1 : level]
		}
		ref := dag.Declare(n).At(dag.Position{File: "clusters/tazlab-k8s/dag.go", Line: 100 + level})
		c.Levels[level].Nodes = append(slices.Clone(c.Levels[level].Nodes), ref)
	}
	return c
}

// TestPolicy holds the owner's policy: levels 0 and 1 may wait, by either means,
// and no other.
func TestPolicy(t *testing.T) {
	waiting := dag.Node{Name: "waiting", Path: "./x", Ready: dag.WaitAll()}
	checking := dag.Node{Name: "checking", Path: "./x", Ready: dag.HealthChecks(
		dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "x", Namespace: "x"})}
	applied := dag.Node{Name: "applied", Path: "./x"}
	for name, nodes := range map[string]map[int]dag.Node{
		"fires": {2: checking, 3: waiting},
		"quiet": {0: checking, 1: waiting, 4: applied},
	} {
		var b strings.Builder
		for _, d := range dag.Resolve(with(nodes)).Check() {
			b.WriteString(d.String() + "\n")
		}
		golden.Check(t, "rules/"+waitsOnlyAtTheBottom.Code+"/"+name+".txt", b.String())
	}
}
