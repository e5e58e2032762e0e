package plan_test

import (
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/plan"
)

// pair is a node on both sides, and one that depends on it.
func pair(change func(*dag.Node)) plan.Side {
	n := dag.Node{Name: "data", Path: "./data"}
	if change != nil {
		change(&n)
	}
	data := dag.Declare(n).At(dag.Position{File: "clusters/c/" + n.Name + ".yaml", Line: 1})
	web := dag.Declare(dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{data}}).At(dag.Position{File: "clusters/c/web.yaml", Line: 1})
	return plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{data, web}, Defaults: dag.Defaults{
		Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}})}
}

// without is a side without the node.
func without() plan.Side {
	web := dag.Declare(dag.Node{Name: "web", Path: "./web", DependsOn: []dag.Ref{dag.External("data")}}).At(dag.Position{File: "clusters/c/web.yaml", Line: 1})
	return plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{web}, Defaults: dag.Defaults{
		Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}})}
}

func extra(change func(*kustomizev1.KustomizationSpec)) func(*dag.Node) {
	return func(n *dag.Node) { change(&n.Extra) }
}

// TestEffects holds what is said of every kind of change.
func TestEffects(t *testing.T) {
	policy := func(p string) func(*dag.Node) {
		return extra(func(s *kustomizev1.KustomizationSpec) { s.DeletionPolicy = p })
	}
	suspended := extra(func(s *kustomizev1.KustomizationSpec) { s.Suspend = true })
	unpruned := func(n *dag.Node) { n.Prune = new(false) }
	renamed := func(n *dag.Node) { n.Name = "postgres" }
	both := func(changes ...func(*dag.Node)) func(*dag.Node) {
		return func(n *dag.Node) {
			for _, change := range changes {
				change(n)
			}
		}
	}
	declared := func(s plan.Side) plan.Side {
		s.Declared = true
		return s
	}
	var b strings.Builder
	for _, c := range []struct {
		name       string
		base, head plan.Side
	}{
		{"gone, prune", pair(nil), without()},
		{"gone, Delete without prune", pair(both(unpruned, policy("Delete"))), without()},
		{"gone, WaitForTermination", pair(policy("WaitForTermination")), without()},
		{"gone, Orphan", pair(policy("Orphan")), without()},
		{"gone, MirrorPrune without prune", pair(both(unpruned, policy("MirrorPrune"))), without()},
		{"gone, suspended", pair(suspended), without()},
		{"renamed", pair(nil), pair(renamed)},
		{"renamed, another namespace", pair(nil), pair(func(n *dag.Node) { n.Namespace = "shop" })},
		{"renamed, and another path", pair(nil), pair(both(renamed, func(n *dag.Node) { n.Path = "./platform/data" }))},
		{"renamed, without prune", pair(unpruned), pair(both(renamed, unpruned))},
		{"renamed, suspended before", pair(suspended), pair(renamed)},
		{"renamed, and suspended", pair(nil), pair(both(renamed, suspended))},
		{"renamed, and suspended, declared", declared(pair(nil)), declared(pair(both(renamed, suspended)))},
		{"target", pair(nil), pair(func(n *dag.Node) { n.TargetNamespace = "shop" })},
		{"target, without prune", pair(unpruned), pair(both(unpruned, extra(func(s *kustomizev1.KustomizationSpec) { s.NamePrefix = "a-" })))},
		{"cluster", pair(nil), pair(reaching("kubeconfig"))},
		{"cluster, by another kubeConfig", pair(reaching("old")), pair(reaching("new"))},
		{"source", pair(nil), pair(func(n *dag.Node) { n.Source = dag.Source{Kind: "OCIRepository", Name: "apps"} })},
		{"source, written out", pair(nil), pair(func(n *dag.Node) {
			n.Source = dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}
		})},
		{"path", pair(nil), pair(func(n *dag.Node) { n.Path = "./database" })},
		{"path, written otherwise", pair(nil), pair(func(n *dag.Node) { n.Path = "data/" })},
		{"prune off", pair(nil), pair(unpruned)},
		{"prune on", pair(unpruned), pair(nil)},
		{"deletionPolicy", pair(nil), pair(policy("Orphan"))},
		{"suspended", pair(nil), pair(suspended)},
		{"resumed", pair(suspended), pair(nil)},
		{"added", without(), pair(nil)},
		{"readiness", pair(nil), pair(func(n *dag.Node) { n.Ready = dag.WaitAll() })},
		{"service account", pair(nil), pair(extra(func(s *kustomizev1.KustomizationSpec) { s.ServiceAccountName = "deployer" }))},
		{"interval", pair(nil), pair(func(n *dag.Node) { n.Interval = time.Minute })},
		{"labels", pair(nil), pair(func(n *dag.Node) { n.Labels = map[string]string{"sharding.fluxcd.io/key": "a"} })},
	} {
		b.WriteString("=== " + c.name + "\n")
		b.WriteString(written(t, plan.Compare([]plan.Side{c.base}, []plan.Side{c.head}), plan.Text))
	}
	golden.Check(t, "plan/effects.txt", b.String())
}

// reaching has a node apply to the cluster of a kubeConfig.
func reaching(secret string) func(*dag.Node) {
	return func(n *dag.Node) {
		n.Extra.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: secret}}
	}
}
