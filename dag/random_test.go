package dag

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"
)

// randomCluster draws a cluster of some nodes whose edges lead from later to
// earlier ones, so that it has no cycle, unless cyclic allows any edge.
func randomCluster(t *rapid.T, cyclic bool) Cluster {
	n := rapid.IntRange(1, 24).Draw(t, "nodes")
	names := rapid.Permutation(numbered(n)).Draw(t, "names")
	refs := make([]Ref, n)
	for i, name := range names {
		node := Node{Name: name, Path: "./" + name}
		if rapid.Bool().Draw(t, "other namespace") {
			node.Namespace = "other"
		}
		for range rapid.IntRange(0, 4).Draw(t, "edges") {
			to := rapid.IntRange(0, n-1).Draw(t, "to")
			switch {
			case to < i && rapid.Bool().Draw(t, "by Ref"):
				node.DependsOn = append(node.DependsOn, refs[to])
			case to < i || cyclic && to != i:
				// A name may lead to a node that is only declared later.
				node.DependsOn = append(node.DependsOn, External(names[to]), External("other/"+names[to]))
			}
		}
		refs[i] = Declare(node).At(Position{File: "dag.go", Line: i + 1})
	}
	return Cluster{Name: "random", Nodes: refs, Defaults: Defaults{
		Interval: time.Hour, Prune: new(true), Source: Source{Kind: "GitRepository", Name: "flux-system"},
	}}
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("n%02d", i)
	}
	return names
}

// closure is the oracle: whether a path of at least one edge leads from one key
// to another, by Warshall's algorithm over what the objects say.
func closure(g *Graph) map[[2]string]bool {
	reach := map[[2]string]bool{}
	keys := keysOf(g.vertices)
	for v := range g.Vertices() {
		for _, dep := range v.Object().Spec.DependsOn {
			namespace := dep.Namespace
			if namespace == "" {
				namespace = v.Object().Namespace
			}
			if g.Vertex(namespace, dep.Name) != nil {
				reach[[2]string{v.Key(), namespace + "/" + dep.Name}] = true
			}
		}
	}
	for _, k := range keys {
		for _, i := range keys {
			for _, j := range keys {
				if reach[[2]string{i, k}] && reach[[2]string{k, j}] {
					reach[[2]string{i, j}] = true
				}
			}
		}
	}
	return reach
}

func keysOf(vertices []*Vertex) []string {
	keys := make([]string, len(vertices))
	for i, v := range vertices {
		keys[i] = v.Key()
	}
	return keys
}

// reached returns the keys that the oracle says v reaches, sorted.
func reached(reach map[[2]string]bool, g *Graph, v *Vertex, forward bool) []string {
	var keys []string
	for u := range g.Vertices() {
		pair := [2]string{v.Key(), u.Key()}
		if !forward {
			pair = [2]string{u.Key(), v.Key()}
		}
		if reach[pair] {
			keys = append(keys, u.Key())
		}
	}
	return keys // in the graph's order, as Ancestors and Descendants are
}

// wildCluster draws a cluster with all that a loop may do wrong: names and positions
// that repeat, with contents that differ or not, nodes that are listed twice or not
// at all, levels or none, externals that have the name of a node, and policies.
func wildCluster(t *rapid.T) Cluster {
	n := rapid.IntRange(1, 16).Draw(t, "nodes")
	some := func(what string) string { return fmt.Sprintf("n%d", rapid.IntRange(0, n/2).Draw(t, what)) }
	line := func(what string) Position { return Position{File: "dag.go", Line: rapid.IntRange(1, 3).Draw(t, what)} }
	var refs, listed []Ref
	for i := range n {
		node := Node{Name: some("name"), Path: rapid.SampledFrom([]string{"./a", "./b", "/c", ""}).Draw(t, "path")}
		if rapid.Bool().Draw(t, "allows") {
			node.Allow = Allow(rapid.SampledFrom([]string{"FD111", "FD213"}).Draw(t, "code"), "why")
		}
		for range rapid.IntRange(0, 3).Draw(t, "edges") {
			if to := rapid.IntRange(0, n-1).Draw(t, "to"); to < i {
				node.DependsOn = append(node.DependsOn, refs[to])
			} else {
				node.DependsOn = append(node.DependsOn, External(some("external")).At(line("of the external")))
			}
		}
		refs = append(refs, Declare(node).At(line("line")))
		for range rapid.SampledFrom([]int{0, 1, 1, 1, 1, 2}).Draw(t, "times") {
			listed = append(listed, refs[i])
		}
	}
	c := Cluster{Name: "wild", Nodes: listed, Defaults: complete}
	if rapid.Bool().Draw(t, "levels") {
		c.Nodes, c.Levels = nil, make([]Level, 3)
		for _, ref := range listed {
			i := rapid.IntRange(0, 2).Draw(t, "level")
			c.Levels[i].Nodes = append(c.Levels[i].Nodes, ref)
		}
	}
	for _, list := range []*[]Ref{&c.Externals, &c.Unbuilt} {
		for range rapid.IntRange(0, 3).Draw(t, "externals") {
			*list = append(*list, External(some("outside")).At(line("outside line")))
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "policies") {
		c.Policies = append(c.Policies, Rule{Code: fmt.Sprintf("FD40%d", i/2), Severity: Warning, Check: func(g *Graph) []Diagnostic {
			var found []Diagnostic
			for v := range g.Vertices() {
				found = append(found, v.Report("", "", "level %d, %d dependents", v.Level(), len(g.Dependents(v))))
			}
			return found
		}})
	}
	return c
}

// shuffled returns the same cluster with all its lists in another order, but for
// the levels, whose order is a claim.
func shuffled(t *rapid.T, c Cluster) Cluster {
	permute := func(refs []Ref) []Ref { return rapid.Permutation(slices.Clone(refs)).Draw(t, "order") }
	c.Nodes, c.Externals, c.Unbuilt = permute(c.Nodes), permute(c.Externals), permute(c.Unbuilt)
	c.Levels = slices.Clone(c.Levels)
	for i := range c.Levels {
		c.Levels[i].Nodes = permute(c.Levels[i].Nodes)
	}
	c.Policies = rapid.Permutation(slices.Clone(c.Policies)).Draw(t, "policies")
	return c
}
