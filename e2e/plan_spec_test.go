package e2e

import (
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// TestPlanOldSpec has nodes see a revision before the spec that it has for them: what
// applies them comes later.
func TestPlanOldSpec(t *testing.T) {
	t.Parallel()
	const node, data, other = "Kustomization/node", "ConfigMap/data", "ConfigMap/other"
	for _, c := range []struct {
		name   string
		commit func(*fleet.Fleet) map[string]string
		row    proof.Row
		gone   []string
		kept   []string
	}{
		{name: "path", gone: []string{data}, kept: []string{node, other}, row: proof.Row{
			Claim:    "A Kustomization whose path one commit changes, with what is in it, builds its old path from the new revision where it reconciles before its parent, and prunes what is not there any more",
			Observed: "the ConfigMap has another UID; the Kustomization has the same, and its new path"},
			commit: func(f *fleet.Fleet) map[string]string {
				return map[string]string{root + "/node.yaml": applying(f, "node", "./moved"),
					"node/data.yaml": "", "node/README.md": "# Moved\n", "moved/data.yaml": fleet.ConfigMap(f.Namespace, "data", "1")}
			}},
		{name: "adopted", gone: []string{other}, kept: []string{node, data}, row: proof.Row{
			Claim:    "An object that one commit moves into the folder that a Kustomization leaves in the same commit is deleted by that Kustomization: it applies the object from its old path first, and so owns it",
			Observed: "the ConfigMap is gone; the one that both folders hold has the same UID"},
			commit: func(f *fleet.Fleet) map[string]string {
				return map[string]string{root + "/node.yaml": applying(f, "node", "./moved"), "moved/data.yaml": fleet.ConfigMap(f.Namespace, "data", "1"),
					"other/other.yaml": "", "other/README.md": "# Empty\n", "node/other.yaml": fleet.ConfigMap(f.Namespace, "other", "1")}
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := suite.New(t, "plan-spec-"+c.name)
			f.Push(map[string]string{
				root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
				root + "/node.yaml":                  applying(f, "node", "./node"),
				root + "/other.yaml":                 applying(f, "other", "./other", "prune: true", "prune: false"),
				"node/data.yaml":                     fleet.ConfigMap(f.Namespace, "data", "1"),
				"other/other.yaml":                   fleet.ConfigMap(f.Namespace, "other", "1"),
			})
			f.Bootstrap(sync(f.Namespace, root))
			f.Ready("flux-system", "node", "other")
			before := identify(t, f, node, data, other)
			f.Suspend("flux-system") // so that it certainly comes later than node
			f.Push(c.commit(f))
			f.Reconcile("node") // as the new revision makes it do
			if c.name == "path" {
				before.gone(f, data)
			} else {
				f.OwnedBy("node", "ConfigMap", "other")
			}
			f.Resume("flux-system")
			f.Until("spec.path is the new one", func() (bool, string) {
				path := f.Kustomization("node").Spec.Path
				return path == "./moved", path
			})
			before.gone(f, c.gone...)
			f.Ready("flux-system", "node")
			before.kept(t, f, c.kept...)
			table.Add(c.row)
		})
	}
}

// TestPlanStray deletes the file of a Kustomization that nothing deletes, and an object of
// its folder.
func TestPlanStray(t *testing.T) {
	t.Parallel()
	f := suite.New(t, "plan-stray")
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
		root + "/node.yaml":                  applying(f, "node", "./node", annotated("prune: disabled")...),
		"node/data.yaml":                     fleet.ConfigMap(f.Namespace, "data", "1"),
		"node/other.yaml":                    fleet.ConfigMap(f.Namespace, "other", "1"),
	})
	f.Bootstrap(sync(f.Namespace, root))
	f.Ready("flux-system", "node")
	before := identify(t, f, "Kustomization/node", "ConfigMap/data", "ConfigMap/other")
	f.Push(map[string]string{root + "/node.yaml": "", "node/data.yaml": ""})
	before.gone(f, "ConfigMap/data")
	f.Ready("flux-system", "node")
	before.kept(t, f, "Kustomization/node", "ConfigMap/other")
	table.Add(proof.Row{Claim: "A Kustomization that goes on running after its file is gone prunes what leaves its folder", Observed: "the ConfigMap whose file is gone was deleted; the Kustomization and its other ConfigMap have the same UID"})
}

// TestPlanHandover moves a child away from the sync Kustomization, which a command suspends;
// TestPlanMove does it by the steps that plan prints.
func TestPlanHandover(t *testing.T) {
	t.Parallel()
	f := suite.New(t, "plan-handover")
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
		root + "/infra.yaml":                 applying(f, "infra", "./infra"),
		root + "/child.yaml":                 applying(f, "child", "./child"),
		"infra/other.yaml":                   fleet.ConfigMap(f.Namespace, "other", "1"),
		"child/data.yaml":                    fleet.ConfigMap(f.Namespace, "data", "1"),
	})
	f.Bootstrap(sync(f.Namespace, root))
	f.Ready("flux-system", "infra", "child")
	before := identify(t, f, "Kustomization/child", "ConfigMap/data")
	f.Suspend("flux-system")
	f.Push(map[string]string{root + "/child.yaml": "", "infra/child.yaml": applying(f, "child", "./child")})
	f.OwnedBy("infra", "Kustomization", "child")
	f.Resume("flux-system")
	f.Ready("flux-system", "infra", "child")
	before.kept(t, f, "Kustomization/child", "ConfigMap/data")
	table.Add(proof.Row{Claim: "A child moves from the sync Kustomization to another parent without loss: the sync Kustomization is suspended by a command, and resumed when the new parent owns the child", Observed: "child and its ConfigMap have the same UID"})
}
