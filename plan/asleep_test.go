package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestLeftAsleep holds when it is told that an object has left the folder of a suspended node.
func TestLeftAsleep(t *testing.T) {
	claim := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "data"}
	kept := claim
	kept.Kept = true
	other := plan.Object{Kind: "ConfigMap", Namespace: "web", Name: "other"}
	asleep := dag.Node{Extra: kustomizev1.KustomizationSpec{Suspend: true}}
	side := func(nodes map[string]dag.Node, objects map[string][]plan.Object) plan.Side {
		s := applied(nodes, nil)
		for name, all := range objects {
			s.Objects[key(name)] = all
		}
		return s
	}
	both := map[string]dag.Node{"web": asleep, "new": {}}
	for _, c := range []struct {
		name       string
		nodes      map[string]dag.Node
		base, head map[string][]plan.Object
		want       bool
	}{
		{"a claim", map[string]dag.Node{"web": asleep}, map[string][]plan.Object{"web": {claim, other}}, map[string][]plan.Object{"web": {other}}, true},
		{"one that is kept", map[string]dag.Node{"web": asleep}, map[string][]plan.Object{"web": {kept, other}}, map[string][]plan.Object{"web": {other}}, false},
		{"prune: false", map[string]dag.Node{"web": {Extra: kustomizev1.KustomizationSpec{Suspend: true}, Prune: new(false)}}, map[string][]plan.Object{"web": {claim, other}}, map[string][]plan.Object{"web": {other}}, false},
		{"to another", both, map[string][]plan.Object{"web": {claim, other}, "new": {}}, map[string][]plan.Object{"web": {other}, "new": {claim}}, false},
		{"of another by now", both, map[string][]plan.Object{"web": {claim, other}, "new": {claim, other}}, map[string][]plan.Object{"web": {other}, "new": {other}}, false},
		{"to what is not known", map[string]dag.Node{"web": asleep}, map[string][]plan.Object{"web": {claim, other}}, nil, false},
	} {
		p := plan.Compare([]plan.Side{side(c.nodes, c.base)}, []plan.Side{side(c.nodes, c.head)})
		told := false
		for _, change := range p.Clusters[0].Changes {
			told = told || change.Node == key("web") && change.Kind == plan.Prune && strings.HasPrefix(change.Effect, "It is suspended. Once it is resumed: Flux deletes")
		}
		if told != c.want {
			t.Errorf("%s: told %t of %+v", c.name, told, p.Clusters[0].Changes)
		}
	}
}

// TestLeftAsleepWithIts holds that a Kustomization which has left the folder of a suspended node is
// told with what it applied, as far as it goes with that.
func TestLeftAsleepWithIts(t *testing.T) {
	asleep := func(m *manifest) { m.spec.Suspend = true }
	for name, test := range map[string]struct {
		child manifest
		head  map[string]manifest // beside the suspended one
		want  []string
	}{
		"it goes with all":       {at("q"), nil, []string{"ConfigMap x/grand", "ConfigMap x/own", "Kustomization flux-system/deep", "Kustomization flux-system/k"}},
		"it leaves what it has":  {at("q", unpruning), nil, []string{"Kustomization flux-system/k"}},
		"it stays":               {at("q", keptItself), nil, nil},
		"another one applies it": {at("q"), map[string]manifest{"k": at("q")}, nil},
		"some goes over":         {at("q"), map[string]manifest{"new": at("r")}, []string{"ConfigMap x/own", "Kustomization flux-system/deep", "Kustomization flux-system/k"}},
	} {
		cluster := func(more, of map[string]manifest) tree {
			all := map[string]manifest{"p": at("p", asleep)}
			maps.Copy(all, more)
			return tree{"c": rooted(all), "p": holding(of), "q": holding(map[string]manifest{"deep": at("r")}, "own"), "r": holding(nil, "grand")}
		}
		p := plan.Compare([]plan.Side{cluster(nil, map[string]manifest{"k": test.child}).side()}, []plan.Side{cluster(test.head, nil).side()})
		var told []string
		for _, change := range p.Clusters[0].Changes {
			if change.Kind == plan.Prune && change.Node == "flux-system/p" {
				told = change.Objects
			}
		}
		if !slices.Equal(told, test.want) {
			t.Errorf("%s: %v\n%+v", name, told, p.Clusters[0].Changes)
		}
	}
}
