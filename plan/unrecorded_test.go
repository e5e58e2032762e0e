package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestUnrecorded holds that a release is said to lose its records where the Namespace of these goes with
// it, whichever node deletes that.
func TestUnrecorded(t *testing.T) {
	space := plan.Object{Kind: "Namespace", Name: "nfs"}
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "nfs", Name: "web"}
	kept, elsewhere, away := space, release, release
	kept.Kept, elsewhere.Stores, away.Away = true, "flux-system", true
	for _, c := range []struct {
		name                 string
		parent, child, stays []plan.Object
		want                 bool
	}{
		{"one node applies both", nil, []plan.Object{space, release}, nil, true},
		{"the parent applies the Namespace", []plan.Object{space}, []plan.Object{release}, nil, true},
		{"that is kept", []plan.Object{kept}, []plan.Object{release}, nil, false},
		{"that stays", []plan.Object{space}, []plan.Object{release}, []plan.Object{space}, false},
		{"the records are in another Namespace", []plan.Object{space}, []plan.Object{elsewhere}, nil, false},
		{"the records are in another cluster", []plan.Object{space}, []plan.Object{away}, nil, false},
	} {
		node := func(name string) dag.Ref {
			return dag.Declare(dag.Node{Name: name, Path: "./" + name, Prune: new(true)})
		}
		child := plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "child"}
		base := plan.Side{Name: "c", Root: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{node("parent"), node("child")}}), AppliedBy: map[string][]string{"flux-system/child": {"flux-system/parent"}},
			Objects: map[string][]plan.Object{"flux-system/parent": append([]plan.Object{child}, c.parent...), "flux-system/child": c.child}}
		head := plan.Side{Name: "c", Root: "c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{node("parent")}}), Objects: map[string][]plan.Object{"flux-system/parent": c.stays}}
		said := ""
		for _, change := range compare(t, base, head).Changes {
			said += change.Effect + "\n"
		}
		if told := strings.Contains(said, "At once with HelmRelease nfs/web the Namespace goes that holds its records"); told != c.want || told == strings.Contains(said, "With HelmRelease nfs/web the release is uninstalled") {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}
