package plan_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestAttention holds that two nodes that apply the same objects are seen in every form,
// and that a path under which the same lies is no alarm in any.
func TestAttention(t *testing.T) {
	node := func(name, path string) dag.Ref {
		return dag.Declare(dag.Node{Name: name, Path: path, Prune: new(true)})
	}
	objects := []plan.Object{{Kind: "Service", Namespace: "x", Name: "a"}}
	side := func(nodes ...dag.Ref) plan.Side {
		s := plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes}), AppliedBy: map[string][]string{}, Objects: map[string][]plan.Object{}}
		for v := range s.Graph.Vertices() {
			s.Objects[v.Key()] = objects
		}
		s.Build = func(*dag.Vertex) plan.Build { return plan.Build{Objects: objects} }
		return s
	}
	github := func(w io.Writer, p *plan.Plan) error { return plan.GitHub(w, p, "") }
	shop := node("shop", "./shop")
	two := plan.Compare([]plan.Side{side(shop)}, []plan.Side{side(shop, node("shop2", "./shop2"))})
	for what, text := range map[string]string{"\nADD flux-system/shop2\n": written(t, two, plan.Text), "\n- ⚠️ <b>add</b>": written(t, two, plan.Markdown), "title=c%3A add::flux-system/shop2": written(t, two, github)} {
		if !strings.Contains(text, what) {
			t.Errorf("no %q in\n%s", what, text)
		}
	}
	moved := plan.Compare([]plan.Side{side(shop)}, []plan.Side{side(node("shop", "./store"))})
	for what, text := range map[string]string{"\npath flux-system/shop\n": written(t, moved, plan.Text), "\n- <b>path</b> <code>flux-system/shop</code>": written(t, moved, plan.Markdown)} {
		if !strings.Contains(text, what) {
			t.Errorf("no %q in\n%s", what, text)
		}
	}
}

// TestFolded holds that a comment shows a few changes without danger, and folds many.
func TestFolded(t *testing.T) {
	for n, folded := range map[int]bool{1: false, 3: false, 4: true, 40: true} {
		c := plan.ClusterPlan{Name: "c"}
		for i := range n {
			c.Changes = append(c.Changes, plan.Change{Kind: plan.Content, Node: fmt.Sprint("x/", i), Effect: fmt.Sprint("Applies ", i, ".")})
		}
		text := written(t, &plan.Plan{Clusters: []plan.ClusterPlan{c}}, plan.Markdown)
		if strings.Contains(text, "without danger</summary>") != folded || strings.Count(text, "<b>content</b>") != n {
			t.Errorf("%d changes:\n%s", n, text)
		}
	}
}
