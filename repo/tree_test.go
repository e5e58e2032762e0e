package repo

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
)

// brief lists findings as "code file: message".
func briefly(found dag.Diagnostics) string {
	var b strings.Builder
	for _, d := range found {
		b.WriteString(d.Code + " " + d.Position.File + ": " + d.Message + "\n")
	}
	return b.String()
}

// TestLinks holds that links that loop, that lead out of the repository, and that lead
// elsewhere in it are not followed, as they are in no artifact; a repository that is
// itself reached by a link is read.
func TestLinks(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, "secret/ks.yaml", []byte(kustomization("secret", "./nowhere", "")))
	dir := badRepository(t, "bad.yaml", []byte(configMap("bad")))
	for name, target := range map[string]string{
		"swallowed/loop": ".", "swallowed/up": "..", "swallowed/self.yaml": "self.yaml", "swallowed/out": outside, "clusters/prod/out.yaml": filepath.Join(outside, "secret/ks.yaml"),
		"swallowed/in.yaml": "../sound/cm.yaml", "clusters/prod/loop": "../../clusters", "dangling.yaml": "nowhere",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{dir, link} {
		r, err := Load(from, Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := slices.Concat(r.Clusters[0].Check(), r.Findings)
		if got := briefly(found); strings.Count(got, "\n") != 1 || !strings.Contains(got, "ConfigMap default/bad") {
			t.Errorf("%s", got) // two folders apply the same file, and nothing else is found
		}
		if r.Clusters[0].Graph.Len() != 4 {
			t.Errorf("%d nodes", r.Clusters[0].Graph.Len())
		}
	}
}

// TestNoRepository holds what Load says where there is nothing to read.
func TestNoRepository(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.yaml", []byte(configMap("a")))
	if _, err := Load(dir, Options{}); !errors.Is(err, ErrNoRoot) {
		t.Error(err)
	}
	if _, err := Load(filepath.Join(dir, "a.yaml"), Options{}); err == nil || !strings.Contains(err.Error(), "not a folder") {
		t.Error(err)
	}
	if _, err := Load(filepath.Join(dir, "nowhere"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := Load(dir, Options{Roots: []string{"nowhere"}}); err == nil || !strings.Contains(err.Error(), `"nowhere"`) {
		t.Error(err)
	}
}

// TestUnreadableSyncRoot holds that Load goes on where the root itself cannot be read.
func TestUnreadableSyncRoot(t *testing.T) {
	dir := badRepository(t, "bad.yaml", []byte(configMap("bad")))
	locked := filepath.Join(dir, "clusters/prod/apps.yaml")
	if err := errors.Join(os.Chmod(locked, 0), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	r, err := fixture{unreadable: true}.load(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := briefly(r.Findings); !strings.Contains(got, "FD337 clusters/prod/apps.yaml") {
		t.Error(got)
	}
	if got := briefly(r.Clusters[0].Check()); !strings.Contains(got, "FD322") || !strings.Contains(got, "permission denied") {
		t.Error(got)
	}
}

// TestRejectedOnce holds that two folders which build the same broken file, at the same
// time, both go on without it.
func TestRejectedOnce(t *testing.T) {
	for range 50 {
		dir := t.TempDir()
		write(t, dir, "clusters/prod/flux-system/gotk-sync.yaml", []byte(gotkSync))
		apps := ""
		for _, name := range strings.Split("abcdefgh", "") {
			apps += kustomization(name, "./"+name, "")
			write(t, dir, name+"/kustomization.yaml", []byte("resources: [cm.yaml, ../shared]\n"))
			write(t, dir, name+"/cm.yaml", []byte(configMap(name)))
		}
		write(t, dir, "clusters/prod/apps.yaml", []byte(apps))
		write(t, dir, "shared/kustomization.yaml", []byte("resources: [broken.yaml]\n"))
		write(t, dir, "shared/broken.yaml", []byte("a: b\n c: d\n"))
		r, err := Load(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range strings.Split("abcdefgh", "") {
			if objects := r.Clusters[0].Objects["flux-system/"+name]; len(objects) != 1 {
				t.Fatalf("%s applies %v\n%s", name, objects, findings(r))
			}
		}
	}
}
