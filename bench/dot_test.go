package bench

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-graphviz"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// TestGraphvizReadsOurs holds that Graphviz draws what we write for it, each node with
// its own name, whatever that is.
func TestGraphvizReadsOurs(t *testing.T) {
	names := []string{"plain", `"quoted"`, "<b>bold</b>", "&amp;", `back\slash`, `\N`, "a;b", "{a|b}", "שלום", "日本語", "]", "-> x", "//comment", "#hash", "end\\"}
	var refs []dag.Ref
	for i, name := range names {
		n := dag.Node{Name: name, Path: name}
		if i > 0 {
			n.DependsOn = refs[i-1:]
		}
		refs = append(refs, dag.Declare(n))
	}
	hostile := dag.Resolve(dag.Cluster{Name: `"c" & <d>`, Nodes: refs})
	for _, g := range []*dag.Graph{dag.Resolve(tazlabk8s.Cluster), hostile} {
		var b strings.Builder
		if err := view.Dot(&b, []view.Cluster{{Name: g.Name(), Graph: g}}); err != nil {
			t.Fatal(err)
		}
		drawn := render(t, b.String(), "svg")
		for v := range g.Vertices() {
			name := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(v.Object().Name)
			if !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(drawn, "&#45;", "-"), "&#39;", "'"), ">"+name+"</text>") {
				t.Errorf("%q is not in the picture of %s", v.Object().Name, g.Name())
			}
		}
		edges := 0
		for v := range g.Vertices() {
			edges += len(g.Dependencies(v))
		}
		if got := strings.Count(drawn, `class="edge"`); got != edges {
			t.Errorf("%s: %d edges, not %d", g.Name(), got, edges)
		}
	}
}

// render draws a graph with Graphviz.
func render(t *testing.T, text string, format graphviz.Format) string {
	t.Helper()
	ctx := context.Background()
	engine, err := graphviz.New(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	graph, err := graphviz.ParseBytes([]byte(text))
	if err != nil {
		t.Fatal(fmt.Errorf("%w:\n%s", err, text))
	}
	var out strings.Builder
	if err := engine.Render(ctx, graph, format, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
