package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyOperator holds when a release is taken for the operator of an API group by its
// name, and what is said of it.
func TestDestroyOperator(t *testing.T) {
	secret := plan.Object{Group: "external-secrets.io", Kind: "ExternalSecret", Namespace: "web", Name: "token"}
	release := func(name, chart string) plan.Object {
		return plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "secrets", Name: name, Chart: chart}
	}
	kept := release("external-secrets", "")
	kept.Kept = true
	definition := plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "externalsecrets.external-secrets.io"}
	controller := plan.Object{Group: "apps", Kind: "Deployment", Namespace: "secrets", Name: "external-secrets-controller"}
	const unknown = "see that they go last"
	for _, c := range []struct {
		name    string
		objects map[string][]plan.Object
		after   string // what the operator's node depends on
		chosen  string
		want    []string
		note    string
	}{
		{name: "by the release", objects: map[string][]plan.Object{"op": {release("external-secrets", "")}, "web": {secret}}, want: []string{"web", "op"},
			note: "these are taken for the operators of API groups, and go after what applies such custom resources, where no circle comes of it: flux-system/op (external-secrets.io)"},
		{name: "by the chart", objects: map[string][]plan.Object{"op": {release("es", "OCIRepository secrets/external-secrets")}, "web": {secret}}, want: []string{"web", "op"}},
		{name: "with its surname", objects: map[string][]plan.Object{"op": {release("external-secrets-operator", "")}, "web": {secret}}, want: []string{"web", "op"}},
		{name: "by a Deployment", objects: map[string][]plan.Object{"op": {controller}, "web": {secret}}, want: []string{"web", "op"}},
		{name: "beside the definition", objects: map[string][]plan.Object{"op": {release("external-secrets", "")}, "web": {secret}, "crds": {definition}}, want: []string{"web", "crds op"}},
		{name: "with the definition", objects: map[string][]plan.Object{"op": {release("external-secrets", ""), definition}, "web": {secret}}, chosen: "op", want: []string{"op"},
			note: "with the definitions in flux-system/op go the custom resources of flux-system/web"},
		{name: "another one", objects: map[string][]plan.Object{"op": {release("secrets", "")}, "web": {secret}}, want: []string{"op web"}, note: unknown},
		{name: "one that is kept", objects: map[string][]plan.Object{"op": {kept}, "web": {secret}}, want: []string{"op web"}, note: unknown},
		{name: "two of them", objects: map[string][]plan.Object{"op": {release("external-secrets", "")}, "op2": {release("external-secrets", "")}, "web": {secret}}, want: []string{"op op2 web"}, note: unknown},
		{name: "in one with its custom resources", objects: map[string][]plan.Object{"op": {release("external-secrets", ""), secret}, "web": nil}, want: []string{"op web"},
			note: "flux-system/op applies custom resources and, by its name, their operator"},
		{name: "which needs them", objects: map[string][]plan.Object{"op": {release("external-secrets", "")}, "web": {secret}}, after: "web", want: []string{"op", "web"}},
		{name: "alone", objects: map[string][]plan.Object{"op": {release("external-secrets", "")}, "web": {secret}}, chosen: "op", want: []string{"op"},
			note: "with flux-system/op goes, by its name, the operator of custom resources of flux-system/web, not taken down here"},
	} {
		nodes := map[string]dag.Node{}
		for name := range c.objects {
			nodes[name] = dag.Node{}
		}
		if c.after != "" {
			nodes["op"] = dag.Node{DependsOn: []dag.Ref{dag.External(c.after)}}
		}
		s := applied(nodes, nil)
		for name, objects := range c.objects {
			s.Objects["flux-system/"+name] = objects
		}
		var keys []string
		if c.chosen != "" {
			keys = []string{"flux-system/" + c.chosen}
		}
		out := plan.Destroy(s, keys)
		if diff := cmp.Diff(c.want, staged(out)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) || c.note != unknown && strings.Contains(notes, unknown) || c.name == "with the definition" && strings.Contains(notes, "by its name") {
			t.Errorf("%s: %q: %s", c.name, c.note, notes)
		}
	}
}

// operates reports whether v is taken for the operator of something that u applies.
func operates(s plan.Side, v, u *dag.Vertex) bool {
	var with []string
	for w := range s.Graph.Vertices() {
		if remote(w) != remote(v) {
			continue
		}
		for _, o := range s.Objects[w.Key()] {
			if o.Kind == "HelmRelease" && o.Name == "example" && !o.Kept && !o.Suspended {
				with = append(with, w.Key())
			}
		}
	}
	only := len(slices.Compact(with)) == 1 && with[0] == v.Key()
	return only && remote(u) == remote(v) && finalizes(v.Object().Spec) && slices.ContainsFunc(s.Objects[u.Key()], func(o plan.Object) bool {
		return o.Kind == "Thing"
	})
}
