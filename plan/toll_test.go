package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestInterruption holds that workloads and the data of claims are told of where there may be
// any, and only there.
func TestInterruption(t *testing.T) {
	const anew = "flux-system/postgres creates it anew"
	for _, c := range []struct {
		name    string
		objects []plan.Object // nil where they are not known
		want    string
	}{
		{"not known", nil, anew + ": workloads stop, and the data of claims is lost."},
		{"nothing of the kind", []plan.Object{{Kind: "ConfigMap", Name: "x"}, {Group: "networking.k8s.io", Kind: "Ingress", Name: "x"}}, anew + "."},
		{"workload", []plan.Object{{Group: "apps", Kind: "Deployment", Name: "x"}}, anew + ": workloads stop."},
		{"claim", []plan.Object{{Kind: "PersistentVolumeClaim", Name: "x"}}, anew + ": the data of claims is lost."},
		{"release", []plan.Object{{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Name: "x"}}, anew + ": workloads stop, and the data of claims is lost."},
		{"namespace", []plan.Object{{Kind: "Namespace", Name: "x"}}, anew + ": workloads stop, and the data of claims is lost."},
		{"custom", []plan.Object{{Group: "postgresql.cnpg.io", Kind: "Cluster", Name: "x"}}, anew + ": what controllers made of Cluster x may go, with any data."},
		{"custom, of a project of Kubernetes", []plan.Object{{Group: "snapshot.storage.k8s.io", Kind: "VolumeSnapshot", Name: "x"}}, anew + ": what controllers made of VolumeSnapshot x may go, with any data."},
		{"and without data", []plan.Object{{Group: "gateway.networking.k8s.io", Kind: "Gateway", Name: "x"}}, anew + ": what controllers made of Gateway x may go."},
		{"and of itself alone", []plan.Object{{Group: "gateway.networking.k8s.io", Kind: "HTTPRoute", Name: "x"}}, anew + "."},
		{"custom, of an extension of Flux", []plan.Object{{Group: "infra.contrib.fluxcd.io", Kind: "Terraform", Name: "x"}}, anew + ": what controllers made of Terraform x may go, with any data."},
		{"custom without data", []plan.Object{{Group: "cert-manager.io", Kind: "ClusterIssuer", Name: "x"}}, anew + ": what controllers made of ClusterIssuer x may go."},
		{"custom with data, of such a group", []plan.Object{{Group: "monitoring.coreos.com", Kind: "Prometheus", Name: "x"}}, anew + ": what controllers made of Prometheus x may go, with any data."},
	} {
		base, head := pair(nil), pair(func(n *dag.Node) { n.Name = "postgres" })
		if c.objects != nil {
			base.Objects = map[string][]plan.Object{"flux-system/data": c.objects}
			head.Objects = map[string][]plan.Object{"flux-system/postgres": c.objects}
		}
		changes := compare(t, base, head).Changes
		if i := slices.IndexFunc(changes, func(ch plan.Change) bool { return ch.Kind == plan.Rename }); i < 0 || !strings.Contains(changes[i].Effect, c.want) {
			t.Errorf("%s: no %q in %+v", c.name, c.want, changes)
		}
	}
}

// TestToll holds that a claim that goes is told of with its data, and nothing else is.
func TestToll(t *testing.T) {
	for kind, want := range map[string]bool{"PersistentVolumeClaim": true, "ConfigMap": false} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {{Kind: kind, Namespace: "x", Name: "y"}}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}}
		gone := without()
		for _, side := range []plan.Side{head, gone} {
			change := compare(t, base, side).Changes[0]
			if got := strings.Contains(change.Effect, "The data of "+kind+" x/y goes with it"); got != want {
				t.Errorf("%s %s: %q", change.Kind, kind, change.Effect)
			}
		}
	}
}

// TestLeftData holds that a node whose objects stay names those of them that hold data, as they
// are to be deleted by hand.
func TestLeftData(t *testing.T) {
	for kind, want := range map[string]bool{"PersistentVolumeClaim": true, "ConfigMap": false} {
		base, gone := pair(func(n *dag.Node) { n.Prune = new(false) }), without()
		base.Objects = map[string][]plan.Object{"flux-system/data": {{Kind: kind, Namespace: "x", Name: "y"}}}
		changes := compare(t, base, gone).Changes
		i := slices.IndexFunc(changes, func(ch plan.Change) bool { return ch.Kind == plan.Leave })
		if i < 0 || strings.Contains(changes[i].Effect, "With "+kind+" x/y, deleted by hand, data goes too") != want {
			t.Errorf("%s: %+v", kind, changes)
		}
	}
}

// TestParted holds that a rename says which objects go to a third node.
func TestParted(t *testing.T) {
	object := func(name string) plan.Object { return plan.Object{Kind: "ConfigMap", Namespace: "x", Name: name} }
	base, head := pair(nil), pair(func(n *dag.Node) { n.Name = "postgres" })
	base.Objects = map[string][]plan.Object{"flux-system/data": {object("a"), object("b"), object("c")}, "flux-system/web": {}}
	head.Objects = map[string][]plan.Object{"flux-system/postgres": {object("a"), object("b")}, "flux-system/web": {object("c")}}
	const want = "Of it, 1 object is applied by flux-system/web: ConfigMap x/c."
	if changes := compare(t, base, head).Changes; !slices.ContainsFunc(changes, func(ch plan.Change) bool { return ch.Kind == plan.Rename && strings.Contains(ch.Effect, want) }) {
		t.Errorf("%+v", changes)
	}
}
