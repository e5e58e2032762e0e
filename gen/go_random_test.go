package gen

import (
	"fmt"
	"reflect"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"
)

// awkward are names that are no Go identifiers, or that mean something to Go or to
// a declaration, or that become the same identifier.
var awkward = []string{
	"go", "time", "dag", "new", "true", "init", "main", "cluster", "any", "metav1", "kustomizev1", "kustomize", "meta", "nil", "string",
	"1password", "2", "a.b", "a-b", "a--b", "ab", "a-b2", "type", "infra-go", "infra-a.b", "infra-infra-x", "infra-x", "infra", "node", "node2", "err",
}

// drawCluster draws a cluster: nodes that share most of what they say, with awkward
// names, any text, and edges of every kind, cycles too.
func drawCluster(t *rapid.T, name string, most int) (dag.Cluster, map[string]dag.Ref) {
	c := dag.Cluster{Name: name, Defaults: drawDefaults(t)}
	refs := map[string]dag.Ref{}
	var keys []string
	n := rapid.IntRange(1, most).Draw(t, "nodes")
	for i := range n {
		node := drawNode(t, i)
		key := node.Namespace + "/" + node.Name
		if _, taken := refs[key]; taken {
			continue
		}
		if c.Defaults.Prune == nil && rapid.IntRange(0, 3).Draw(t, "required") > 0 {
			node.Interval, node.Prune, node.Source = time.Hour, new(true), dag.Source{Kind: "Bucket", Name: "b"}
		}
		drawEdges(t, &node, keys, refs)
		drawOmit(t, &node, c.Defaults)
		refs[key] = dag.Declare(node)
		keys = append(keys, key)
	}
	c.Nodes = make([]dag.Ref, len(keys))
	for i, key := range keys {
		c.Nodes[i] = refs[key]
	}
	return c, refs
}

func drawDefaults(t *rapid.T) dag.Defaults {
	d := dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}
	maybe := func(what string, set func()) {
		if rapid.Bool().Draw(t, "default "+what) {
			set()
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "required fields missing") == 0 {
		d = dag.Defaults{}
	}
	maybe("timeout", func() { d.Timeout = drawDuration(t) })
	maybe("ready", func() { d.Ready = drawReady(t) })
	maybe("substitute", func() { d.Substitute = map[string]string{"A": randomString(t)} })
	maybe("substituteFrom", func() { d.SubstituteFrom = []dag.SubstituteReference{{Kind: "ConfigMap", Name: "vars"}} })
	maybe("targetNamespace", func() { d.TargetNamespace = "apps" })
	maybe("extra", func() { drawExtra(t, &d.Extra) })
	return d
}

// drawNode draws a node without edges. Most say little, so that defaults pay.
func drawNode(t *rapid.T, i int) dag.Node {
	n := dag.Node{Name: fmt.Sprintf("infra-%d", i), Namespace: "flux-system", Path: "./apps/" + fmt.Sprint(i%5)}
	sometimes := func(what string, set func()) {
		if rapid.IntRange(0, 4).Draw(t, what) == 0 {
			set()
		}
	}
	sometimes("name", func() { n.Name = rapid.SampledFrom(awkward).Draw(t, "awkward") })
	sometimes("namespace", func() { n.Namespace = "team"; n.File = "team-" + n.Name + ".yaml" })
	sometimes("labels", func() { n.Labels = map[string]string{"a/b": randomString(t), "c": "d"} })
	sometimes("annotations", func() { n.Annotations = map[string]string{"a": randomString(t)} })
	sometimes("description", func() { n.Description = randomString(t) })
	sometimes("path", func() { n.Path = randomString(t) })
	sometimes("interval", func() { n.Interval = drawDuration(t) })
	sometimes("retryInterval", func() { n.RetryInterval = drawDuration(t) })
	sometimes("timeout", func() { n.Timeout = drawDuration(t) })
	sometimes("prune", func() { n.Prune = new(false) })
	sometimes("source", func() { n.Source = dag.Source{Kind: "OCIRepository", Name: randomString(t), Namespace: "x"} })
	sometimes("ready", func() { n.Ready = drawReady(t) })
	sometimes("substitute", func() { n.Substitute = map[string]string{} })
	sometimes("variables", func() { n.Substitute = map[string]string{"B": randomString(t), "C": randomString(t)} })
	sometimes("substituteFrom", func() { n.SubstituteFrom = []dag.SubstituteReference{} })
	sometimes("allow", func() { n.Allow = map[string]string{"FD204": randomString(t), "FD212": "why"} })
	sometimes("extra", func() { drawExtra(t, &n.Extra) })
	sometimes("zero timeout", func() {
		if n.Timeout == 0 {
			n.Extra.Timeout = &metav1.Duration{}
		}
	})
	sometimes("ignored checks", func() {
		n.Ready = nil
		n.Extra.Wait, n.Extra.HealthChecks = rapid.Bool().Draw(t, "wait"), []dag.HealthCheck{{Kind: "Deployment", Name: "x"}}
		n.Extra.HealthCheckExprs = []dag.HealthCheckExpr{{APIVersion: "v1", Kind: randomString(t)}}
	})
	return n
}

func drawDuration(t *rapid.T) time.Duration {
	return rapid.SampledFrom([]time.Duration{time.Hour, 5 * time.Minute, 90 * time.Second, 1500 * time.Millisecond, 3661 * time.Second,
		time.Nanosecond, 36*time.Hour + time.Nanosecond, -time.Minute, 1<<63 - 1, -1 << 63}).Draw(t, "duration")
}

func drawReady(t *rapid.T) dag.Readiness {
	check := dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: randomString(t), Namespace: "x"}
	expr := dag.HealthCheckExpr{APIVersion: "example.com/v1", Kind: "X"}
	expr.Current = randomString(t)
	return rapid.SampledFrom([]dag.Readiness{dag.Applied(), dag.WaitAll(), dag.WaitAll(expr), dag.HealthChecks(check),
		dag.HealthChecks(check, check).Exprs(expr, expr)}).Draw(t, "readiness")
}

// drawExtra fills some of the fields that have no name of their own.
func drawExtra(t *rapid.T, spec *kustomizev1.KustomizationSpec) {
	for _, s := range settings() {
		if s.goName == "" && rapid.IntRange(0, 3).Draw(t, s.omit) == 0 {
			var full kustomizev1.KustomizationSpec
			fill(reflect.ValueOf(&full).Elem(), func() string { return randomString(t) })
			s.copyTo(spec, &full)
		}
	}
}

// drawEdges lets the node depend on earlier ones, on later ones by name, on
// itself, and on what is not in the graph.
func drawEdges(t *rapid.T, n *dag.Node, keys []string, refs map[string]dag.Ref) {
	for range rapid.IntRange(0, 3).Draw(t, "edges") {
		kind := rapid.IntRange(0, 9).Draw(t, "kind")
		var ref dag.Ref
		switch {
		case kind < 7 && len(keys) > 0:
			ref = refs[rapid.SampledFrom(keys).Draw(t, "to")]
		case kind == 7:
			ref = dag.External("elsewhere/" + rapid.SampledFrom([]string{"a", "b.c"}).Draw(t, "external"))
		default: // perhaps itself, perhaps what comes later
			ref = dag.External(fmt.Sprintf("flux-system/infra-%d", rapid.IntRange(0, 12).Draw(t, "by name")))
		}
		if kind%3 == 0 {
			ref = ref.When(randomString(t))
		}
		n.DependsOn = append(n.DependsOn, ref)
	}
	if rapid.IntRange(0, 19).Draw(t, "invalid") == 0 {
		n.DependsOn = nil
		n.Extra.DependsOn = []kustomizev1.DependencyReference{{Name: "${APP}-db"}, {Name: "infra-1", Namespace: "team"}}
	}
}

// drawOmit leaves some of the defaults out.
func drawOmit(t *rapid.T, n *dag.Node, d dag.Defaults) {
	omit := func(name string, byDefault, own bool) {
		if byDefault && !own && rapid.IntRange(0, 4).Draw(t, "omit "+name) == 0 {
			n.Omit = append(n.Omit, name)
		}
	}
	omit("timeout", d.Timeout != 0, n.Timeout != 0 || n.Extra.Timeout != nil)
	omit("targetNamespace", d.TargetNamespace != "", false)
	for _, s := range settings() {
		_, byDefault := s.value(&d.Extra)
		_, own := s.value(&n.Extra)
		omit(s.omit, byDefault && s.goName == "", own)
	}
}
