package gen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// declareAt declares a node whose path is its name.
func declareAt(name string, deps ...dag.Ref) dag.Ref {
	return dag.Declare(dag.Node{Name: name, Path: "./" + name, DependsOn: deps})
}

func extraNode(extra kustomizev1.KustomizationSpec) dag.Node {
	return dag.Node{Name: "n", Extra: extra}
}

// declareAll declares nodes, naming those that have no name.
func declareAll(nodes ...dag.Node) []dag.Ref {
	refs := make([]dag.Ref, len(nodes))
	for i, n := range nodes {
		if n.Name == "" || n.Name == "n" {
			n.Name = fmt.Sprintf("node-%c", 'a'+i)
		}
		refs[i] = dag.Declare(n)
	}
	return refs
}

// goCases are small clusters, each for one trait of the declarations that are
// written for them.
var goCases = map[string]struct {
	cluster func() dag.Cluster
	options GoOptions
}{
	"identifiers": {cluster: func() dag.Cluster {
		return dag.Cluster{Nodes: []dag.Ref{
			declareAt("infra-cert-manager-issuers"), declareAt("infra-bridge"), declareAt("infra-go"), declareAt("infra-time"), declareAt("infra-1password"), declareAt("infra-apps"),
			declareAt("apps"), declareAt("infra-a.b"), declareAt("infra-a-b"), declareAt("cluster"), declareAt("dag"), declareAt("1password"),
			dag.Declare(dag.Node{Name: "web", Namespace: "team"}), dag.Declare(dag.Node{Name: "web", Namespace: "other"}),
		}}
	}},
	"defaults": {cluster: func() dag.Cluster {
		decryption := kustomizev1.KustomizationSpec{Decryption: &kustomizev1.Decryption{Provider: "sops", SecretRef: &meta.LocalObjectReference{Name: "age"}}}
		vars := map[string]string{"DOMAIN": "example.com", "ZONE": "a"}
		return dag.Cluster{
			Defaults: dag.Defaults{Namespace: "apps", RetryInterval: time.Minute, TargetNamespace: "apps", Extra: decryption, Substitute: vars},
			Nodes: append(declareAll(
				dag.Node{Omit: []string{"targetNamespace", "decryption", "retryInterval"}},
				dag.Node{Substitute: map[string]string{}, Prune: new(false), Namespace: "flux-system"},
				dag.Node{Substitute: map[string]string{"DOMAIN": "example.org"}, Timeout: 90 * time.Second},
				dag.Node{Ready: dag.WaitAll(), Timeout: 90 * time.Second},
			), declareAt("plain"), declareAt("simple")),
		}
	}},
	"readiness": {cluster: func() dag.Cluster {
		check := dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "web", Namespace: "web"}
		expr := dag.HealthCheckExpr{APIVersion: "example.com/v1", Kind: "Database",
			HealthCheckExpressions: kustomize.HealthCheckExpressions{Current: "status.ready", Failed: "status.failed"}}
		return dag.Cluster{Nodes: declareAll(
			dag.Node{Ready: dag.Applied()}, dag.Node{Ready: dag.WaitAll()}, dag.Node{Ready: dag.WaitAll(expr)},
			dag.Node{Ready: dag.HealthChecks(check)}, dag.Node{Ready: dag.HealthChecks(check, check).Exprs(expr)},
			extraNode(kustomizev1.KustomizationSpec{Wait: true, HealthChecks: []dag.HealthCheck{check}}),
			extraNode(kustomizev1.KustomizationSpec{HealthCheckExprs: []dag.HealthCheckExpr{expr}}),
		)}
	}},
	"edges": {cluster: func() dag.Cluster {
		db, self := declareAt("db"), dag.External("flux-system/self")
		web := declareAt("web", db.When("dep.status.observedGeneration > 0"), db, dag.External("flux-system/flux-system"))
		return dag.Cluster{Nodes: []dag.Ref{db, web, declareAt("self", self, db),
			declareAt("hen", dag.External("egg")), declareAt("egg", dag.External("hen"), web),
			dag.Declare(dag.Node{Name: "tenant", Namespace: "team", DependsOn: []dag.Ref{web, dag.External("operator")}}),
			dag.Declare(dag.Node{Name: "spelt-out", Extra: kustomizev1.KustomizationSpec{DependsOn: []meta.DependencyReference{{Name: "db", Namespace: "flux-system"}}}}),
			dag.Declare(dag.Node{Name: "lost", Extra: kustomizev1.KustomizationSpec{DependsOn: []meta.DependencyReference{{Name: "nowhere"}, {Name: "db"}}}}),
			dag.Declare(dag.Node{Name: "symbolic", Extra: kustomizev1.KustomizationSpec{DependsOn: []meta.DependencyReference{{Name: "${APP}-db"}, {Name: "db"}}}}),
		}}
	}},
	"extra": {cluster: func() dag.Cluster {
		return dag.Cluster{Dir: "fleet", Nodes: []dag.Ref{dag.Declare(dag.Node{
			Name: "everything", File: "all.yaml", Path: "./all",
			Description: "Brings everything,\nand more.\n",
			Labels:      map[string]string{"team": "web"}, Annotations: map[string]string{"a": "1", "b": "2"},
			Interval: 90 * time.Minute, RetryInterval: 61*time.Minute + time.Second,
			Allow: dag.Allow("FD204", "checked"),
			Extra: kustomizev1.KustomizationSpec{
				Timeout: &metav1.Duration{}, Force: true, Components: []string{"../a", "../b"},
				PostBuild:  &kustomizev1.PostBuild{SubstituteStrategy: kustomizev1.SubstituteStrategyAlways},
				KubeConfig: &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "kubeconfig"}},
				Images:     []kustomize.Image{{Name: "nginx", NewTag: "1.29"}, {Name: "redis", NewName: "valkey", NewTag: "9"}},
				Patches: []kustomize.Patch{
					{Patch: "- op: replace\n  path: /spec/replicas\n  value: 3\n", Target: &kustomize.Selector{Kind: "Deployment", Name: "web"}},
					{Patch: "kind: Deployment\nmetadata:\n  name: `web`\n"},
				},
				CommonMetadata: &kustomizev1.CommonMetadata{Labels: map[string]string{"team": "web"}},
			},
		})}}
	}},
	"levels": {cluster: func() dag.Cluster {
		node := func(name, path string, deps ...dag.Ref) dag.Ref {
			return dag.Declare(dag.Node{Name: name, Path: path, DependsOn: deps})
		}
		core := node("infra-operators-core", "./infra/operators/core")
		data := node("infra-operators-data", "./infra/operators/data")
		bridge := node("infra-bridge", "./infra/bridge", core)
		mixed := node("infra-e", "./other", bridge)
		return dag.Cluster{Nodes: []dag.Ref{core, data, bridge, node("infra-monitoring", "./infra/monitoring", data),
			node("infra-a", "./media/plex", bridge), node("infra-b", "./media/jellyfin", bridge), node("infra-c", "./media/blog", bridge),
			node("infra-d", "./web/wiki", bridge), mixed,
			node("infra-f", "./databases/f", mixed), node("infra-g", "./databases/g", mixed), node("infra-h", "./databases/h", mixed), node("infra-i", "./databases/i", mixed)}}
	}},
	"comments": {cluster: func() dag.Cluster {
		return dag.Cluster{Nodes: []dag.Ref{dag.Declare(dag.Node{Name: "db", Path: "./db"}), dag.Declare(dag.Node{
			Name: "web", Path: "./web", Ready: dag.HealthChecks(dag.HealthCheck{Kind: "Deployment", Name: "web"}), DependsOn: []dag.Ref{dag.External("db")}}),
			dag.Declare(dag.Node{Name: "symbolic", Extra: kustomizev1.KustomizationSpec{DependsOn: []meta.DependencyReference{{Name: "db"}, {Name: "${APP}"}}}})}}
	}, options: GoOptions{Comments: map[string]map[string][]string{"flux-system/web": {
		"": {"The shop.", "", "Ask the web team."}, "spec.path": {"moved in 2025"}, "spec.dependsOn": {"what it reads"}, "spec.dependsOn[0]": {"orders"},
		"spec.healthChecks[0].name": {"the front end"}, "spec.interval": {"no need to hurry"}, "spec.sourceRef.kind": {"not OCI yet"},
	}, "flux-system/symbolic": {"spec.dependsOn[0]": {"orders"}, "spec.dependsOn[1].name": {"each its own"}}}}},
	"large": {options: GoOptions{Package: "fleet", Generate: "go run example.com/tool"}, cluster: func() dag.Cluster {
		var nodes, apps []dag.Ref
		for i := range oneFileNodes - 1 {
			nodes = append(nodes, dag.Declare(dag.Node{Name: fmt.Sprintf("tenant-%02d", i), Path: "./tenants"}))
		}
		for i := range 2 {
			apps = append(apps, declareAt(fmt.Sprintf("policy-%d", i), nodes[i]))
		}
		return dag.Cluster{Levels: []dag.Level{{Name: "All of the Tenants", Nodes: nodes}, {Name: "Policy", Nodes: apps}}}
	}},
}

// TestGoCases holds what is written for each trait.
func TestGoCases(t *testing.T) {
	for name, c := range goCases {
		t.Run(name, func(t *testing.T) {
			cluster := c.cluster()
			cluster.Name = name
			if d := &cluster.Defaults; d.Interval == 0 {
				d.Interval, d.Prune, d.Source = time.Hour, new(true), dag.Source{Kind: "GitRepository", Name: "flux-system"}
			}
			files, err := Go(dag.Resolve(cluster), c.options)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range files {
				fmt.Fprintf(&b, "-- %s --\n%s", f.Name, f.Data)
			}
			golden.Check(t, "import/"+name+".txtar", b.String())
		})
	}
}
