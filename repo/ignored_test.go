package repo

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestArtifact holds that what stands in a tree is what is in the artifact: a walk over all
// of the repository, with all that no pattern leaves out and the folders around that
// (fluxcd/pkg/artifact: Storage.Archive).
func TestArtifact(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{"a/b/c/x.yaml", "a/b/x.yaml", "a/y.yaml", "b/c/x.yaml", "c/a/b/y.yaml", "x.yaml"} {
		write(t, dir, file, []byte("a: b\n"))
	}
	pattern := rapid.Custom(func(t *rapid.T) string {
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "*", "**", "x.yaml", "*.yaml"}), 1, 3).Draw(t, "steps")
		return rapid.SampledFrom([]string{"", "!", "!"}).Draw(t, "in") + rapid.SampledFrom([]string{"", "/"}).Draw(t, "at") + strings.Join(steps, "/") + rapid.SampledFrom([]string{"", "/"}).Draw(t, "folder")
	})
	rapid.Check(t, func(t *rapid.T) {
		ignore := "/*\n" + strings.Join(rapid.SliceOfN(pattern, 0, 4).Draw(t, "patterns"), "\n")
		tree, err := newTree(dir, ".", ignore, newIndex(dir))
		if err != nil {
			t.Fatal(err)
		}
		in := archived(tree, dir)
		left := map[string]bool{}
		for _, p := range tree.ignoredBelow(dir) {
			left[strings.TrimPrefix(p, "/")] = true
		}
		_ = filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(dir, p)
			if got := tree.stat(p).exists; got != in[rel] {
				t.Errorf("ignore %q: %s exists: %v", ignore, rel, got)
			}
			if !entry.IsDir() && covers(left, rel) == in[rel] {
				t.Errorf("ignore %q: %s is left out of what is generated: %v", ignore, rel, !in[rel])
			}
			return nil
		})
	})
}

// archived lists what is in the artifact of a folder.
func archived(tree *tree, dir string) map[string]bool {
	in := map[string]bool{".": true}
	_ = filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if p == dir || tree.ignore.Match(strings.Split(p, "/"), info.IsDir()) {
			return nil
		}
		for rel, _ := filepath.Rel(dir, p); rel != "."; rel = path.Dir(rel) {
			in[rel] = true
		}
		return nil
	})
	return in
}

// covers reports whether patterns of files and of whole folders leave out a file.
func covers(patterns map[string]bool, file string) bool {
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if patterns[dir+"/**"] {
			return true
		}
	}
	return patterns[file]
}
