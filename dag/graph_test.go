package dag

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// equal fails the test where the two differ; an absent slice is an empty one.
func equal(t interface{ Fatalf(string, ...any) }, what string, got, want any) {
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// TestAlgorithmsAgreeWithOracle holds every algorithm against the naive closure,
// on graphs with and without cycles.
func TestAlgorithmsAgreeWithOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := Resolve(randomCluster(t, rapid.Bool().Draw(t, "cyclic")))
		reach := closure(g)
		for v := range g.Vertices() {
			equal(t, "ancestors of "+v.Key(), keysOf(g.Ancestors(v)), reached(reach, g, v, true))
			equal(t, "descendants of "+v.Key(), keysOf(g.Descendants(v)), reached(reach, g, v, false))
		}
		checkLevels(t, g, reach)
		checkCyclesAgainst(t, g, reach)
		for _, e := range g.Redundant() {
			if !reach[[2]string{e[2].Key(), e[1].Key()}] {
				t.Fatalf("%s does not wait for %s", e[2].Key(), e[1].Key())
			}
		}
		if len(g.Cycles()) == 0 {
			equal(t, "redundant edges", pairs(g.Redundant()), naiveRedundant(g, reach))
		}
	})
}

// checkLevels holds levels and order: a node is one above the highest of what
// it depends on, outside its own cycle.
func checkLevels(t *rapid.T, g *Graph, reach map[[2]string]bool) {
	position := map[*Vertex]int{}
	for v := range g.Vertices() {
		position[v] = len(position)
	}
	for v := range g.Vertices() {
		want := 0
		for _, u := range g.Ancestors(v) {
			if reach[[2]string{u.Key(), v.Key()}] {
				equal(t, "level within a cycle", u.Level(), v.Level())
				continue
			}
			want = max(want, u.Level()+1)
			if position[u] > position[v] {
				t.Fatalf("%s comes before %s, which it depends on", v.Key(), u.Key())
			}
		}
		equal(t, "level of "+v.Key(), v.Level(), want)
		if !slices.Contains(g.Levels()[v.Level()], v) {
			t.Fatalf("%s is not in its level", v.Key())
		}
	}
	critical := g.CriticalPath()
	for i := 1; i < len(critical); i++ {
		if !slices.Contains(g.Ancestors(critical[i]), critical[i-1]) {
			t.Fatalf("critical path %v is no path", keysOf(critical))
		}
	}
	equal(t, "length of the critical path", len(critical), len(g.Levels()))
}

// checkCyclesAgainst holds that there is one cycle for each class of nodes that reach
// each other, and that it is a path which begins at the earliest declared one.
func checkCyclesAgainst(t *rapid.T, g *Graph, reach map[[2]string]bool) {
	classes := 0
	seen := map[string]bool{}
	for v := range g.Vertices() {
		size := 0
		for u := range g.Vertices() {
			if u != v && reach[[2]string{v.Key(), u.Key()}] && reach[[2]string{u.Key(), v.Key()}] {
				seen[u.Key()], size = true, size+1
			}
		}
		if size > 0 && !seen[v.Key()+" counted"] {
			classes++
			for u := range g.Vertices() {
				if reach[[2]string{v.Key(), u.Key()}] && reach[[2]string{u.Key(), v.Key()}] {
					seen[u.Key()+" counted"] = true
				}
			}
		}
	}
	equal(t, "number of cycles", len(g.Cycles()), classes)
	for _, cycle := range g.Cycles() {
		for i, v := range cycle {
			if !slices.Contains(g.Dependencies(v), cycle[(i+1)%len(cycle)]) {
				t.Fatalf("cycle %v is no path", keysOf(cycle))
			}
		}
		for _, u := range g.Ancestors(cycle[0]) {
			if reach[[2]string{u.Key(), cycle[0].Key()}] && compareDeclared(u, cycle[0]) < 0 {
				t.Fatalf("cycle %v does not start at %s, which was declared first", keysOf(cycle), u.Key())
			}
		}
	}
}

// naiveRedundant lists the edges that another dependency of the same node
// implies, in the order of Redundant.
func naiveRedundant(g *Graph, reach map[[2]string]bool) [][2]string {
	var found [][2]string
	for v := range g.Vertices() {
		deps := g.Dependencies(v)
		for _, u := range deps {
			if slices.ContainsFunc(deps, func(w *Vertex) bool { return reach[[2]string{w.Key(), u.Key()}] }) {
				found = append(found, [2]string{v.Key(), u.Key()})
			}
		}
	}
	return found
}

func pairs(edges [][3]*Vertex) [][2]string {
	var found [][2]string
	for _, e := range edges {
		found = append(found, [2]string{e[0].Key(), e[1].Key()})
	}
	return found
}

// TestReductionKeepsReachability holds that what Redundant leaves reaches as much
// as before, and that nothing more can be left out.
func TestReductionKeepsReachability(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := Resolve(randomCluster(t, false))
		drop := map[[2]string]bool{}
		for _, e := range pairs(g.Redundant()) {
			drop[e] = true
		}
		reduced := *g
		reduced.deps = make([][]int32, len(g.deps))
		for _, v := range g.byID {
			for _, to := range g.deps[v.id] {
				if !drop[[2]string{v.Key(), g.byID[to].Key()}] {
					reduced.deps[v.id] = append(reduced.deps[v.id], to)
				}
			}
		}
		for v := range g.Vertices() {
			equal(t, "ancestors after reduction", keysOf(reduced.Ancestors(v)), keysOf(g.Ancestors(v)))
		}
	})
}

// TestOrderOfDeclarationDoesNotMatter is law 4 for the graph and its findings.
func TestOrderOfDeclarationDoesNotMatter(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T) Cluster{
		"names": func(t *rapid.T) Cluster { return randomCluster(t, true) }, "wild": wildCluster,
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := draw(t)
				g, h := Resolve(c), Resolve(shuffled(t, c))
				equal(t, "objects", objects(h), objects(g))
				equal(t, "findings", h.Check(), g.Check())
				equal(t, "redundant edges", pairs(h.Redundant()), pairs(g.Redundant()))
				equal(t, "critical path", keysOf(h.CriticalPath()), keysOf(g.CriticalPath()))
				for i := range g.Cycles() {
					equal(t, "cycle", keysOf(h.Cycles()[i]), keysOf(g.Cycles()[i]))
				}
			})
		})
	}
}

// objects says all of every vertex, in order.
func objects(g *Graph) []string {
	var all []string
	for v := range g.Vertices() {
		all = append(all, fmt.Sprintf("%s %s %d %d %+v %v", v.Position(), v.File(), v.Level(), v.declaredLevel, v.Object().Spec, v.Allow()))
	}
	return all
}

// TestDeepChain holds that depth alone breaks nothing: a chain whose every node also
// names the first one is the worst case of the reduction.
func TestDeepChain(t *testing.T) {
	const n = 100_000
	refs := make([]Ref, n)
	for i := range refs {
		node := Node{Name: fmt.Sprintf("n%06d", i)}
		if i > 0 {
			node.DependsOn = []Ref{refs[i-1], refs[0]}
		}
		refs[i] = Declare(node)
	}
	g := Resolve(Cluster{Name: "deep", Nodes: refs})
	equal(t, "levels", len(g.Levels()), n)
	equal(t, "redundant edges", len(g.Redundant()), n-2)
	equal(t, "critical path", len(g.CriticalPath()), n)
	last := g.Levels()[n-1][0]
	equal(t, "ancestors of the last", len(g.Ancestors(last)), n-1)
}
