package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
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

// TestResettledInTurn holds which advice is given on a move between namespaces: what is to be
// done first comes first, and only what is so of the releases that move.
func TestResettledInTurn(t *testing.T) {
	strict := func(o plan.Object) plan.Object { o.Strict = true; return o }
	old, come := releaseOf("a", "x", "a/x"), releaseOf("b", "x", "b/x")
	claim := func(namespace string) plan.Object {
		return plan.Object{Kind: "PersistentVolumeClaim", Namespace: namespace, Name: "x"}
	}
	const refused, beside, again = "Helm refuses HelmRelease b/x while the old one is there", "et both stand side by side", "upgrade the new one again then"
	for name, c := range map[string]struct {
		old, come plan.Object
		said, not []string
	}{
		"a claim":             {claim("a"), claim("b"), []string{" So l" + beside}, []string{refused, again}},
		"a release":           {old, come, []string{" So l" + beside, again}, []string{refused}},
		"a release by itself": {old, strict(come), []string{refused, " Else l" + beside}, []string{again}},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {c.old}, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": {c.come}}
		effect := compare(t, base, head).Changes[0].Effect
		last := -1
		for _, what := range c.said {
			if i := strings.Index(effect, what); i <= last {
				t.Errorf("%s: no %q, or not in turn: %s", name, what, effect)
			} else {
				last = i
			}
		}
		for _, what := range c.not {
			if strings.Contains(effect, what) {
				t.Errorf("%s: %q: %s", name, what, effect)
			}
		}
	}
}

// TestDeadlock holds when a move between namespaces is said to wait for itself: where what deletes the
// old ones waits by dependsOn, before and after, for the node of the new ones, and that for these.
func TestDeadlock(t *testing.T) {
	const said = "deletes the old ones only when flux-system/data is ready, for which it waits"
	waits := extra(func(s *kustomizev1.KustomizationSpec) { s.Wait = true })
	checking := func(name string) func(*dag.Node) {
		return extra(func(s *kustomizev1.KustomizationSpec) {
			s.HealthChecks = []meta.NamespacedObjectKindReference{{APIVersion: "helm.toolkit.fluxcd.io/v2", Kind: "HelmRelease", Namespace: "b", Name: name}}
		})
	}
	old, come := []plan.Object{releaseOf("a", "x", "a/x")}, []plan.Object{releaseOf("b", "x", "b/x")}
	for name, c := range map[string]struct {
		change   func(*dag.Node)
		from, to string
		want     bool
	}{
		"it waits":               {waits, "web", "data", true},
		"it checks the new one":  {checking("x"), "web", "data", true},
		"it checks another one":  {checking("y"), "web", "data", false},
		"it is ready at once":    {nil, "web", "data", false},
		"the other way round":    {waits, "data", "web", false},
		"the node of the old go": {waits, "gone", "data", false}, // nothing that waits deletes it
	} {
		base, head := pair(c.change), pair(c.change)
		if c.from == "gone" {
			c.from, head = "web", withoutWeb(c.change)
		}
		base.Objects = map[string][]plan.Object{"flux-system/" + c.from: old, "flux-system/" + c.to: {}}
		head.Objects = map[string][]plan.Object{"flux-system/" + c.from: {}, "flux-system/" + c.to: come}
		var effects []string
		for _, change := range compare(t, base, head).Changes {
			effects = append(effects, change.Effect)
		}
		if all := strings.Join(effects, "\n"); strings.Contains(all, said) != c.want || !strings.Contains(all, "looks like a move") {
			t.Errorf("%s: %s", name, all)
		}
	}
}

// withoutWeb is a side with the node alone.
func withoutWeb(change func(*dag.Node)) plan.Side {
	n := dag.Node{Name: "data", Path: "./data"}
	change(&n)
	return plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{dag.Declare(n)}, Defaults: dag.Defaults{
		Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}})}
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
