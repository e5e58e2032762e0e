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

// shuffled returns the same cluster listed in another order.
func shuffled(t *rapid.T, c Cluster) Cluster {
	c.Nodes = rapid.Permutation(slices.Clone(c.Nodes)).Draw(t, "order")
	return c
}
