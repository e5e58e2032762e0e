package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDefinerKinds holds of which custom resources it is told that they may go with a chart of definitions:
// of those of a group that is called as the chart is, where there are any, and else how many there are.
func TestDefinerKinds(t *testing.T) {
	custom := func(group, kind string) plan.Object {
		return plan.Object{Group: group, Kind: kind, Namespace: "x", Name: "a"}
	}
	cilium, tool, other := custom("cilium.io", "CiliumPolicy"), custom("toolhive.stacklok.dev", "Server"), custom("monitoring.coreos.com", "Rule")
	for _, c := range []struct {
		chart      string
		stay, goes []plan.Object
		want       string
	}{
		{"toolhive-crds", []plan.Object{cilium, tool, other}, nil, "custom resources of them: perhaps these, of which no file has the definition: Server x/a of flux-system/web."},
		{"toolhive-crds", []plan.Object{cilium, other}, []plan.Object{tool}, "custom resources of them."},
		{"prometheus-operator-crds", []plan.Object{cilium, tool, other}, nil, "custom resources of them. Which these are is not known: of 3 custom resources here no file has the definition."},
		{"prometheus-operator-crds", nil, nil, "custom resources of them."},
	} {
		base, head := pair(nil), pair(nil)
		web := []plan.Object{}
		web = append(web, c.stay...)
		chart := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "x", Name: c.chart}
		base.Objects = map[string][]plan.Object{"flux-system/data": append([]plan.Object{chart}, c.goes...), "flux-system/web": web}
		head.Objects = map[string][]plan.Object{"flux-system/web": web}
		head.Graph = dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{dag.Declare(dag.Node{Name: "web", Path: "./web", Prune: new(true)})}})
		said := ""
		for _, change := range compare(t, base, head).Changes {
			said += change.Effect + "\n"
		}
		if _, rest, _ := strings.Cut(said, "is taken for a chart of definitions: with the release go those in its templates, and with these all "); !strings.HasPrefix(rest, c.want) {
			t.Errorf("%s: %s", c.chart, said)
		}
	}
}
