package plan_test

import (
	"fmt"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// names are those of both sides, so that most nodes are on both; some give orders to
// whatever shows them.
var names = []string{"a", "b", "c", "d", "e", "f", "</script>", "*x*", "@all", "a|b", "`x`", "\u202eabc", "x\ny", "[a](http://b)", "#1", "<img src=x onerror=alert(1)>"}

// randomSide draws a cluster; where cyclic is set, with circles.
func randomSide(t *rapid.T, cyclic bool) plan.Side {
	picked := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 8, rapid.ID[string]).Draw(t, "names")
	s := plan.Side{Name: "c", Root: "clusters/c", Objects: map[string][]plan.Object{}, AppliedBy: map[string][]string{}}
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	for i, name := range picked {
		n := dag.Node{Name: name, Path: "./" + rapid.SampledFrom(names[:6]).Draw(t, "path")}
		if rapid.IntRange(0, 4).Draw(t, "namespace") == 0 {
			n.Namespace = "other"
		}
		n.Extra = randomSpec(t)
		if rapid.Bool().Draw(t, "prune") {
			n.Prune = new(rapid.Bool().Draw(t, "pruned"))
		}
		for j := range picked {
			if (j < i || cyclic) && rapid.IntRange(0, 3).Draw(t, "edge") == 0 {
				n.DependsOn = append(n.DependsOn, dag.External(picked[j]))
			}
		}
		c.Nodes = append(c.Nodes, dag.Declare(n).At(dag.Position{File: "clusters/c/" + name + ".yaml", Line: 1}))
	}
	s.Graph = dag.Resolve(c)
	for v := range s.Graph.Vertices() {
		if rapid.Bool().Draw(t, "known") {
			for i := range rapid.IntRange(0, 4).Draw(t, "objects") {
				s.Objects[v.Key()] = append(s.Objects[v.Key()], plan.Object{Kind: "ConfigMap", Namespace: "x", Name: fmt.Sprint(v.Object().Spec.Path, i), Digest: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "digest"), Kept: i == 3})
			}
		}
		for u := range s.Graph.Vertices() {
			if rapid.IntRange(0, 5).Draw(t, "applied") == 0 {
				s.AppliedBy[v.Key()] = append(s.AppliedBy[v.Key()], u.Key())
			}
		}
	}
	return s
}

func randomSpec(t *rapid.T) kustomizev1.KustomizationSpec {
	var spec kustomizev1.KustomizationSpec
	spec.Suspend = rapid.IntRange(0, 3).Draw(t, "suspend") == 0
	spec.DeletionPolicy = rapid.SampledFrom([]string{"", "", "Orphan", "Delete", "WaitForTermination", "MirrorPrune"}).Draw(t, "policy")
	spec.NamePrefix = rapid.SampledFrom([]string{"", "", "x-"}).Draw(t, "prefix")
	spec.ServiceAccountName = rapid.SampledFrom([]string{"", "", "deployer"}).Draw(t, "account")
	return spec
}
