package gen

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/dag"
)

// benchDefaults are TazLab's.
var benchDefaults = dag.Defaults{
	Interval: time.Hour, Timeout: 5 * time.Minute, Prune: new(true),
	Source:         dag.Source{Kind: "GitRepository", Name: "flux-system"},
	SubstituteFrom: []dag.SubstituteReference{{Kind: "ConfigMap", Name: "cluster-vars"}},
}

func benchNode(i int, deps ...dag.Ref) dag.Ref {
	name := fmt.Sprintf("node-%06d", i)
	return dag.Declare(dag.Node{Name: name, Path: "./apps/" + name, DependsOn: deps, Ready: dag.WaitAll()})
}

// deep is a chain: as many levels as nodes.
func deep(n int) []dag.Ref {
	refs := []dag.Ref{benchNode(0)}
	for i := 1; i < n; i++ {
		refs = append(refs, benchNode(i, refs[i-1]))
	}
	return refs
}

// wide has five levels, like TazLab, and three dependencies a node.
func wide(n int) []dag.Ref {
	refs := make([]dag.Ref, n)
	width := n/5 + 1
	for i := range refs {
		var deps []dag.Ref
		if below := i/width*width - width; below >= 0 {
			for k := range 3 {
				deps = append(deps, refs[below+(i*(k+7))%width])
			}
		}
		refs[i] = benchNode(i, deps...)
	}
	return refs
}

// layered has layers of fifty nodes, each with two dependencies in the layer below
// and one far down: what the search for redundant edges finds hardest, because
// nearly everything reaches nearly everything.
func layered(n int) []dag.Ref {
	const width = 50
	refs := make([]dag.Ref, n)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range refs {
		var deps []dag.Ref
		if start := i / width * width; start > 0 {
			a := random.IntN(width)
			b := (a + 1 + random.IntN(width-1)) % width
			deps = append(deps, refs[start-width+a], refs[start-width+b])
			if start > width {
				deps = append(deps, refs[random.IntN(start-width)])
			}
		}
		refs[i] = benchNode(i, deps...)
	}
	return refs
}

// BenchmarkStages times each stage of generate but the writing, and ns/node beside
// it: that figure stays the same over the sizes as long as growth is linear.
func BenchmarkStages(b *testing.B) {
	for _, shape := range []struct {
		name  string
		nodes func(int) []dag.Ref
	}{{"wide", wide}, {"deep", deep}, {"layered", layered}} {
		for _, n := range []int{12, 1_000, 10_000, 100_000} {
			cluster := dag.Cluster{Name: "bench", Defaults: benchDefaults, Nodes: shape.nodes(n)}
			graph := dag.Resolve(cluster)
			stage := func(name string, run func()) {
				b.Run(fmt.Sprintf("%s/%s/%d", name, shape.name, n), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						run()
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/node")
				})
			}
			yaml := func(g *dag.Graph) {
				if _, err := YAML(g); err != nil {
					b.Fatal(err)
				}
			}
			stage("resolve", func() { dag.Resolve(cluster) })
			stage("check", func() { graph.Check() })
			stage("yaml", func() { yaml(graph) })
			stage("all", func() { g := dag.Resolve(cluster); g.Check(); yaml(g) })
		}
	}
}

// BenchmarkRead times the plain reader on files of one Kustomization each.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{12, 1_000, 10_000} {
		files, err := YAML(dag.Resolve(dag.Cluster{Name: "bench", Defaults: benchDefaults, Nodes: wide(n)}))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, found := Read(files); len(found) > 0 {
					b.Fatal(found)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/file")
		})
	}
}
