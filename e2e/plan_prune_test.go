package e2e

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// TestPlanDisabled deletes the file of a Kustomization that its parent shall not prune.
func TestPlanDisabled(t *testing.T) {
	t.Parallel()
	label := []string{"metadata:\n", "metadata:\n  labels:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n"}
	for _, c := range []struct {
		name  string
		start []string // of the file in the first commit
		then  []string // of the file in the second
		gone  bool
		row   proof.Row
	}{
		{name: "annotation", start: annotated("prune: disabled"), row: proof.Row{
			Claim:    "A Kustomization with the annotation kustomize.toolkit.fluxcd.io/prune: disabled stays when its file is deleted, and goes on applying",
			Observed: "the Kustomization and its ConfigMap have the same UID; the next commit to its path is applied"}},
		{name: "label", start: label, row: proof.Row{
			Claim:    "A Kustomization with the label kustomize.toolkit.fluxcd.io/prune: disabled stays when its file is deleted, and goes on applying",
			Observed: "the Kustomization and its ConfigMap have the same UID; the next commit to its path is applied"}},
		{name: "case", start: annotated("prune: Disabled"), row: proof.Row{
			Claim:    "The value of the annotation kustomize.toolkit.fluxcd.io/prune may be in upper or lower case",
			Observed: "prune: Disabled: the Kustomization and its ConfigMap have the same UID"}},
		{name: "removed", start: annotated("prune: disabled"), then: []string{}, gone: true, row: proof.Row{
			Claim:    "A Kustomization whose annotation kustomize.toolkit.fluxcd.io/prune: disabled was removed in a commit before is deleted with its file",
			Observed: "the Kustomization and its ConfigMap are gone"}},
		{name: "reconcile", then: annotated("reconcile: disabled"), gone: true, row: proof.Row{
			Claim:    "The annotation kustomize.toolkit.fluxcd.io/reconcile: disabled, added to the file of a Kustomization that exists, is never applied, and protects nothing when the file is deleted",
			Observed: "the Kustomization never had the annotation; it and its ConfigMap are gone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := suite.New(t, "plan-disabled-"+c.name)
			f.Push(map[string]string{
				root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
				root + "/node.yaml":                  applying(f, "node", "./node", c.start...),
				"node/data.yaml":                     fleet.ConfigMap(f.Namespace, "data", "1"),
			})
			f.Bootstrap(sync(f.Namespace, root))
			f.Ready("node")
			before := identify(t, f, "Kustomization/node", "ConfigMap/data")
			if c.then != nil {
				f.Push(map[string]string{root + "/node.yaml": applying(f, "node", "./node", c.then...)})
				f.Ready("flux-system", "node")
				before.kept(t, f, "Kustomization/node", "ConfigMap/data")
				for name := range f.Object("Kustomization", "node").GetAnnotations() {
					if strings.HasPrefix(name, "kustomize.toolkit.fluxcd.io/") {
						t.Errorf("the annotation %s is there", name)
					}
				}
			}
			f.Push(map[string]string{root + "/node.yaml": ""})
			f.Ready("flux-system") // it has pruned what it prunes
			if c.gone {
				before.gone(f, "Kustomization/node", "ConfigMap/data")
			} else {
				f.Push(map[string]string{"node/more.yaml": fleet.ConfigMap(f.Namespace, "more", "1")})
				f.Ready("flux-system", "node")
				f.Exists("ConfigMap", "more")
				before.kept(t, f, "Kustomization/node", "ConfigMap/data")
			}
			table.Add(c.row)
		})
	}
}

// TestPlanAdoption deletes a parent in the commit that moves its child's file to the
// cluster's folder.
func TestPlanAdoption(t *testing.T) {
	t.Parallel()
	const child, data = "Kustomization/child", "ConfigMap/data"
	for _, c := range []struct {
		name  string
		child []string
		empty bool // the parent's folder is gone with the child's file
		lost  bool
		row   proof.Row
	}{
		{name: "late", lost: true, row: proof.Row{
			Claim:    "A child whose file one commit moves from its parent, which goes, to another is deleted where the old parent sees the revision first",
			Observed: "child and its ConfigMap have another UID"}},
		{name: "empty", empty: true, row: proof.Row{
			Claim:    "A child whose file one commit moves from its parent, which goes, to another stays where the old parent's folder is gone: that one cannot build, and the new one owns child before it deletes the old parent",
			Observed: "child and its ConfigMap have the same UID"}},
		{name: "disabled", child: annotated("prune: disabled"), row: proof.Row{
			Claim:    "A child that has the annotation kustomize.toolkit.fluxcd.io/prune: disabled can be moved from a parent that goes to another in one commit, even where the old parent sees the revision first",
			Observed: "child and its ConfigMap have the same UID"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, before := family(t, "plan-adoption-"+c.name, nil, c.child)
			f.Suspend("flux-system") // so that it certainly comes later than infra
			files := map[string]string{root + "/infra.yaml": "", "infra/child.yaml": "", root + "/child.yaml": applying(f, "child", "./child", c.child...)}
			if c.empty {
				files["infra"] = ""
			}
			f.Push(files)
			f.Reconcile("infra") // as the new revision makes it do
			if c.lost {
				before.gone(f, child, data)
			}
			f.Resume("flux-system")
			f.Absent("Kustomization", "infra")
			f.OwnedBy("flux-system", "Kustomization", "child")
			f.Ready("flux-system", "child")
			if !c.lost {
				before.kept(t, f, child, data)
			}
			table.Add(c.row)
		})
	}
}
