package e2e

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// TestPlanMove moves objects and a Kustomization by the steps that plan prints: two objects
// change places, though one of their nodes waits for the other, and child goes below a new
// parent, which the sync Kustomization has to create first.
func TestPlanMove(t *testing.T) {
	t.Parallel()
	f := suite.New(t, "plan-move")
	keep := strings.NewReplacer(append(annotated("prune: disabled"), "metadata: {", "metadata: {annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}, ")...).Replace
	data, other := fleet.ConfigMap(f.Namespace, "data", "1"), fleet.ConfigMap(f.Namespace, "other", "1")
	child := applying(f, "child", "./child")
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
		root + "/one.yaml":                   applying(f, "one", "./one"),
		root + "/two.yaml":                   applying(f, "two", "./two", with("dependsOn: [{name: one}]")...),
		root + "/child.yaml":                 child,
		"one/data.yaml":                      data,
		"one/more.yaml":                      fleet.ConfigMap(f.Namespace, "more", "1"),
		"two/other.yaml":                     other,
		"child/last.yaml":                    fleet.ConfigMap(f.Namespace, "last", "1"),
	})
	f.Bootstrap(sync(f.Namespace, root))
	f.Ready("flux-system", "one", "two", "child")
	objects := []string{"Kustomization/child", "ConfigMap/data", "ConfigMap/other", "ConfigMap/last"}
	before := identify(t, f, objects...)

	f.Push(map[string]string{root + "/child.yaml": keep(child), "one/data.yaml": keep(data), "two/other.yaml": keep(other)})
	for _, o := range objects[:3] {
		kind, name, _ := strings.Cut(o, "/")
		f.Until(o+" is kept", func() (bool, string) {
			return f.Object(kind, name).GetAnnotations()["kustomize.toolkit.fluxcd.io/prune"] == "disabled", "not yet"
		})
	}
	f.Push(map[string]string{
		root + "/child.yaml": "", root + "/group.yaml": applying(f, "group", "./group"), "group/child.yaml": keep(child),
		"one/data.yaml": "", "two/data.yaml": keep(data), "two/other.yaml": "", "one/other.yaml": keep(other),
	})
	f.OwnedBy("group", "Kustomization", "child")
	f.OwnedBy("two", "ConfigMap", "data")
	f.OwnedBy("one", "ConfigMap", "other")
	f.Push(map[string]string{"group/child.yaml": child, "two/data.yaml": data, "one/other.yaml": other})
	for _, o := range objects[:3] {
		kind, name, _ := strings.Cut(o, "/")
		f.Until(o+" is kept no longer", func() (bool, string) { return len(f.Object(kind, name).GetAnnotations()) == 0, "it is" })
	}
	f.Ready("flux-system", "one", "two", "group", "child")
	before.kept(t, f, objects...)
	table.Add(proof.Row{Claim: "Objects that have the annotation kustomize.toolkit.fluxcd.io/prune: disabled change places between two Kustomizations in one commit, though one waits for the other, and a child goes below a new parent that its old one creates; the annotation is taken off when they have their new owners", Observed: "child, its ConfigMap and both objects have the same UID"})
}
