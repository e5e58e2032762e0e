package repo

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestImportLeavesPatchesOfOtherClusters holds that the patches which another cluster
// builds from are no advice for this one.
func TestImportLeavesPatchesOfOtherClusters(t *testing.T) {
	const overlay = "kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [../../../base]\npatches:\n" +
		"  - patch: |\n      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata: {name: apps, namespace: flux-system}\n      spec: {suspend: true}\n"
	dir := t.TempDir()
	write(t, dir, "base/apps.yaml", []byte(kustomization("apps", "./apps", "")))
	write(t, dir, "base/kustomization.yaml", []byte("kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [apps.yaml]\n"))
	write(t, dir, "apps/cm.yaml", []byte(configMap("apps")))
	for _, name := range []string{"prod", "staging"} {
		write(t, dir, "clusters/"+name+"/flux-system/gotk-sync.yaml", []byte(strings.Replace(gotkSync, "clusters/prod", "clusters/"+name, 1)))
		write(t, dir, "clusters/"+name+"/stack/kustomization.yaml", []byte(overlay))
	}
	r, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Clusters {
		var files []string
		for _, p := range c.Import(c.Name, c.Root).Patches {
			files = append(files, p.File)
		}
		if !slices.Equal(files, []string{"clusters/" + c.Name + "/stack/kustomization.yaml"}) {
			t.Error(c.Name, files)
		}
	}
}

// TestImportLeavesSharedDocuments holds that a document which makes two Kustomizations
// stays when one of them does: its deletion would take that one along.
func TestImportLeavesSharedDocuments(t *testing.T) {
	const overlay = "kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [../base]\nnameSuffix: "
	r, c, i := importOf(t, "", map[string]string{
		"clusters/prod/one.yaml":  kustomization("one", "./one", ""),
		"clusters/prod/two.yaml":  kustomization("two", "./two", "  postBuild: {substituteFrom: [{kind: Secret, name: vars}]}\n"),
		"base/app.yaml":           kustomization("app", "./apps", ""),
		"base/kustomization.yaml": "kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [app.yaml]\n",
		"one/kustomization.yaml":  overlay + "-one\n",
		"two/kustomization.yaml":  overlay + "-two\npatches:\n  - target: {kind: Kustomization}\n    patch: |\n      - op: add\n        path: /spec/targetNamespace\n        value: ${WHERE}\n",
		"apps/cm.yaml":            configMap("apps"),
	})
	want := []string{
		"flux-system/app-one: its document makes flux-system/app-two as well, which stays",
		"flux-system/app-two: it holds ${WHERE}, which only flux-system/two can substitute",
		"flux-system/flux-system: the sync root, which bootstrap or the Flux operator writes",
	}
	if diff := cmp.Diff(want, i.Kept); diff != "" {
		t.Error(diff)
	}
	if different := verified(t, r, c, i); len(different) > 0 {
		t.Error(different)
	}
}

// TestImportEscapesOnlyWhatIsSubstituted holds that an object whose variables Flux leaves
// alone is declared as it is written.
func TestImportEscapesOnlyWhatIsSubstituted(t *testing.T) {
	disabled := strings.Replace(kustomization("apps", "./apps", "  postBuild: {substitute: {A: '${B}'}}\n"),
		"  name: apps\n", "  name: apps\n  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}\n", 1)
	r, c, i := importOf(t, "  postBuild: {substitute: {CLUSTER: prod}}\n", map[string]string{
		"clusters/prod/apps.yaml": disabled,
		"apps/cm.yaml":            configMap("apps"),
	})
	if got := i.Graph.Vertex("flux-system", "apps").Object().Spec.PostBuild.Substitute["A"]; got != "${B}" {
		t.Error(got)
	}
	if different := verified(t, r, c, i); len(different) > 0 {
		t.Error(different)
	}
}
