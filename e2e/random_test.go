package e2e

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// fault breaks one node of a graph.
type fault struct {
	code   string // that fluxdag must report, as an error
	inject func(r *rand.Rand, g *random, i int)
}

// faults are what is injected, one a graph. The last of the chain is never broken, so
// that every fault has something it may leave alone.
var faults = map[string]fault{
	"cycle": {"FD107", func(_ *rand.Rand, g *random, i int) {
		g.nodes[0].deps = append(g.nodes[0].deps, i)
		g.nodes[i].deps = append(g.nodes[i].deps, 0)
	}},
	"self":    {"FD106", func(_ *rand.Rand, g *random, i int) { g.nodes[i].deps = append(g.nodes[i].deps, i) }},
	"missing": {"FD105", func(_ *rand.Rand, g *random, i int) { g.nodes[i].extra = append(g.nodes[i].extra, "nosuch") }},
	"path":    {"FD320", func(_ *rand.Rand, g *random, i int) { g.nodes[i].path = "./nosuch" }},
	"file":    {"FD321", func(_ *rand.Rand, g *random, i int) { g.nodes[i].path += "/configmap.yaml" }},
	"check-namespace": {"FD208", func(_ *rand.Rand, g *random, i int) {
		g.nodes[i].ready = dag.HealthChecks(dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: g.nodes[i].name})
	}},
	"expressions": {"FD223", func(_ *rand.Rand, g *random, i int) {
		e := dag.HealthCheckExpr{APIVersion: "v1", Kind: "ConfigMap"}
		e.Current = "has(data.value)"
		g.nodes[i].ready = dag.WaitAll(e, e)
	}},
	"variable": {"FD214", func(_ *rand.Rand, g *random, i int) { g.nodes[i].substitute = map[string]string{"my-var": "x"} }},
	"build":    {"FD322", func(_ *rand.Rand, g *random, i int) { g.nodes[i].broken = true }},
	"long name": {"FD102", func(_ *rand.Rand, g *random, i int) {
		g.nodes[i].name, g.nodes[i].ready = strings.Repeat("n", 64), dag.Applied()
		g.nodes[i].path = "./apps/" + g.nodes[i].name
	}},
	"ready expression": {"FD225", func(_ *rand.Rand, g *random, i int) {
		g.nodes[i].deps = append(g.nodes[i].deps, 0)
		g.nodes[i].expr = "dep.status.conditions.exists(c,"
	}},
	"health expression": {"FD225", func(_ *rand.Rand, g *random, i int) {
		e := dag.HealthCheckExpr{APIVersion: "v1", Kind: "ConfigMap"}
		e.Current = "has(data.value"
		g.nodes[i].ready = dag.WaitAll(e)
	}},
}

// random is a graph in the making: its nodes depend on earlier ones by number.
type random struct {
	namespace string
	nodes     []randomNode
	deployed  []string
}

type randomNode struct {
	name, path string
	deps       []int
	extra      []string
	ready      dag.Readiness
	expr       string
	substitute map[string]string
	broken     bool
}

// draw makes a graph without a fault: any number of nodes and edges, every readiness.
func draw(r *rand.Rand, namespace string) *random {
	g := &random{namespace: namespace}
	for i := range 5 + r.IntN(8) {
		n := randomNode{name: fmt.Sprintf("%s-%d", []string{"app", "infra", "x"}[r.IntN(3)], i)}
		n.path = "./apps/" + n.name
		for j := range i {
			if r.IntN(3) == 0 {
				n.deps = append(n.deps, j)
			}
		}
		g.nodes = append(g.nodes, n)
		g.makeReady(r, i)
	}
	return g
}

// makeReady draws the readiness of a node. Objects that are waited for get healthy by
// themselves, as they do on a cluster.
func (g *random) makeReady(r *rand.Rand, i int) {
	n := &g.nodes[i]
	switch r.IntN(5) {
	case 0:
		n.ready = dag.WaitAll()
	case 1:
		n.ready = dag.HealthChecks(dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: n.name, Namespace: g.namespace})
		g.deployed = append(g.deployed, n.name)
	case 2:
		e := dag.HealthCheckExpr{APIVersion: "v1", Kind: "ConfigMap"}
		e.Current = "data.value == '1'"
		n.ready = dag.WaitAll(e)
	default:
		n.ready = dag.Applied()
	}
	if r.IntN(4) == 0 {
		n.expr = "dep.status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration"
	}
}

// graph declares what was drawn.
func (g *random) graph() *dag.Graph {
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Namespace: g.namespace, Interval: 10 * time.Minute, Timeout: 90 * time.Second, Prune: new(true),
		RetryInterval: 5 * time.Second, Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	for i, n := range g.nodes {
		node := dag.Node{Name: n.name, Path: n.path, Ready: n.ready, Substitute: n.substitute}
		for _, d := range n.deps {
			node.DependsOn = append(node.DependsOn, n.dependency(g.nodes[d].name))
		}
		for _, name := range n.extra {
			node.DependsOn = append(node.DependsOn, n.dependency(name))
		}
		c.Nodes = append(c.Nodes, dag.Declare(node).At(dag.Position{File: root + "/dag.go", Line: i + 1}))
	}
	return dag.Resolve(c)
}

func (n randomNode) dependency(name string) dag.Ref {
	ref := dag.External(name)
	if n.expr != "" {
		ref = ref.When(n.expr)
	}
	return ref
}

// files is the repository of the graph.
func (g *random) files(t *testing.T, graph *dag.Graph) map[string]string {
	files := tree(t, graph, g.namespace, root)
	for _, n := range g.nodes { // where they are, wherever the path leads
		delete(files, strings.TrimPrefix(n.path, "./")+"/configmap.yaml")
	}
	for _, n := range g.nodes {
		dir := "apps/" + n.name
		files[dir+"/configmap.yaml"] = fleet.ConfigMap(g.namespace, n.name, "1")
		if slices.Contains(g.deployed, n.name) {
			files[dir+"/deployment.yaml"] = fleet.Deployment(g.namespace, n.name)
		}
		if n.broken {
			files[dir+"/kustomization.yaml"] = "resources: [nosuch.yaml]\n"
		}
	}
	return files
}

// TestRandomGraphs holds law 5: a graph that fluxdag accepts converges, each node after
// what it depends on; one with a fault does not, fluxdag reports the fault, and what
// stays behind is the broken nodes and all that depends on them.
func TestRandomGraphs(t *testing.T) {
	t.Parallel()
	kinds := make([]string, *graphs)
	for name := range faults {
		for range max(1, *graphs/6) {
			kinds = append(kinds, name)
		}
	}
	slices.Sort(kinds)
	var converged, stalled, edges atomic.Int64
	t.Run("graphs", func(t *testing.T) {
		for i, kind := range kinds {
			name := strings.TrimSuffix(fmt.Sprintf("random-%d-%s", i, strings.ReplaceAll(kind, " ", "-")), "-")
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(2026, uint64(i)))
				g := draw(r, name)
				broken := g.inject(r, kind)
				graph := g.graph()
				for _, circle := range graph.Cycles() { // all that lie in one are to blame
					broken = append(broken, names(circle)...)
				}
				files := g.files(t, graph)
				dir := t.TempDir()
				writeTree(t, dir, files)
				found := append(lint(t, dir), graph.Check()...)
				rejected := judged(t, found, kind, broken)
				if n := onFlux(t, g, graph, files, rejected); n < 0 {
					stalled.Add(1)
				} else {
					converged.Add(1)
					edges.Add(int64(n))
				}
			})
		}
	})
	table.Add(
		proof.Row{Claim: "Random graphs that fluxdag accepts converge, and nothing is applied before what it depends on is ready",
			Observed: fmt.Sprintf("%d graphs converged, %d dependencies in order", converged.Load(), edges.Load())},
		proof.Row{Claim: "Random graphs with a fault, which fluxdag names, do not: the broken nodes and all that depends on them stay behind, and nothing else",
			Observed: fmt.Sprintf("%d graphs, %d kinds of fault", stalled.Load(), len(faults))})
}

// inject breaks one node, neither the first nor the last, and returns the names of the
// nodes that are to blame.
func (g *random) inject(r *rand.Rand, kind string) []string {
	if kind == "" {
		return nil
	}
	i := 1 + r.IntN(len(g.nodes)-2)
	faults[kind].inject(r, g, i)
	if kind != "cycle" {
		return []string{g.nodes[i].name}
	}
	g.nodes[0].expr, g.nodes[i].expr = "", "" // one that holds at once would open the circle
	return []string{g.nodes[0].name, g.nodes[i].name}
}

// judged holds that fluxdag reports the fault where it is, and nothing where there is
// none. It returns the names of the nodes that fluxdag reports an error of.
func judged(t *testing.T, found dag.Diagnostics, kind string, broken []string) []string {
	t.Helper()
	var rejected []string
	named := kind == ""
	for _, d := range found {
		if d.Severity != dag.Error {
			continue
		}
		_, name, _ := strings.Cut(d.Node, "/")
		rejected = append(rejected, name)
		if kind == "" || !slices.Contains(broken, name) {
			t.Errorf("fluxdag reports what is not broken: %v", d)
		}
		named = named || d.Code == faults[kind].code
	}
	if !named {
		t.Errorf("fluxdag does not report %s, of %s, but: %v", faults[kind].code, broken, found)
	}
	return append(rejected, broken...)
}

// onFlux runs a graph on Flux. It returns the number of dependencies that were seen to be
// kept, or less than 0 where a part of the graph stays behind, as it must.
func onFlux(t *testing.T, g *random, graph *dag.Graph, files map[string]string, rejected []string) int {
	t.Helper()
	f := suite.New(t, g.namespace)
	record := f.Record()
	f.Push(files)
	f.Bootstrap(sync(g.namespace, root))
	var behind []string
	for v := range graph.Vertices() {
		if slices.Contains(rejected, v.Object().Name) {
			behind = append(behind, v.Object().Name)
			behind = append(behind, names(graph.Descendants(v))...)
		}
	}
	ahead := without(names(slices.Collect(graph.Vertices())), behind)
	f.HealthyWhenThere()
	f.Ready(ahead...)
	if len(behind) == 0 {
		return inOrder(t, f, record, graph)
	}
	f.StaysBehind(5*time.Second, behind...)
	return -1
}
