package e2e

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// What a cluster of one node is made of.
const (
	syncing = "Kustomization/flux-system"
	source  = "GitRepository/flux-system"
	node    = "Kustomization/node"
	data    = "ConfigMap/data"
)

// cluster brings up a cluster of one node, with gotk-sync.yaml after edits.
func cluster(t *testing.T, namespace string, files map[string]string, edits ...string) (*fleet.Fleet, identities) {
	t.Helper()
	f := suite.New(t, namespace)
	bootstrap := strings.NewReplacer(edits...).Replace(sync(namespace, root))
	all := map[string]string{
		root + "/flux-system/gotk-sync.yaml": bootstrap,
		root + "/node.yaml":                  applying(f, "node", "./node"),
		"node/data.yaml":                     fleet.ConfigMap(namespace, "data", "1"),
	}
	maps.Copy(all, files)
	f.Push(all)
	f.Bootstrap(bootstrap)
	f.Ready("flux-system", "node")
	f.OwnedBy("flux-system", "Kustomization", "flux-system")
	return f, identify(t, f, syncing, source, node, data)
}

// TestPlanSync takes away what "flux bootstrap" wrote.
func TestPlanSync(t *testing.T) {
	t.Parallel()
	const gotk = root + "/flux-system/gotk-sync.yaml"
	for _, c := range []struct {
		name       string
		edits      []string
		files      map[string]string // that are there from the beginning
		commit     map[string]string
		gone, kept []string
		says       string // what the sync Kustomization says, where it is not ready
		row        proof.Row
	}{
		{name: "prune", commit: map[string]string{gotk: ""}, gone: []string{syncing, source, node, data}, row: proof.Row{
			Claim:    "A commit that deletes gotk-sync.yaml, with prune: true, has the sync Kustomization delete itself, the GitRepository, every node, though their files stay, and what those applied",
			Observed: "all four are gone"}},
		{name: "no-prune", edits: []string{"prune: true", "prune: false"}, commit: map[string]string{gotk: ""}, kept: []string{syncing, source, node, data}, row: proof.Row{
			Claim:    "A commit that deletes gotk-sync.yaml, with prune: false on the sync Kustomization, deletes nothing",
			Observed: "all have the same UID, and the sync Kustomization is ready"}},
		{name: "disabled", edits: []string{"kind: Kustomization\nmetadata:\n", "kind: Kustomization\nmetadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n"},
			commit: map[string]string{gotk: ""}, gone: []string{source}, kept: []string{syncing, node, data}, says: `not found`, row: proof.Row{
				Claim:    "A commit that deletes gotk-sync.yaml, where the sync Kustomization has the annotation kustomize.toolkit.fluxcd.io/prune: disabled, deletes the GitRepository: no further commit arrives",
				Observed: "the GitRepository is gone; the Kustomizations and the ConfigMap have the same UID"}},
		{name: "listed", files: map[string]string{root + "/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n"},
			commit: map[string]string{gotk: ""}, kept: []string{syncing, source, node, data}, says: `kustomize build failed`, row: proof.Row{
				Claim:    "A commit that deletes gotk-sync.yaml, but not its line in kustomization.yaml, fails the build: nothing is deleted",
				Observed: "flux-system: kustomize build failed; all have the same UID"}},
		{name: "folder", commit: map[string]string{root: ""}, kept: []string{syncing, source, node, data}, says: `kustomization path not found`, row: proof.Row{
			Claim:    "A commit that deletes the whole folder of a cluster deletes nothing",
			Observed: "flux-system: kustomization path not found; all have the same UID"}},
		{name: "emptied", files: map[string]string{root + "/README.md": "# A cluster\n"}, commit: map[string]string{root + "/flux-system": "", root + "/node.yaml": ""},
			gone: []string{syncing, source, node, data}, row: proof.Row{
				Claim:    "A commit that deletes every manifest in the folder of a cluster, with another file left in it, has the sync Kustomization delete itself and everything else",
				Observed: "all four are gone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, before := cluster(t, "plan-sync-"+c.name, c.files, c.edits...)
			f.Push(maps.Clone(c.commit))
			before.gone(f, c.gone...)
			if c.says != "" {
				f.Reconcile("flux-system") // without its source nothing else makes it
				f.Says("flux-system", regexp.MustCompile(c.says))
			} else if len(c.gone) == 0 {
				f.Ready("flux-system")
			}
			before.kept(t, f, c.kept...)
			table.Add(c.row)
		})
	}
}

// TestPlanPath moves the folder of a cluster, which the sync Kustomization's path names.
func TestPlanPath(t *testing.T) {
	t.Parallel()
	const there = "clusters/there"
	moved := func(f *fleet.Fleet) map[string]string {
		return map[string]string{
			there + "/flux-system/gotk-sync.yaml": sync(f.Namespace, there),
			there + "/node.yaml":                  applying(f, "node", "./node"),
		}
	}
	path := func(f *fleet.Fleet) string { return f.Kustomization("flux-system").Spec.Path }
	t.Run("at once", func(t *testing.T) {
		t.Parallel()
		f, before := cluster(t, "plan-path-once", nil)
		files := moved(f)
		files[root] = ""
		f.Push(files)
		f.Says("flux-system", regexp.MustCompile("kustomization path not found"))
		f.Reconcile("flux-system") // it changes nothing
		f.Says("flux-system", regexp.MustCompile("kustomization path not found"))
		before.kept(t, f, syncing, source, node, data)
		if path(f) != "./"+root {
			t.Errorf("spec.path is %s", path(f))
		}
		f.Bootstrap(sync(f.Namespace, there)) // by hand
		f.Ready("flux-system", "node")
		before.kept(t, f, syncing, source, node, data)
		table.Add(proof.Row{Claim: "A commit that moves the folder of a cluster, and spec.path in its gotk-sync.yaml, never reaches the cluster: the sync Kustomization fails at the old path until gotk-sync.yaml is applied by hand", Observed: "flux-system: kustomization path not found, spec.path is the old one; after the apply it is ready; all have the same UID throughout"})
	})
	t.Run("copied first", func(t *testing.T) {
		t.Parallel()
		f, before := cluster(t, "plan-path-copied", nil)
		files := moved(f)
		files[root+"/flux-system/gotk-sync.yaml"] = sync(f.Namespace, there)
		f.Push(files)
		f.Until("spec.path is the new one", func() (bool, string) { return path(f) == "./"+there, path(f) })
		f.Ready("flux-system", "node")
		f.Push(map[string]string{root: ""})
		f.Ready("flux-system", "node")
		f.Reconcile("flux-system")
		before.kept(t, f, syncing, source, node, data)
		table.Add(proof.Row{Claim: "The folder of a cluster moves in two commits: one copies it, with the new spec.path in both gotk-sync.yaml, one deletes the old. Nothing is deleted", Observed: "the sync Kustomization, the GitRepository, the node and its ConfigMap have the same UID"})
	})
	t.Run("only the sync stays", func(t *testing.T) {
		t.Parallel()
		f, before := cluster(t, "plan-path-left", nil)
		files := moved(f)
		files[root+"/flux-system/gotk-sync.yaml"] = sync(f.Namespace, there)
		files[root+"/node.yaml"] = ""
		f.Push(files)
		f.Until("spec.path is the new one", func() (bool, string) { return path(f) == "./"+there, path(f) })
		before.gone(f, node, data)
		before.kept(t, f, syncing, source)
		table.Add(proof.Row{Claim: "A commit that moves the nodes of a cluster to another folder, and leaves in the old one a gotk-sync.yaml with the new spec.path, deletes the nodes and what they applied: the old path is built once more", Observed: "the node and its ConfigMap are gone, or have another UID; the sync Kustomization has the new path"})
	})
}
