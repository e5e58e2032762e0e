package repo

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/golden"
	"golang.org/x/tools/txtar"
)

// told is all that is said of a repository.
func told(t *testing.T, dir string, o Options) string {
	t.Helper()
	r, err := Load(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	text := brief(r) + findings(r) + viewed(t, r)
	for _, c := range r.Clusters {
		text += fmt.Sprint(c.Symbolic, c.AppliedBy)
	}
	return text
}

// TestDeterministic holds that the same repository gives the same, however many
// processors there are, in whatever order its files were made, and wherever it lies.
func TestDeterministic(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, name := range append(traits(t), "../rules/FD322/fires", "../rules/FD325/fires", "../rules/FD328/fires", "../rules/FD329/fires") {
		f, dir := readFixture(t, "repo/"+name)
		runtime.GOMAXPROCS(1)
		want := told(t, dir, f.options)
		runtime.GOMAXPROCS(8)
		for range 5 {
			if diff := cmp.Diff(want, told(t, dir, f.options)); diff != "" {
				t.Fatalf("%s: one processor, eight:\n%s", name, diff)
			}
		}
		other := t.TempDir()
		rand.Shuffle(len(f.archive.Files), func(i, j int) { f.archive.Files[i], f.archive.Files[j] = f.archive.Files[j], f.archive.Files[i] })
		unpack(t, other, f.archive)
		relink(t, dir, other)
		if diff := cmp.Diff(want, told(t, other, f.options)); diff != "" {
			t.Errorf("%s: the same elsewhere:\n%s", name, diff)
		}
	}
}

// relink copies symbolic links.
func relink(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink == 0 {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		target, err := os.Readlink(p)
		if err != nil {
			return err
		}
		return os.Symlink(target, filepath.Join(to, rel))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOrderInFile holds that the order of the documents in a file changes no graph.
func TestOrderInFile(t *testing.T) {
	for _, swap := range []bool{false, true} {
		dir := t.TempDir()
		archive, err := txtar.ParseFile(golden.Path(t, "repo/variables-later.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		unpack(t, dir, archive)
		first, second := kustomization("apps", "./apps", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n"), kustomization("vars", "./vars", "")
		if swap {
			first, second = second, first
		}
		write(t, dir, "clusters/prod/apps.yaml", []byte(first+second))
		r, err := Load(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Clusters[0].Graph.Vertex("flux-system", "web") == nil || len(r.Clusters[0].Objects["flux-system/web"]) != 1 {
			t.Errorf("%v: %s", swap, brief(r))
		}
	}
}
