package repo

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/golden/synthetic"
)

// inPiecesOf has f load something with pieces of n entries.
func inPiecesOf(n int, f func() *Repository) *Repository {
	defer func(most int) { maxPiece = most }(maxPiece)
	maxPiece = n
	return f()
}

// samePieces fails where a repository is another one when it is built in pieces.
func samePieces(t *testing.T, dir string, o Options) {
	t.Helper()
	o.Digests = true
	load := func() *Repository {
		r, err := Load(dir, o)
		if err != nil {
			t.Skip(err)
		}
		return r
	}
	whole, pieces := inPiecesOf(1<<20, load), inPiecesOf(1, load)
	for i, c := range whole.Clusters {
		if different := differences(c, pieces.Clusters[i]); len(different) > 0 {
			t.Error(different)
		}
		if a, b := fmt.Sprint(c.Check()), fmt.Sprint(pieces.Clusters[i].Check()); a != b {
			t.Errorf("whole:\n%s\nin pieces:\n%s", a, b)
		}
		if a, b := digests(c), digests(pieces.Clusters[i]); a != b {
			t.Errorf("whole:\n%s\nin pieces:\n%s", a, b)
		}
	}
}

// digests writes what the nodes apply, in order.
func digests(c *Cluster) string {
	var b strings.Builder
	for v := range c.Graph.Vertices() {
		for _, o := range c.Objects[v.Key()] {
			fmt.Fprintln(&b, v.Key(), o.ID(), o.Digest(), o.Position)
		}
	}
	return b.String()
}

// TestPieces holds that what is built in pieces is what kustomize builds at once: of every
// repository here, and where the pieces would differ.
func TestPieces(t *testing.T) {
	files, err := filepath.Glob(golden.Path(t, "repo/*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			f, dir := readFixture(t, "repo/"+name)
			if f.unreadable {
				t.Skip("nobody may read it")
			}
			samePieces(t, dir, f.options)
		})
	}
	const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: default}\n"
	const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: {serviceAccountName: a, containers: [{name: a, image: a}]}\n"
	base := func(kustomization string) map[string]string {
		return map[string]string{"clusters/prod/flux-system/gotk-sync.yaml": gotkSync, "clusters/prod/apps.yaml": child("apps"),
			"apps/pod.yaml": pod, "apps/sub/account.yaml": account, "apps/sub/kustomization.yaml": kustomization}
	}
	for name, files := range map[string]map[string]string{
		"a name that changes":  base("resources: [account.yaml]\nnamePrefix: x-\n"),
		"a patch that renames": base("resources: [account.yaml]\npatches:\n- target: {kind: ServiceAccount}\n  patch: |\n    - {op: replace, path: /metadata/name, value: b}\n"),
		"a variable":           base("resources: [account.yaml]\nvars:\n- name: A\n  objref: {kind: ServiceAccount, name: a, apiVersion: v1}\n"),
		"a patch":              base("resources: [account.yaml]\npatches:\n- target: {kind: ServiceAccount}\n  patch: |\n    - {op: add, path: /automountServiceAccountToken, value: false}\n"),
		"an object twice": {"clusters/prod/flux-system/gotk-sync.yaml": gotkSync, "clusters/prod/apps.yaml": child("apps"),
			"apps/a.yaml": account, "apps/b.yaml": account},
		"many": synthetic.Repository(20),
	} {
		t.Run(name, func(t *testing.T) { samePieces(t, writeTree(t, files), Options{}) })
	}
}

func child(name string) string { return kustomization(name, "./"+name, "") }
