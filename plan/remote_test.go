package plan_test

import (
	"slices"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestFarNames holds that a Kustomization which a node applies to another cluster is an object as
// any other, be there a node of its name here; and that one which is a node speaks for itself.
func TestFarNames(t *testing.T) {
	web := plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "web", Digest: "1"}
	other, namespace := web, plan.Object{Kind: "Namespace", Name: "flux-system"}
	other.Digest = "2"
	const name = "Kustomization flux-system/web"
	far := func(n *dag.Node) {
		n.Extra = kustomizev1.KustomizationSpec{KubeConfig: &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "there"}}}
	}
	suspended := func(n *dag.Node) {
		far(n)
		n.Extra.Suspend = true
	}
	for _, c := range []struct {
		name       string
		node       func(*dag.Node)
		base, head []plan.Object
		gone       bool
		want       plan.Kind // of the change that names it
	}{
		{name: "applied no longer", node: far, base: []plan.Object{web}, head: []plan.Object{}, want: plan.Prune},
		{name: "applied no longer here", base: []plan.Object{web}, head: []plan.Object{}},
		{name: "applied no longer, unpruned", node: func(n *dag.Node) { far(n); n.Prune = new(false) }, base: []plan.Object{web}, head: []plan.Object{}, want: plan.Content},
		{name: "applied no longer, suspended", node: suspended, base: []plan.Object{web}, head: []plan.Object{}, want: plan.Prune},
		{name: "other content", node: far, base: []plan.Object{web}, head: []plan.Object{other}, want: plan.Content},
		{name: "other content here", base: []plan.Object{web}, head: []plan.Object{other}},
		{name: "its node gone", node: far, base: []plan.Object{web}, head: []plan.Object{}, gone: true, want: plan.Delete},
		{name: "its Namespace gone", node: far, base: []plan.Object{namespace, web}, head: []plan.Object{}, want: plan.Prune},
	} {
		base, head := pair(c.node), pair(c.node)
		if c.gone {
			head = without()
		}
		base.Objects = map[string][]plan.Object{"flux-system/data": c.base, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": c.head, "flux-system/web": {}}
		var kind plan.Kind
		for _, change := range compare(t, base, head).Changes {
			if slices.Contains(change.Objects, name) {
				kind = change.Kind
			}
		}
		if kind != c.want {
			t.Errorf("%s: named by %q, not by %q", c.name, kind, c.want)
		}
	}
}

// TestFarNeighbours holds that such a Kustomization goes with its Namespace, which another node
// applies there.
func TestFarNeighbours(t *testing.T) {
	web := plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "web"}
	base, head := applying(plan.Object{Kind: "Namespace", Name: "flux-system"}, web, func(data, web *kustomizev1.KustomizationSpec) {
		data.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "there"}}
		web.KubeConfig = data.KubeConfig
	})
	if out := compare(t, base, head); !slices.ContainsFunc(out.Changes, func(ch plan.Change) bool {
		return ch.Kind == plan.Delete && slices.Contains(ch.Objects, web.String())
	}) {
		t.Errorf("%+v", out.Changes)
	}
}

// TestFarHealth holds that a Kustomization of this cluster is not there in the one where a node
// checks its health.
func TestFarHealth(t *testing.T) {
	for _, far := range []bool{false, true} {
		side := func(checks ...meta.NamespacedObjectKindReference) plan.Side {
			s := pair(extra(func(spec *kustomizev1.KustomizationSpec) {
				if spec.HealthChecks = checks; far {
					spec.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "there"}}
				}
			}))
			s.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": {}}
			s.Build = func(*dag.Vertex) plan.Build { return plan.Build{} }
			return s
		}
		out := compare(t, side(), side(meta.NamespacedObjectKindReference{APIVersion: "kustomize.toolkit.fluxcd.io/v1", Kind: "Kustomization", Namespace: "flux-system", Name: "data"}))
		if slices.Contains(out.Stuck, "flux-system/data") != far {
			t.Errorf("in another cluster %t: stuck are %v, of %+v", far, out.Stuck, out.Changes)
		}
	}
}
