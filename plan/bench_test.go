package plan_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
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

// BenchmarkNamespaces compares n tenants, each a Kustomization in a Namespace of its own, of
// which one node applies all Namespaces and head none.
func BenchmarkNamespaces(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		base, head := tenants(n, true), tenants(n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				plan.Compare([]plan.Side{base}, []plan.Side{head})
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/node")
		})
	}
}

func tenants(n int, namespaces bool) plan.Side {
	s := plan.Side{Name: "c", Root: "clusters/c", SyncRoot: "flux-system/sync", Objects: map[string][]plan.Object{}, AppliedBy: map[string][]string{}}
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	c.Nodes = append(c.Nodes, dag.Declare(dag.Node{Name: "sync", Path: "./clusters/c"}), dag.Declare(dag.Node{Name: "namespaces", Path: "./namespaces"}))
	s.AppliedBy["flux-system/sync"], s.AppliedBy["flux-system/namespaces"] = []string{"flux-system/sync"}, []string{"flux-system/sync"}
	for i := range n {
		name := fmt.Sprintf("tenant-%05d", i)
		c.Nodes = append(c.Nodes, dag.Declare(dag.Node{Name: "apps", Namespace: name, Path: "./tenants/" + name}))
		s.AppliedBy[name+"/apps"] = []string{"flux-system/sync"}
		s.Objects[name+"/apps"] = []plan.Object{{Kind: "ConfigMap", Namespace: name, Name: "a"}}
		if namespaces {
			s.Objects["flux-system/namespaces"] = append(s.Objects["flux-system/namespaces"], plan.Object{Kind: "Namespace", Name: name})
		}
	}
	s.Graph = dag.Resolve(c)
	return s
}

// BenchmarkDeclared compares graphs of which nothing is built, as those of a program with
// cmd.Main are: one node in a thousand has another name, and the others are the same.
func BenchmarkDeclared(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		var before, after []dag.Ref
		for i := range n {
			node := dag.Node{Name: fmt.Sprintf("node-%06d", i), Path: fmt.Sprintf("./apps/%d", i), Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}
			for d := 1; d <= 3 && i-97*d >= 0; d++ {
				node.Extra.DependsOn = append(node.Extra.DependsOn, kustomizev1.DependencyReference{Name: fmt.Sprintf("node-%06d", i-97*d)})
			}
			before = append(before, dag.Declare(node))
			if after = append(after, before[i]); i%1000 == 0 {
				node.Name += "-new"
				after[i] = dag.Declare(node)
			}
		}
		side := func(nodes []dag.Ref) []plan.Side {
			return []plan.Side{{Name: "c", Root: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes})}}
		}
		base, head := side(before), side(after)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if err := plan.Text(io.Discard, plan.Compare(base, head)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/node")
		})
	}
}
