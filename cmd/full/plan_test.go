package full

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/schema"
)

const (
	fleet = "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\n" +
		"spec:\n  interval: 1m\n  url: https://git.example.com/fleet.git\n  ref: {branch: main}\n---\n"
	fleetSync = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux-system, namespace: flux-system}\n" +
		"spec:\n  interval: 1m\n  path: ./clusters/x\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n"
	fleetApps = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\n" +
		"spec:\n  interval: 1m\n  path: ./apps\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n"
	fleetMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n"
)

// sidesOf reads a repository of some files with p.
func sidesOf(t *testing.T, p *planning, files map[string]string, base []plan.Side) []plan.Side {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := cmd.Snapshot{Folder: dir, Base: base}
	if base != nil {
		s.Differs = func(string) bool { return true }
	}
	c := &cobra.Command{}
	c.SetErr(io.Discard)
	sides, err := p.sides(c, s)
	if err != nil {
		t.Fatal(err)
	}
	return sides
}

// TestSyncGone follows the sync file of a cluster: where it stays, goes, and moves.
func TestSyncGone(t *testing.T) {
	const sync = "clusters/x/flux-system/gotk-sync.yaml"
	files := func(more ...string) map[string]string {
		all := map[string]string{"apps/a.yaml": fleetMap}
		for i := 0; i < len(more); i += 2 {
			all[more[i]] = more[i+1]
		}
		return all
	}
	p := planning{version: fluxVersion{schema.Default}}
	base := sidesOf(t, &p, files(sync, fleet+fleetSync, "clusters/x/apps.yaml", fleetApps), nil)
	if len(base) != 1 || base[0].Source != "https://git.example.com/fleet main" || base[0].SyncRoot != "flux-system/flux-system" || base[0].SyncGone {
		t.Fatalf("%+v", base)
	}
	for name, c := range map[string]struct {
		files map[string]string
		root  string // of the only cluster; empty where there is none
		gone  bool
	}{
		"stays":   {files(sync, fleet+fleetSync, "clusters/x/apps.yaml", fleetApps), "clusters/x", false},
		"goes":    {files("clusters/x/apps.yaml", fleetApps), "clusters/x", true},
		"all":     {files(), "", false},
		"emptied": {files("clusters/x/README", ""), "clusters/x", true}, // Flux builds it, and prunes everything
		"by hand": {files("clusters/x/flux-system/gotk-patch.yaml", fleetMap), "clusters/x", true},
	} {
		t.Run(name, func(t *testing.T) {
			head := sidesOf(t, &p, c.files, base)
			if c.root == "" && len(head) == 0 {
				return
			}
			if len(head) != 1 || head[0].Root != c.root || head[0].SyncGone != c.gone || head[0].Name != "x" {
				t.Errorf("%+v", head)
			}
		})
	}
	t.Run("alike", func(t *testing.T) { // clusters of one repository have the same Kustomization, of the same source
		other := strings.ReplaceAll(fleet+fleetSync, "clusters/x", "other")
		both := sidesOf(t, &p, files(sync, fleet+fleetSync, "clusters/x/apps.yaml", fleetApps, "other/flux-system/gotk-sync.yaml", other), nil)
		head := sidesOf(t, &p, files("clusters/x/apps.yaml", fleetApps, "other/flux-system/gotk-sync.yaml", other), both)
		if len(both) != 2 || len(head) != 2 || head[0].SyncGone || head[1].Root != "clusters/x" || !head[1].SyncGone {
			t.Errorf("%+v", head)
		}
	})
	t.Run("moves", func(t *testing.T) {
		moved := "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux-system, namespace: flux-system}\n" +
			"spec:\n  interval: 1m\n  path: ./clusters/y\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n"
		head := sidesOf(t, &p, files("clusters/y/flux-system/gotk-sync.yaml", fleet+moved, "clusters/y/apps.yaml", fleetApps, "clusters/x/left.yaml", fleetMap), base)
		if len(head) != 2 || head[0].Root != "clusters/y" || head[0].SyncGone || head[0].Source != base[0].Source || head[1].Root != "clusters/x" || !head[1].SyncGone {
			t.Errorf("what is left in the old folder is built once more: %+v", head)
		}
		head = sidesOf(t, &p, files("clusters/y/flux-system/gotk-sync.yaml", fleet+moved, "clusters/y/apps.yaml", fleetApps), base)
		if len(head) != 1 || head[0].Root != "clusters/y" || head[0].SyncGone {
			t.Errorf("%+v", head)
		}
		head = sidesOf(t, &p, files("clusters/y/flux-system/gotk-sync.yaml", fleet+moved, "clusters/y/apps.yaml", fleetApps, sync, fleet+moved), base)
		if len(head) != 2 || head[0].SyncGone || head[1].Root != "clusters/x" || head[1].SyncGone {
			t.Errorf("the old folder says where to go: %+v", head)
		}
	})
	t.Run("another", func(t *testing.T) {
		other := "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: other, namespace: flux-system}\n" +
			"spec:\n  interval: 1m\n  path: ./clusters/y\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n"
		head := sidesOf(t, &p, files("clusters/y/flux-system/gotk-sync.yaml", fleet+other, "clusters/x/apps.yaml", fleetApps), base)
		if len(head) != 2 || head[0].Root != "clusters/x" || !head[0].SyncGone || head[1].SyncGone {
			t.Errorf("%+v", head)
		}
	})
}
