package view_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/rivo/uniseg"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/view"
	"pgregory.net/rapid"
)

// everything is a graph with all that there is to show.
func everything() view.Cluster {
	at := func(line int, n dag.Node) dag.Ref {
		return dag.Declare(n).At(dag.Position{File: "apps/all.yaml", Line: line, Column: 1})
	}
	outside := func(name string) dag.Ref { return dag.External(name) }
	crds := at(1, dag.Node{Name: "crds", Path: "./crds", Ready: dag.WaitAll(), Interval: 90 * time.Second})
	both := kustomizev1.KustomizationSpec{Wait: true, HealthChecks: []dag.HealthCheck{{APIVersion: "v1", Kind: "Service", Name: "db"}}}
	database := at(20, dag.Node{Name: "database", Namespace: "data", Extra: both, DependsOn: []dag.Ref{crds.When(`dep.status.x == "<&>"`), crds}})
	one := at(30, dag.Node{Name: "one", DependsOn: []dag.Ref{outside("two"), database}})
	two := at(40, dag.Node{Name: "two", DependsOn: []dag.Ref{outside("three")}, Prune: new(true)})
	three := at(50, dag.Node{Name: "three", DependsOn: []dag.Ref{one, outside("data/missing")}, Extra: kustomizev1.KustomizationSpec{Suspend: true}})
	self := at(60, dag.Node{Name: "self", DependsOn: []dag.Ref{outside("self")}})
	long := at(70, dag.Node{Name: "a" + strings.Repeat("-long", 16), Ready: dag.HealthChecks(dag.HealthCheck{Kind: "Deployment", Name: "web", Namespace: "apps"})})
	many := at(80, dag.Node{Name: "many", DependsOn: []dag.Ref{crds, long, database, outside("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), outside("tenants/bbbbbbbbbbbbbbbbbbbb")}})
	hostile := at(90, dag.Node{Name: "\x1b[31m<red>\u202e\"שלום\"\n", DependsOn: []dag.Ref{many}})
	return view.Cluster{
		Name: "all", Root: "clusters/all",
		Graph: dag.Resolve(dag.Cluster{Name: "all", Levels: []dag.Level{
			{Name: "Foundation", Nodes: []dag.Ref{crds, long}}, {Name: "Data & 日本語", Nodes: []dag.Ref{database}},
			{Nodes: []dag.Ref{one, two, three, self, many, hostile}}},
			Boundaries: []dag.Boundary{
				{Kind: "variable", What: "${CLUSTER}\x00"},
				{Node: "data/database", Kind: "remote", What: "https://raw.githubusercontent.com/example/database/v1.0.0/deploy/kubernetes.yaml", Position: dag.Position{File: "data/kustomization.yaml", Line: 4}},
				{Node: "flux-system/one", Kind: "source", What: "OCIRepository flux-system/charts", Position: dag.Position{File: "apps/all.yaml", Line: 35}},
			},
		}),
		AppliedBy: map[string]string{"flux-system/crds": "flux-system/flux-system", "flux-system/many": "flux-system/crds",
			"flux-system/two": "flux-system/two"},
		SyncRoot: "flux-system/flux-system",
		Findings: dag.Diagnostics{
			{Code: "FD101", Severity: dag.Error, Node: "flux-system/one", Field: "spec.dependsOn[0]", Message: "waits for itself, and so does everything behind it", Position: dag.Position{File: "apps/all.yaml", Line: 33, Column: 5}},
			{Code: "FD203", Severity: dag.Warning, Node: "data/database", Field: "spec.timeout", Message: "waits <longer> than \x1bit may", Hint: "wait less", Position: dag.Position{File: "apps/all.yaml", Line: 21}},
			{Code: "FD212", Severity: dag.Information, Node: "data/database", Message: "is not shown"},
			{Code: "FD401", Severity: dag.Error, Message: "the cluster as a whole"},
		},
	}
}

// ending maps the formats to those of their files, where these are others.
var ending = map[string]string{"text": "txt", "markdown": "md", "mermaid": "mmd"}

func written(t interface{ Fatal(...any) }, f view.Format, clusters ...view.Cluster) string {
	var b strings.Builder
	if err := f.Write(&b, clusters); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, f := range view.Formats() {
		out := written(t, f, everything())
		if f.Name == "html" { // its style and script are files of their own
			out = regexp.MustCompile(`(?s)(<style>|<script>).*?(</style>|</script>)`).ReplaceAllString(out, "$1…$2")
		}
		golden.Check(t, "view/everything."+cmp.Or(ending[f.Name], f.Name), out)
	}
	golden.Check(t, "view/nothing.txt", toText(t))
	golden.Check(t, "view/empty.txt", toText(t, view.Cluster{Name: "c", Graph: dag.Resolve(dag.Cluster{Name: "c"})}))
}

// document is what a reader of the JSON sees of it.
type document struct {
	Clusters []struct {
		Nodes []struct {
			Key   string
			Level int
		}
		Edges []struct {
			From, To        string
			Resolved, Cycle bool
		}
	}
}

// TestEdges holds the edges against the graph's own algorithms.
func TestEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, goodName)
		var d document
		if err := json.Unmarshal(toJSON(t, c), &d); err != nil {
			t.Fatal(err)
		}
		vertices := map[string]*dag.Vertex{}
		for v := range c.Graph.Vertices() {
			vertices[v.Key()] = v
		}
		for i, v := range slices.Collect(c.Graph.Vertices()) {
			if n := d.Clusters[0].Nodes[i]; n.Key != v.Key() || n.Level != v.Level() {
				t.Fatalf("node %d is %+v, want %s", i, n, v.Key())
			}
		}
		for _, e := range d.Clusters[0].Edges {
			from, to := vertices[e.From], vertices[e.To]
			if from == nil || (to != nil) != e.Resolved {
				t.Fatalf("%+v: from %v, to %v", e, from, to)
			}
			if cycle := to != nil && (from == to || slices.Contains(c.Graph.Descendants(from), to)); cycle != e.Cycle {
				t.Fatalf("%+v: want cycle %t", e, cycle)
			}
		}
	})
}

// TestTextFits holds that a text has no line over 80 columns but one that is a
// single word, nothing that a terminal obeys, and all the names.
func TestTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomCluster(t, anyName)
		out := toText(t, c)
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(line) {
				t.Fatalf("a terminal obeys %q", line)
			}
			words := regexp.MustCompile(`^(waits for|applied by|gates) `).ReplaceAllString(strings.TrimSpace(line), "")
			if uniseg.StringWidth(line) > 80 && strings.Contains(words, " ") {
				t.Fatalf("wider than 80 columns: %q\n%s", line, out)
			}
		}
		for _, b := range c.Graph.Boundaries() {
			if regexp.MustCompile(`^[a-z-]+$`).MatchString(b.What) && !strings.Contains(out, b.What) {
				t.Fatalf("the boundary %s is not in\n%s", b.What, out)
			}
		}
		for v := range c.Graph.Vertices() {
			if name := v.Object().Name; regexp.MustCompile(`^[a-z-]+$`).MatchString(name) && !strings.Contains(out, name) {
				t.Fatalf("%s is not in\n%s", name, out)
			}
		}
	})
}

// TestOrder holds that the order of declaration and of boundaries changes nothing.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,6}`), 1, 12, rapid.ID).Draw(t, "names")
		var refs []dag.Ref
		for i, name := range names {
			refs = append(refs, randomNode(t, i, name, []string{""}, names, refs))
		}
		boundaries := randomCluster(t, anyName).Graph.Boundaries()
		c := view.Cluster{Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: refs, Boundaries: boundaries})}
		d := view.Cluster{Graph: dag.Resolve(dag.Cluster{
			Name: "c", Nodes: rapid.Permutation(slices.Clone(refs)).Draw(t, "order"),
			Boundaries: rapid.Permutation(boundaries).Draw(t, "boundaries"),
		})}
		for _, f := range view.Formats() {
			if a, b := written(t, f, c), written(t, f, d); a != b {
				t.Fatalf("%s: %s\n\n%s", f.Name, a, b)
			}
		}
	})
}

// TestWriteError holds that a reader who goes away is an error.
func TestWriteError(t *testing.T) {
	gone := errors.New("gone")
	for _, f := range view.Formats() {
		if err := f.Write(errWriter{gone}, []view.Cluster{everything()}); !errors.Is(err, gone) {
			t.Errorf("%s: the error is %v", f.Name, err)
		}
	}
}

type errWriter struct{ error }

func (w errWriter) Write([]byte) (int, error) { return 0, w.error }
