package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// fleet is what clusters look like: a few definitions and controllers at the bottom,
// configurations and databases of theirs, and teams whose applications wait for them.
func fleet(n int) view.Cluster {
	r := rand.New(rand.NewPCG(3, uint64(n)))
	var refs []dag.Ref
	stages := []struct {
		folder, name string
		share, most  int // in percent of all, and of what each waits for
		ready        dag.Readiness
	}{
		{"infrastructure/crds", "crds", 5, 0, dag.WaitAll()},
		{"infrastructure/controllers", "controller", 12, 2, dag.WaitAll()},
		{"infrastructure/configs", "config", 12, 2, dag.Applied()},
		{"platform/databases", "database", 16, 2, dag.HealthChecks(dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "db", Namespace: "data"})},
		{"apps", "app", 40, 2, dag.Applied()},
		{"apps", "ingress", 15, 1, dag.Applied()},
	}
	first, last := 0, 0 // the nodes of the stage before
	for s, stage := range stages {
		count := max(1, n*stage.share/100)
		if s == len(stages)-1 {
			count = n - len(refs)
		}
		begin := len(refs)
		for i := range count {
			team := fmt.Sprintf("team-%02d", i%max(1, n/40))
			node := dag.Node{Name: fmt.Sprintf("%s-%s-%03d", team, stage.name, i), Path: fmt.Sprintf("./%s/%s/%s-%03d", stage.folder, team, stage.name, i), Ready: stage.ready}
			for k := range stage.most {
				if k > 0 && r.IntN(3) > 0 {
					continue
				}
				from, to := first, last
				if k > 0 && r.IntN(2) == 0 {
					from, to = 0, last // far back
				}
				node.DependsOn = append(node.DependsOn, refs[from+near(r, i, count, to-from)])
			}
			refs = append(refs, dag.Declare(node).At(dag.Position{File: "clusters/fleet/dag.go", Line: 10 + len(refs)}))
		}
		first, last = begin, len(refs)
	}
	return resolve(fmt.Sprintf("fleet-%d", n), refs)
}

// near picks one of n that stands about where i stands among count.
func near(r *rand.Rand, i, count, n int) int {
	at := i*n/count + r.IntN(5) - 2
	return min(max(at, 0), n-1)
}
