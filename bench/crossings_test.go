package bench

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/view/layout"
)

// mostCrossings is how many times the crossings of Graphviz's dot a picture of ours may
// have.
const mostCrossings = 1.2

// TestCrossings holds the crossings in our pictures against those that dot draws of the
// same graphs: on the lanes that Flux's levels are, and where dot may choose its own
// ranks, which makes long edges shorter. Both are counted in the finished drawings, as
// points in which two edges cut each other.
func TestCrossings(t *testing.T) {
	ours, lanes, free := 0, 0, 0
	for _, c := range samples() {
		l := layout.Compute(c.graph, layout.Options{NodeGap: 16, EdgeGap: 12, RankGap: 56, Padding: 16})
		var lines [][]point
		for i, points := range l.Edges {
			if c.graph.Edges[i].From != c.graph.Edges[i].To {
				lines = append(lines, curve(points))
			}
		}
		own, onLanes, onRanks := cuts(lines), cuts(dot(t, c.graph, true)), cuts(dot(t, c.graph, false))
		t.Logf("%-28s %4d nodes %4d edges: ours %5d (%d visible), dot on our lanes %5d, dot on its own ranks %5d",
			c.name, len(c.graph.Nodes), len(c.graph.Edges), own, l.Crossings, onLanes, onRanks)
		ours, lanes, free = ours+own, lanes+onLanes, free+onRanks
		if float64(own) > mostCrossings*float64(onLanes) {
			t.Errorf("%s: %d crossings, and dot has %d on the same lanes", c.name, own, onLanes)
		}
	}
	t.Logf("all: ours %d; %.2f times dot on our lanes, %.2f times dot on its own ranks", ours, float64(ours)/float64(lanes), float64(ours)/float64(free))
	if float64(ours) > mostCrossings*float64(lanes) {
		t.Errorf("%d crossings, and dot has %d", ours, lanes)
	}
}

type sample struct {
	name  string
	graph layout.Graph
}

// samples are TazLab, graphs that look like fleets (a few operators, configurations, and
// applications that each wait for one or two of them), and random ones.
func samples() []sample {
	tazlab := laned(12, [][2]int{{0, 3}, {2, 3}, {2, 4}, {3, 5}, {5, 6}, {5, 7}, {5, 8}, {5, 9}, {5, 10}, {1, 10}, {10, 11}})
	all := []sample{{"tazlab-k8s", tazlab}}
	r := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{12, 30, 60, 150} {
		for i := range 3 {
			var fleet, random [][2]int
			core := n/10 + 2
			for v := 1; v < n; v++ {
				for range 1 + r.IntN(2) {
					if v >= core {
						fleet = append(fleet, [2]int{r.IntN(min(v, core+v/4)), v})
					} else {
						fleet = append(fleet, [2]int{r.IntN(v), v})
					}
					random = append(random, [2]int{r.IntN(v), v})
				}
			}
			all = append(all, sample{fmt.Sprintf("fleet-%d-%d", n, i), laned(n, fleet)}, sample{fmt.Sprintf("random-%d-%d", n, i), laned(n, random)})
		}
	}
	return all
}

// laned makes a graph whose lanes are the longest paths.
func laned(n int, edges [][2]int) layout.Graph {
	g := layout.Graph{Nodes: make([]layout.Node, n)}
	level := make([]int, n)
	seen := map[[2]int]bool{}
	for _, e := range edges { // sorted by their ends, so that levels are known
		if !seen[e] {
			level[e[1]] = max(level[e[1]], level[e[0]]+1)
			g.Edges = append(g.Edges, layout.Edge{From: e[0], To: e[1]})
		}
		seen[e] = true
	}
	for v := range n {
		g.Nodes[v] = layout.Node{Lane: level[v], Width: 240, Height: 44}
		for len(g.Lanes) <= level[v] {
			g.Lanes = append(g.Lanes, 0)
		}
	}
	return g
}

// dot returns the edges as Graphviz draws them.
func dot(t *testing.T, g layout.Graph, lanes bool) [][]point {
	t.Helper()
	var b strings.Builder
	b.WriteString("digraph { rankdir=LR; node [shape=box, fixedsize=true, width=3.3, height=0.6]; nodesep=0.22; ranksep=0.8;\n")
	if lanes {
		for lane := range g.Lanes {
			b.WriteString("{ rank=same;")
			for v, n := range g.Nodes {
				if n.Lane == lane {
					fmt.Fprintf(&b, " n%d;", v)
				}
			}
			b.WriteString(" }\n")
		}
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "n%d -> n%d;\n", e.From, e.To)
	}
	b.WriteString("}\n")
	var lines [][]point
	for line := range strings.Lines(render(t, b.String(), "plain")) {
		if f := strings.Fields(line); f[0] == "edge" {
			lines = append(lines, spline(t, f[3:]))
		}
	}
	if len(lines) != len(g.Edges) {
		t.Fatalf("dot draws %d edges, not %d", len(lines), len(g.Edges))
	}
	return lines
}

// spline reads "n x1 y1 … xn yn", the control points of cubic curves.
func spline(t *testing.T, fields []string) []point {
	t.Helper()
	n, err := strconv.Atoi(fields[0])
	if err != nil {
		t.Fatal(err)
	}
	points := make([]point, n)
	for i := range points {
		x, err1 := strconv.ParseFloat(fields[1+2*i], 64)
		y, err2 := strconv.ParseFloat(fields[2+2*i], 64)
		if err1 != nil || err2 != nil {
			t.Fatal(fields)
		}
		points[i] = point{72 * x, 72 * y}
	}
	line := points[:1:1]
	for i := 0; i+3 < n; i += 3 {
		line = append(line, bezier(points[i], points[i+1], points[i+2], points[i+3])...)
	}
	return line
}
