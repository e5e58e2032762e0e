package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/plan"
)

// TestResettled holds that a node whose objects another one applies in another namespace is said
// to move, and that its data does not go with it.
func TestResettled(t *testing.T) {
	const move = "This looks like a move: flux-system/web applies the same in another namespace, b."
	in := func(namespace string) []plan.Object {
		return []plan.Object{{Kind: "PersistentVolumeClaim", Namespace: namespace, Name: "x"}, {Kind: "Service", Namespace: namespace, Name: "y"}}
	}
	for _, c := range []struct {
		name      string
		had, come []plan.Object
		want      bool
	}{
		{"new in another namespace", nil, in("b"), true},
		{"there before", in("b"), in("b"), false},
		{"other names", nil, []plan.Object{{Kind: "Service", Namespace: "b", Name: "z"}}, false},
	} {
		base, head := pair(nil), without()
		base.Objects = map[string][]plan.Object{"flux-system/data": in("a"), "flux-system/web": c.had}
		head.Objects = map[string][]plan.Object{"flux-system/web": c.come}
		effect := compare(t, base, head).Changes[0].Effect
		if strings.Contains(effect, move) != c.want || strings.Contains(effect, "without data at first: PersistentVolumeClaim b/x") != c.want {
			t.Errorf("%s: %s", c.name, effect)
		}
	}
}

// TestElements holds that of long lists and mappings only what differs is shown.
func TestElements(t *testing.T) {
	long := `"` + strings.Repeat("a", 120) + `"`
	lines, other, line := strings.Repeat(`spec:\n`, 10), strings.Repeat(`y\n`, 20), strings.Repeat("a", 90)
	for _, c := range []struct{ old, now, want string }{
		{"[" + long + `,"b"]`, "[" + long + `,"c"]`, `-"b", +"c"`},
		{"[" + long + `,"b"]`, `["b",` + long + "]", "in another order, or number"},
		{`{"x":{"y":` + long + `,"z":1}}`, `{"x":{"y":` + long + `,"z":2,"v":[]}}`, "x.v: [] (new), x.z: 1 -> 2"},
		{`{"x":["b"],"y":` + long + `}`, `{"x":[],"y":` + long + `}`, `x -"b"`},
		{`[{"patch":"` + lines + `  name: a\n"}]`, `[{"patch":"` + lines + `  name: b\n"}]`, `[0].patch: -name: a, +name: b`},
		{`["` + lines + `a"]`, `["` + other + `"]`, `-"` + lines + `a",` + "\n    " + `+"` + other + `"`},
		{`["b` + line + `1` + line + `"]`, `["b` + line + `2` + line + `"]`, `-…` + line[:40] + `1` + line[:40] + "…,\n    +…" + line[:40] + `2` + line[:40] + `…`},
		{`["a"]`, `["b"]`, `["a"] -> ["b"]`},
	} {
		said := shownOf(t, plan.Change{Kind: plan.Spec, Node: "x/a", Fields: []plan.Field{{Path: "spec.x", Old: c.old, New: c.now}}})
		if !strings.Contains(said, "spec.x: "+c.want+"\n") {
			t.Errorf("no %s in %s", c.want, said)
		}
	}
}

// TestAllObjects holds that a comment names all objects that are deleted, and a text says where
// they are.
func TestAllObjects(t *testing.T) {
	var objects []string
	for i := range 30 {
		objects = append(objects, fmt.Sprintf("Service x/s%d", i))
	}
	p := &plan.Plan{Clusters: []plan.ClusterPlan{{Changes: []plan.Change{{Kind: plan.Delete, Node: "x/a", Objects: objects}}}}}
	comment := written(t, p, plan.Markdown)
	if i := slices.IndexFunc(objects, func(o string) bool { return !strings.Contains(comment, o) }); i >= 0 {
		t.Errorf("no %s in %s", objects[i], comment)
	}
	if said := written(t, p, plan.Text); !strings.Contains(said, "and 22 more (all: -o json)") {
		t.Error(said)
	}
}

// TestAnotherCluster holds that the releases of one cluster do not lose a source of another one.
func TestAnotherCluster(t *testing.T) {
	source := plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "HelmRepository", Namespace: "x", Name: "charts"}
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "x", Name: "web", Chart: "HelmRepository x/charts"}
	for remote, want := range map[bool]bool{false: true, true: false} {
		at := extra(func(s *kustomizev1.KustomizationSpec) {
			if remote {
				s.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "east"}}
			}
		})
		base, head := pair(at), pair(at)
		base.Objects = map[string][]plan.Object{"flux-system/data": {source}, "flux-system/web": {release}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": {release}}
		effect := compare(t, base, head).Changes[0].Effect
		if strings.Contains(effect, "find their chart no longer") != want {
			t.Errorf("remote %t: %s", remote, effect)
		}
	}
}
