package layout_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/tazlab/fluxdag/view/layout"
	"pgregory.net/rapid"
)

var distances = layout.Options{NodeGap: 16, EdgeGap: 12, RankGap: 56, Padding: 16}

// randomGraph draws any graph: with cycles, loops, edges against the lanes and twice the
// same.
func randomGraph(t *rapid.T) layout.Graph {
	lanes := rapid.IntRange(1, 6).Draw(t, "lanes")
	g := layout.Graph{Lanes: make([]int, lanes)}
	for i := range lanes {
		g.Lanes[i] = rapid.IntRange(0, 300).Draw(t, "least width")
	}
	for range rapid.IntRange(1, 20).Draw(t, "nodes") {
		lane := rapid.IntRange(0, lanes-1).Draw(t, "lane")
		g.Nodes = append(g.Nodes, layout.Node{Lane: lane, Width: 100 + 20*lane, Height: 2 * rapid.IntRange(10, 30).Draw(t, "height")})
	}
	for range rapid.IntRange(0, 30).Draw(t, "edges") {
		at := rapid.IntRange(0, len(g.Nodes)-1)
		g.Edges = append(g.Edges, layout.Edge{From: at.Draw(t, "from"), To: at.Draw(t, "to")})
	}
	return g
}

type box struct{ left, top, right, bottom int }

func boxes(g layout.Graph, l layout.Layout) []box {
	var all []box
	for i, n := range g.Nodes {
		p := l.Nodes[i]
		all = append(all, box{p.X, p.Y, p.X + n.Width, p.Y + n.Height})
	}
	return all
}

// TestGeometry holds what a picture promises: boxes do not overlap and lie in their lanes,
// lanes do not overlap, and no edge comes into a box.
func TestGeometry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		l := layout.Compute(g, distances)
		all := boxes(g, l)
		for i, a := range all {
			lane := l.Lanes[g.Nodes[i].Lane]
			if a.left < lane.Left || a.right > lane.Right || a.top < 0 || a.bottom > l.Height {
				t.Fatalf("box %d at %v is outside of its lane %v, or of the height %d", i, a, lane, l.Height)
			}
			for j, b := range all[:i] {
				if a.left < b.right && b.left < a.right && a.top < b.bottom+distances.NodeGap && b.top < a.bottom+distances.NodeGap {
					t.Fatalf("boxes %d at %v and %d at %v are too near", j, b, i, a)
				}
			}
		}
		for i, lane := range l.Lanes {
			if lane.Right-lane.Left < g.Lanes[i] || i > 0 && lane.Left < l.Lanes[i-1].Right {
				t.Fatalf("lanes %v", l.Lanes)
			}
		}
		for i, points := range l.Edges {
			if problem := through(points, all); problem != "" {
				t.Fatalf("edge %d %v: %s", i, points, problem)
			}
		}
	})
}

// through says which box an edge comes into. A bend stays within the rectangle that its
// ends span, and keeps between two ranks.
func through(points []layout.Point, all []box) string {
	for k := 1; k < len(points); k++ {
		p, q := points[k-1], points[k]
		left, right := min(p.X, q.X), max(p.X, q.X)
		top, bottom := min(p.Y, q.Y), max(p.Y, q.Y)
		if k%2 == 0 && p.Y != q.Y {
			return "is not straight across a rank"
		}
		for i, b := range all {
			if left < b.right && b.left < right && top <= b.bottom && b.top <= bottom {
				return fmt.Sprintf("comes into box %d %v", i, b)
			}
		}
	}
	return ""
}

// TestEnds holds that every edge leads from the right side of its one box to the left side
// of the other. One that goes back turns right below its boxes.
func TestEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		l := layout.Compute(g, distances)
		all := boxes(g, l)
		for i, e := range g.Edges {
			from, to := all[e.From], all[e.To]
			first, last := l.Edges[i][0], l.Edges[i][len(l.Edges[i])-1]
			if first.X != from.right || last.X != to.left || first.Y*2 != from.top+from.bottom || last.Y*2 != to.top+to.bottom {
				t.Fatalf("edge %d from %v to %v: %v", i, from, to, l.Edges[i])
			}
			turn := l.Edges[i][1]
			if n := len(l.Edges[i]); n == 2 || l.Edges[i][2].X >= turn.X {
				continue
			} else if other := l.Edges[i][n-2]; other.Y < to.bottom+distances.EdgeGap || turn.Y < from.bottom+distances.EdgeGap {
				t.Fatalf("edge %d turns at the side of its boxes: %v", i, l.Edges[i])
			}
			for j, b := range all {
				if b.left == from.left && b.top > from.bottom && b.top < turn.Y {
					t.Fatalf("edge %d turns below box %d: %v", i, j, l.Edges[i])
				}
			}
		}
	})
}

// TestSame holds that the same graph gives the same picture.
func TestSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		if !reflect.DeepEqual(layout.Compute(g, distances), layout.Compute(g, distances)) {
			t.Fatal("two layouts of one graph differ")
		}
	})
}

// TestFewestCrossings holds the number of crossings against the fewest that there are, on
// graphs of two ranks that are small enough to try every order.
func TestFewestCrossings(t *testing.T) {
	worse, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := layout.Graph{Lanes: make([]int, 2)}
		n := rapid.IntRange(2, 5).Draw(t, "each")
		for i := range 2 * n {
			g.Nodes = append(g.Nodes, layout.Node{Lane: i / n, Width: 10, Height: 10})
		}
		seen := map[layout.Edge]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "edges") {
			e := layout.Edge{From: rapid.IntRange(0, n-1).Draw(t, "from"), To: n + rapid.IntRange(0, n-1).Draw(t, "to")}
			if !seen[e] {
				g.Edges = append(g.Edges, e)
			}
			seen[e] = true
		}
		cases++
		if got, least := layout.Compute(g, distances).Crossings, fewest(g, n); got > least {
			worse++
			if got > least+2 {
				t.Fatalf("%d crossings instead of %d: %v", got, least, g.Edges)
			}
		}
	})
	if worse*20 > cases {
		t.Errorf("%d of %d graphs have more crossings than they need", worse, cases)
	}
}

func fewest(g layout.Graph, n int) int {
	least := -1
	permutations(n, func(left []int) {
		permutations(n, func(right []int) {
			count := 0
			for i, e := range g.Edges {
				for _, f := range g.Edges[:i] {
					if (left[e.From]-left[f.From])*(right[e.To-n]-right[f.To-n]) < 0 {
						count++
					}
				}
			}
			if least < 0 || count < least {
				least = count
			}
		})
	})
	return least
}

func permutations(n int, visit func([]int)) {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	var permute func(int)
	permute = func(k int) {
		if k == n {
			visit(p)
			return
		}
		for i := k; i < n; i++ {
			p[k], p[i] = p[i], p[k]
			permute(k + 1)
			p[k], p[i] = p[i], p[k]
		}
	}
	permute(0)
}
