package e2e

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// TestPlanHeir moves an object to a Kustomization that waits for the one that had it.
func TestPlanHeir(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		safe bool
		row  proof.Row
	}{
		{name: "late", row: proof.Row{
			Claim:    "An object that one commit moves to a Kustomization which depends on the one that had it is deleted, and created anew",
			Observed: "the ConfigMap has another UID, and the other Kustomization as its owner"}},
		{name: "kept", safe: true, row: proof.Row{
			Claim:    "The annotation kustomize.toolkit.fluxcd.io/prune: disabled on an object, in a commit before, keeps it while it moves to a Kustomization which depends on the one that had it; a commit after takes the annotation off",
			Observed: "the ConfigMap has the same UID, the other Kustomization as its owner, and no annotation"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := suite.New(t, "plan-heir-"+c.name)
			data := fleet.ConfigMap(f.Namespace, "data", "1")
			kept := strings.Replace(data, "metadata: {", "metadata: {annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}, ", 1)
			f.Push(map[string]string{
				root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
				root + "/old.yaml":                   applying(f, "old", "./old"),
				root + "/new.yaml":                   applying(f, "new", "./new", with("dependsOn: [{name: old}]")...),
				"old/data.yaml":                      data,
				"old/other.yaml":                     fleet.ConfigMap(f.Namespace, "other", "1"),
				"new/more.yaml":                      fleet.ConfigMap(f.Namespace, "more", "1"),
			})
			f.Bootstrap(sync(f.Namespace, root))
			f.Ready("flux-system", "old", "new")
			before := identify(t, f, "ConfigMap/data", "ConfigMap/other")
			moved := data
			if c.safe {
				moved = kept
				f.Push(map[string]string{"old/data.yaml": kept})
				f.Ready("old", "new")
			}
			f.Push(map[string]string{"old/data.yaml": "", "new/data.yaml": moved})
			f.Ready("old", "new")
			f.OwnedBy("new", "ConfigMap", "data")
			if c.safe {
				f.Push(map[string]string{"new/data.yaml": data})
				f.Ready("old", "new")
				before.kept(t, f, "ConfigMap/data")
				if len(f.Object("ConfigMap", "data").GetAnnotations()) > 0 {
					t.Error("the annotation is still there")
				}
			} else {
				before.gone(f, "ConfigMap/data")
			}
			before.kept(t, f, "ConfigMap/other")
			table.Add(c.row)
		})
	}
}
