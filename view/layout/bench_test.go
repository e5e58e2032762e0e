package layout_test

import (
	"fmt"
	"testing"

	"github.com/tazlab/fluxdag/view/layout"
)

// sample is a graph of n nodes in lanes, each with three edges from lanes before it.
func sample(n, lanes int) layout.Graph {
	g := layout.Graph{Lanes: make([]int, lanes)}
	width := (n + lanes - 1) / lanes
	for i := range n {
		g.Nodes = append(g.Nodes, layout.Node{Lane: i / width, Width: 240, Height: 44})
		if i < width {
			continue
		}
		base := i/width*width - width
		for k := range 3 {
			from := base + (i*7+k*k*5)%width
			if k == 2 {
				from = (i * 13) % (base + width)
			}
			g.Edges = append(g.Edges, layout.Edge{From: from, To: i})
		}
	}
	return g
}

func BenchmarkCompute(b *testing.B) {
	for _, s := range []struct{ n, lanes int }{{12, 5}, {150, 8}, {1000, 8}, {1000, 40}, {2000, 12}} {
		b.Run(fmt.Sprintf("%d-nodes/%d-lanes", s.n, s.lanes), func(b *testing.B) {
			g := sample(s.n, s.lanes)
			for b.Loop() {
				b.ReportMetric(float64(layout.Compute(g, distances).Crossings), "crossings")
			}
		})
	}
}
