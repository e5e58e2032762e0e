package e2e

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// kustomization is a file of a Kustomization that applies ./apps.
func kustomization(namespace, name, more string) string {
	return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ` + name + `
  namespace: ` + namespace + `
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
` + more
}

// renaming brings up a Kustomization "old" that applies a ConfigMap, and returns the
// UID of that.
func renaming(t *testing.T, namespace string) (*fleet.Fleet, string) {
	t.Helper()
	f := suite.New(t, namespace)
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(namespace, root),
		root + "/old.yaml":                   kustomization(namespace, "old", ""),
		"apps/configmap.yaml":                fleet.ConfigMap(namespace, "data", "1"),
	})
	f.Bootstrap(sync(namespace, root))
	f.Ready("old")
	return f, string(f.Object("ConfigMap", "data").GetUID())
}

// TestRename shows what becomes of the objects of a Kustomization that gets another name.
func TestRename(t *testing.T) {
	t.Parallel()
	t.Run("naive", func(t *testing.T) {
		t.Parallel()
		f, before := renaming(t, "rename-naive")
		f.Push(map[string]string{root + "/old.yaml": "", root + "/new.yaml": kustomization(f.Namespace, "new", "")})
		f.Absent("Kustomization", "old")
		f.Ready("new")
		f.Reconcile("new") // whoever came first: now new has applied it
		if after := string(f.Object("ConfigMap", "data").GetUID()); after == before {
			t.Errorf("the object is still the same, %s", before)
		}
		table.Add(proof.Row{Claim: "A Kustomization that is renamed in one commit, with prune, has its objects deleted and created anew", Observed: "the ConfigMap has another UID"})
	})
	t.Run("safe", func(t *testing.T) {
		t.Parallel()
		f, before := renaming(t, "rename-safe")
		f.Push(map[string]string{root + "/old.yaml": kustomization(f.Namespace, "old", "  suspend: true\n")})
		f.Until("old is suspended", func() (bool, string) { return f.Kustomization("old").Spec.Suspend, "" })
		f.Push(map[string]string{root + "/new.yaml": kustomization(f.Namespace, "new", "")})
		f.Ready("new")
		f.OwnedBy("new", "ConfigMap", "data")
		f.Push(map[string]string{root + "/old.yaml": ""})
		f.Absent("Kustomization", "old")
		f.Ready("new")
		if after := string(f.Object("ConfigMap", "data").GetUID()); after != before {
			t.Errorf("the object is another: %s, not %s", after, before)
		}
		table.Add(proof.Row{Claim: "Suspend the old, create the new, wait until it is ready, delete the old: a renamed Kustomization keeps its objects", Observed: "the ConfigMap has the same UID"})
	})
}

// TestOrderOfSubstituteFrom shows which of several sources of a variable wins.
func TestOrderOfSubstituteFrom(t *testing.T) {
	t.Parallel()
	const namespace = "substitute-order"
	f := suite.New(t, namespace)
	f.Manifests(fleet.ConfigMap(namespace, "one", "first"), fleet.ConfigMap(namespace, "two", "second"))
	from := "  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: one\n      - kind: ConfigMap\n        name: two\n"
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(namespace, root),
		root + "/from.yaml":                  kustomization(namespace, "from", from),
		root + "/both.yaml":                  strings.Replace(kustomization(namespace, "both", from+"    substitute:\n      value: third\n"), "./apps", "./both", 1),
		"apps/configmap.yaml":                fleet.ConfigMap(namespace, "from", "${value}"),
		"both/configmap.yaml":                fleet.ConfigMap(namespace, "both", "${value}"),
	})
	f.Bootstrap(sync(namespace, root))
	f.Ready("from", "both")
	for name, want := range map[string]string{"from": "second", "both": "third"} {
		got, _ := f.Object("ConfigMap", name).Object["data"].(map[string]any)["value"].(string)
		if got != want {
			t.Errorf("%s has %q, want %q", name, got, want)
		}
	}
	table.Add(proof.Row{Claim: "A later substituteFrom overrides an earlier one, and substitute overrides both", Observed: "two ConfigMaps with first and second: second; with third in substitute: third"})
}
