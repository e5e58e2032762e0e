package view_test

import (
	"fmt"
	"io"
	"testing"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// BenchmarkFormats times each format, on a chain and on nodes in five levels with
// three dependencies each. ns/node stays the same over the sizes as long as growth
// is linear.
func BenchmarkFormats(b *testing.B) {
	for _, shape := range []struct {
		name  string
		below func(i, n int) []int
	}{
		{"deep", func(i, _ int) []int { return []int{i - 1} }},
		{"wide", func(i, n int) []int {
			width := n/5 + 1
			base := i/width*width - width
			return []int{base + i*7%width, base + i*8%width, base + i*9%width}
		}},
	} {
		for _, n := range []int{1_000, 10_000, 100_000} {
			refs := make([]dag.Ref, n)
			for i := range refs {
				name := fmt.Sprintf("node-%06d", i)
				node := dag.Node{Name: name, Path: "./apps/" + name, Ready: dag.WaitAll()}
				for _, k := range shape.below(i, n) {
					if k >= 0 {
						node.DependsOn = append(node.DependsOn, refs[k])
					}
				}
				refs[i] = dag.Declare(node)
			}
			clusters := []view.Cluster{{Name: "bench", Graph: dag.Resolve(dag.Cluster{Name: "bench", Nodes: refs})}}
			for _, format := range view.Formats() {
				b.Run(fmt.Sprintf("%s/%s/%d", format.Name, shape.name, n), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if err := format.Write(io.Discard, clusters); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/node")
				})
			}
		}
	}
}

// BenchmarkTazLab times the pictures that generate writes.
func BenchmarkTazLab(b *testing.B) {
	g := dag.Resolve(tazlabk8s.Cluster)
	for _, format := range view.Formats() {
		b.Run(format.Name, func(b *testing.B) {
			for b.Loop() {
				if err := format.Write(io.Discard, []view.Cluster{{Name: g.Name(), Root: g.Dir(), Graph: g}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
