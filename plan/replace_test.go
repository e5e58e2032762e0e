package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestOnlyEarly holds that a node is said to replace something only before its new spec, or before
// the ConfigMaps of its variables, where that changes and arrives.
func TestOnlyEarly(t *testing.T) {
	class := func(policy string) plan.Object {
		return plan.Object{Group: "storage.k8s.io", Kind: "StorageClass", Name: "block", Digest: policy, Fixed: `{"reclaimPolicy":"` + policy + `"}`}
	}
	was, is := class("Retain"), class("Delete")
	path := func(p string) func(*dag.Node) { return func(n *dag.Node) { n.Path = p } }
	variables := func(n *dag.Node) { n.Substitute = map[string]string{"A": "b"} }
	const spec, values = "before its new spec: commit that alone", "before the ConfigMaps of its variables: commit these alone"
	for _, c := range []struct {
		name       string
		base, head plan.Side
		change     func(*plan.Side)
		want       string
	}{
		{"by any spec", pair(nil), pair(nil), func(s *plan.Side) { s.Objects["flux-system/data"] = []plan.Object{is} }, ""},
		{"that stops what brings its spec", pair(nil), pair(nil), func(s *plan.Side) {
			s.Objects["flux-system/data"] = []plan.Object{is}
			s.AppliedBy = map[string][]string{"flux-system/data": {"flux-system/data"}}
		}, ""},
		{"by the old spec", pair(nil), pair(path("./other")), func(s *plan.Side) {
			s.Build = func(*dag.Vertex) plan.Build { return plan.Build{Objects: []plan.Object{is}} }
		}, spec},
		{"by old variables", pair(variables), pair(variables), func(s *plan.Side) {
			s.Late = func(v *dag.Vertex) (plan.Build, bool) {
				return plan.Build{Objects: []plan.Object{is}}, v.Key() == "flux-system/data"
			}
		}, values},
		{"where the new spec does not arrive", pair(nil), pair(path("./other")), func(s *plan.Side) {
			s.Build = func(*dag.Vertex) plan.Build { return plan.Build{Objects: []plan.Object{is}} }
			s.AppliedBy = map[string][]string{"flux-system/data": {"flux-system/gone"}}
		}, "by the spec that it has: the new one does not arrive"},
	} {
		c.base.Objects = map[string][]plan.Object{"flux-system/data": {was}, "flux-system/web": {}}
		c.head.Objects = map[string][]plan.Object{"flux-system/data": {was}, "flux-system/web": {}}
		c.change(&c.head)
		changes := compare(t, c.base, c.head).Changes
		i := slices.IndexFunc(changes, func(c plan.Change) bool { return strings.Contains(c.Effect, "reclaimPolicy of a StorageClass") })
		if i < 0 {
			t.Errorf("%s: %v", c.name, changes)
			continue
		}
		effect := changes[i].Effect
		if strings.Contains(effect, " It does so") != (c.want != "") || !strings.Contains(effect, c.want) {
			t.Errorf("%s: %s", c.name, effect)
		}
		if !strings.Contains(effect, "delete StorageClass block by hand") {
			t.Errorf("%s: %s", c.name, effect)
		}
	}
}
