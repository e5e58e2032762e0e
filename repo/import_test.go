package repo

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// importOf imports the cluster of a repository of those files, beside a sync root
// with more in its spec.
func importOf(t *testing.T, more string, files map[string]string) (*Repository, *Cluster, *Import) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "clusters/prod/flux-system/gotk-sync.yaml", []byte(gotkSync+more))
	for name, data := range files {
		write(t, dir, name, []byte(data))
	}
	r, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r, r.Clusters[0], r.Clusters[0].Import("prod", "clusters/prod")
}

// TestImportEscapes holds that what has been substituted once is not substituted again
// by a sync root with variables.
func TestImportEscapes(t *testing.T) {
	r, c, i := importOf(t, "  postBuild: {substitute: {CLUSTER: prod}}\n", map[string]string{
		"clusters/prod/apps.yaml": kustomization("apps", "./apps", "  postBuild: {substitute: {A: '$${B:=z}', C: '${CLUSTER}'}}\n"),
		"apps/cm.yaml":            configMap("apps"),
	})
	want := map[string]string{"A": "$${B:=z}", "C": "prod"}
	if diff := cmp.Diff(want, i.Graph.Vertex("flux-system", "apps").Object().Spec.PostBuild.Substitute); diff != "" {
		t.Error(diff)
	}
	if different := verified(t, r, c, i); len(different) > 0 {
		t.Error(different)
	}
	// And Verify sees it where it is not escaped.
	c.rootSubstitutes = false
	if different := verified(t, r, c, c.Import("prod", "clusters/prod")); len(different) == 0 {
		t.Error("an escape was lost, and Verify passed")
	}
}

// TestImportFileNames holds that no generated file goes where another one stays.
func TestImportFileNames(t *testing.T) {
	r, c, i := importOf(t, "", map[string]string{
		"clusters/prod/a.yaml":             configMap("a"),
		"clusters/prod/b.yaml":             configMap("b") + kustomization("b", "./apps", ""),
		"clusters/prod/flux-system-b.yaml": configMap("c"),
		"clusters/prod/c.yaml":             kustomization("c", "./apps", ""),
		"clusters/prod/stack.yaml":         kustomization("a", "./apps", ""),
		"apps/cm.yaml":                     configMap("apps"),
	})
	var files []string
	for v := range i.Graph.Vertices() {
		files = append(files, v.File())
	}
	slices.Sort(files)
	if diff := cmp.Diff([]string{"c.yaml", "flux-system-a.yaml", "flux-system-b-2.yaml"}, files); diff != "" {
		t.Error(diff)
	}
	if different := verified(t, r, c, i); len(different) > 0 {
		t.Error(different)
	}
}

// TestImportKeepsWhatOnlyAParentSubstitutes holds that a Kustomization whose spec holds
// a variable that the cluster gives its parent stays where it is.
func TestImportKeepsWhatOnlyAParentSubstitutes(t *testing.T) {
	r, c, i := importOf(t, "", map[string]string{
		"clusters/prod/parent.yaml": kustomization("parent", "./parent", "  postBuild: {substituteFrom: [{kind: Secret, name: vars}]}\n"),
		"parent/child.yaml":         kustomization("child", "./apps", "  targetNamespace: ${WHERE}\n"),
		"apps/cm.yaml":              configMap("apps"),
	})
	if i.Graph.Vertex("flux-system", "child") != nil || !strings.Contains(strings.Join(i.Kept, "\n"), "child: it holds ${WHERE}, which only flux-system/parent can substitute") {
		t.Error(i.Kept)
	}
	if different := verified(t, r, c, i); len(different) > 0 {
		t.Error(different)
	}
}

// TestVerifyTellsLosses holds that what no declaration can hold is a difference.
func TestVerifyTellsLosses(t *testing.T) {
	r, c, i := importOf(t, "", map[string]string{
		"clusters/prod/apps.yaml": kustomization("apps", "./apps", "  bogus: 1\n"),
		"apps/cm.yaml":            configMap("apps"),
	})
	if different := verified(t, r, c, i); len(different) != 1 || !strings.Contains(different[0], "spec.bogus is not carried") {
		t.Error(different)
	}
}

// TestOptionalConfigMapsDoNotHoldUp holds that a node which Flux would build goes before
// one that waits for what it brings.
func TestOptionalConfigMapsDoNotHoldUp(t *testing.T) {
	_, c, _ := importOf(t, "", map[string]string{
		"clusters/prod/a.yaml": kustomization("a", "./a", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: x}]}\n"),
		"clusters/prod/b.yaml": kustomization("b", "./b", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: y, optional: true}]}\n"),
		"a/child.yaml":         kustomization("child", "./c-${X}", ""),
		"b/cm.yaml":            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: flux-system}\ndata: {X: '1'}\n",
		"c-1/cm.yaml":          configMap("c"),
	})
	if len(c.Graph.Boundaries()) > 0 || c.Graph.Vertex("flux-system", "child").Object().Spec.Path != "./c-1" {
		t.Error(c.Graph.Boundaries())
	}
}
