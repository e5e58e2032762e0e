package plan_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// sized is a cluster of n nodes in layers of a hundred, each with ten objects. Every
// step-th node differs by what vary does to it.
func sized(n, step int, vary func(*dag.Node)) plan.Side {
	s := plan.Side{Name: "c", Root: "clusters/c", Objects: map[string][]plan.Object{}}
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	for i := range n {
		node := dag.Node{Name: fmt.Sprintf("node-%05d", i), Path: fmt.Sprintf("./apps/%d", i)}
		for d := 1; d <= 3 && i-97*d >= 0; d++ {
			node.DependsOn = append(node.DependsOn, c.Nodes[i-97*d])
		}
		if step > 0 && i%step == 0 {
			vary(&node)
		}
		c.Nodes = append(c.Nodes, dag.Declare(node))
		for j := range 10 {
			key := "flux-system/" + node.Name
			s.Objects[key] = append(s.Objects[key], plan.Object{Kind: "ConfigMap", Namespace: "apps", Name: fmt.Sprint(i, "-", j)})
		}
	}
	s.Graph = dag.Resolve(c)
	return s
}

// BenchmarkCompare compares graphs that were read already, and prints the plan.
func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		for _, c := range []struct {
			name string
			step int
			vary func(*dag.Node)
		}{
			{"few", n / 10, func(n *dag.Node) { n.Name += "-new" }},
			{"renamed", 1, func(n *dag.Node) { n.Name += "-new" }},
			{"moved", 1, func(n *dag.Node) { n.Path = "./platform" + n.Path[1:] }},
		} {
			base, head := sized(n, 0, nil), sized(n, c.step, c.vary)
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				for b.Loop() {
					p := plan.Compare([]plan.Side{base}, []plan.Side{head})
					if err := plan.Text(io.Discard, p); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/node")
			})
		}
	}
}
