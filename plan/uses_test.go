package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// applying is two nodes, the first of which goes in head, with what they apply.
func applying(data, web plan.Object, change func(data, web *kustomizev1.KustomizationSpec)) (base, head plan.Side) {
	side := func(gone bool) plan.Side {
		d, w := dag.Node{Name: "data", Path: "./data"}, dag.Node{Name: "web", Path: "./web"}
		change(&d.Extra, &w.Extra)
		nodes := map[string]dag.Node{"data": d, "web": w}
		if gone {
			delete(nodes, "data")
		}
		s := applied(nodes, nil)
		s.Objects = map[string][]plan.Object{"flux-system/web": {web}}
		if !gone {
			s.Objects["flux-system/data"] = []plan.Object{data}
		}
		s.Build = func(*dag.Vertex) plan.Build { return plan.Build{Unknown: true} }
		return s
	}
	return side(false), side(true)
}

// TestNeeded says of what stays, and nothing applies any more, what others need.
func TestNeeded(t *testing.T) {
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "apps", Name: "web", Awaits: "ConfigMap/apps/values", Chart: "HelmRepository apps/charts"}
	definition := func(kind string) plan.Object {
		return plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "things.example.com", Defines: "example.com/" + kind}
	}
	for _, c := range []struct {
		name      string
		data, web plan.Object
		needed    bool
	}{
		{"the source of a chart", plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "HelmRepository", Namespace: "apps", Name: "charts"}, release, true},
		{"another source", plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "HelmRepository", Namespace: "apps", Name: "others"}, release, false},
		{"the values of a release", plan.Object{Kind: "ConfigMap", Namespace: "apps", Name: "values"}, release, true},
		{"what makes them", plan.Object{Group: "bitnami.com", Kind: "SealedSecret", Namespace: "apps", Name: "values"},
			plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "apps", Name: "web", Awaits: "Secret/apps/values"}, true},
		{"other values", plan.Object{Kind: "ConfigMap", Namespace: "apps", Name: "others"}, release, false},
		{"a StorageClass", plan.Object{Group: "storage.k8s.io", Kind: "StorageClass", Name: "fast"}, plan.Object{Kind: "PersistentVolumeClaim", Namespace: "apps", Name: "web", Classes: "fast"}, true},
		{"a definition", definition("Thing"), plan.Object{Group: "example.com", Kind: "Thing", Namespace: "apps", Name: "web"}, true},
		{"the definition of another kind", definition("Thing"), plan.Object{Group: "example.com", Kind: "Other", Namespace: "apps", Name: "web"}, false},
	} {
		base, head := applying(c.data, c.web, func(data, _ *kustomizev1.KustomizationSpec) { data.DeletionPolicy = "Orphan" })
		out := compare(t, base, head)
		said := ""
		for _, change := range out.Changes {
			said += change.Effect
		}
		if want := "Not these, which others need: "; strings.Contains(said, want) != c.needed || !strings.Contains(said, "applied stays") {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}

// TestValuesElsewhere finds also in another cluster what a release is not ready without.
func TestValuesElsewhere(t *testing.T) {
	secret := plan.Object{Group: "bitnami.com", Kind: "SealedSecret", Namespace: "apps", Name: "values"}
	release := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "apps", Name: "web", Awaits: "Secret/apps/values"}
	for _, there := range []bool{false, true} {
		base, head := applying(secret, release, func(data, web *kustomizev1.KustomizationSpec) {
			web.Wait = true
			if there {
				data.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "there"}}
				web.KubeConfig = data.KubeConfig
			}
		})
		out := compare(t, base, head)
		if len(out.Stuck) != 1 || out.Stuck[0] != "flux-system/web" {
			t.Errorf("in another cluster %t: stuck are %v, of %+v", there, out.Stuck, out.Changes)
		}
	}
}
