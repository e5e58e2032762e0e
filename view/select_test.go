package view_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
	"pgregory.net/rapid"
)

// keysShown returns the nodes and the resolved edges that the JSON of a selection has.
func keysShown(t *rapid.T, c view.Cluster, s view.Selection) (nodes []string, edges map[string][]string) {
	selected, err := view.Select([]view.Cluster{c}, s)
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(toJSON(t, selected...), &d); err != nil {
		t.Fatal(err)
	}
	edges = map[string][]string{}
	for _, n := range d.Clusters[0].Nodes {
		nodes = append(nodes, n.Key)
	}
	for _, e := range d.Clusters[0].Edges {
		if e.Resolved && e.From != e.To {
			edges[e.From] = append(edges[e.From], e.To)
		}
	}
	slices.Sort(nodes)
	return nodes, edges
}

func keys(vertices ...*dag.Vertex) []string {
	var keys []string
	for _, v := range vertices {
		keys = append(keys, v.Key())
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// TestSelect holds what is selected against the graph's own algorithms.
func TestSelect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, goodName)
		g := c.Graph
		v := rapid.SampledFrom(slices.Collect(g.Vertices())).Draw(t, "node")
		from, _ := keysShown(t, c, view.Selection{From: []string{v.Key()}})
		if want := keys(append(g.Ancestors(v), v)...); !slices.Equal(from, want) {
			t.Fatalf("--from %s shows %v, want %v", v.Key(), from, want)
		}
		to, _ := keysShown(t, c, view.Selection{To: []string{v.Key()}})
		if want := keys(append(g.Descendants(v), v)...); !slices.Equal(to, want) {
			t.Fatalf("--to %s shows %v, want %v", v.Key(), to, want)
		}
		near, _ := keysShown(t, c, view.Selection{Around: []string{v.Key()}, Depth: 1})
		if want := keys(append(append(g.Dependencies(v), g.Dependents(v)...), v)...); !slices.Equal(near, want) {
			t.Fatalf("--around %s shows %v, want %v", v.Key(), near, want)
		}
		all, _ := keysShown(t, c, view.Selection{Around: []string{v.Key()}, Depth: g.Len()})
		if want := keys(append(append(g.Ancestors(v), g.Descendants(v)...), v)...); !slices.Equal(all, want) {
			t.Fatalf("--around %s shows %v, want %v", v.Key(), all, want)
		}
	})
}

// TestSelectEmpty holds that a selection is refused where, and only where, no path leads from
// the one to the other, and that the error knows of one that leads back.
func TestSelectEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, goodName)
		vertices := slices.Collect(c.Graph.Vertices())
		u, v := rapid.SampledFrom(vertices).Draw(t, "from"), rapid.SampledFrom(vertices).Draw(t, "to")
		_, err := view.Select([]view.Cluster{c}, view.Selection{From: []string{u.Key()}, To: []string{v.Key()}})
		waits := u == v || slices.Contains(c.Graph.Ancestors(u), v)
		back := slices.Contains(c.Graph.Ancestors(v), u)
		empty, is := errors.AsType[*view.EmptySelectionError](err)
		if is == waits || !is && err != nil || is && empty.Reversed != back {
			t.Fatalf("from %s to %s: %v; there is a path: %t, and one back: %t", u.Key(), v.Key(), err, waits, back)
		}
	})
}

// TestReduceKeepsOrder holds that --reduce leaves out edges, but that what waited for
// something among the nodes shown still does.
func TestReduceKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, goodName)
		s := view.Selection{}
		if rapid.Bool().Draw(t, "around") {
			v := rapid.SampledFrom(slices.Collect(c.Graph.Vertices())).Draw(t, "node")
			s = view.Selection{Around: []string{v.Key()}, Depth: rapid.IntRange(0, 3).Draw(t, "depth")}
		}
		nodes, whole := keysShown(t, c, s)
		s.Reduce = true
		same, reduced := keysShown(t, c, s)
		if !slices.Equal(nodes, same) {
			t.Fatalf("--reduce shows the nodes %v instead of %v", same, nodes)
		}
		for from, tos := range whole {
			for _, to := range tos {
				if !leads(reduced, from, to) {
					t.Fatalf("%s no longer waits for %s: %v", from, to, reduced)
				}
			}
		}
	})
}

func leads(edges map[string][]string, from, to string) bool {
	seen := map[string]bool{}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range edges[queue[0]] {
			if next == to {
				return true
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// TestSelectNames holds what happens to a name that no node has, or several.
func TestSelectNames(t *testing.T) {
	node := func(namespace, name string) dag.Ref { return dag.Declare(dag.Node{Name: name, Namespace: namespace}) }
	one := view.Cluster{Name: "one", Graph: dag.Resolve(dag.Cluster{Name: "one", Nodes: []dag.Ref{node("a", "x"), node("b", "x"), node("a", "y")}})}
	two := view.Cluster{Name: "two", Graph: dag.Resolve(dag.Cluster{Name: "two", Nodes: []dag.Ref{node("a", "z")}})}
	both := []view.Cluster{one, two}
	_, err := view.Select(both, view.Selection{To: []string{"w"}})
	if unknown, ok := errors.AsType[*view.UnknownNodeError](err); !ok || !slices.Equal(unknown.Known, []string{"x", "y", "z"}) {
		t.Errorf("w: %v", err)
	}
	_, err = view.Select(both, view.Selection{From: []string{"x"}})
	if several, ok := errors.AsType[*view.AmbiguousNodeError](err); !ok || !slices.Equal(several.Keys, []string{"a/x", "b/x"}) {
		t.Errorf("x: %v", err)
	}
	if selected, err := view.Select(both, view.Selection{From: []string{"a/x", "y"}}); err != nil || len(selected) != 1 || selected[0].Name != "one" {
		t.Errorf("a/x and y: %v, %v", selected, err)
	}
	_, err = view.Select(both, view.Selection{From: []string{"y"}, To: []string{"z"}})
	if empty, ok := errors.AsType[*view.EmptySelectionError](err); !ok || empty.Reversed {
		t.Errorf("from y to z, which are in two clusters: %v", err)
	}
	if selected, err := view.Select(both, view.Selection{From: []string{"a/x", "z"}, To: []string{"z"}}); err != nil || len(selected) != 1 || selected[0].Name != "two" {
		t.Errorf("nothing of one cluster: %v, %v", selected, err)
	}
	if selected, err := view.Select(both, view.Selection{}); err != nil || len(selected) != 2 {
		t.Errorf("everything: %v, %v", selected, err)
	}
}
