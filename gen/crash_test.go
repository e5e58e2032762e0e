package gen

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var errKilled = errors.New("killed")

// dyingDisk is a disk on which the process is killed at its nth call that changes
// something: that call does nothing, or half of a write, and no later one does
// anything.
type dyingDisk struct {
	disk
	left int
}

func (d *dyingDisk) alive() bool {
	d.left--
	return d.left >= 0
}

func (d *dyingDisk) Create(name string, mode fs.FileMode) (diskFile, error) {
	if !d.alive() {
		return nil, errKilled
	}
	file, err := d.disk.Create(name, mode)
	return &dyingFile{file, d}, err
}

func (d *dyingDisk) Rename(from, to string) error {
	if !d.alive() {
		return errKilled
	}
	return d.disk.Rename(from, to)
}

func (d *dyingDisk) Remove(name string) error {
	if !d.alive() {
		return errKilled
	}
	return d.disk.Remove(name)
}

func (d *dyingDisk) SyncDir(name string) error {
	if !d.alive() {
		return errKilled
	}
	return d.disk.SyncDir(name)
}

type dyingFile struct {
	diskFile
	disk *dyingDisk
}

func (f *dyingFile) Write(data []byte) (int, error) {
	if !f.disk.alive() {
		n, _ := f.diskFile.Write(data[:len(data)/2])
		return n, errKilled
	}
	return f.diskFile.Write(data)
}

func (f *dyingFile) Sync() error {
	if !f.disk.alive() {
		return errKilled
	}
	return f.diskFile.Sync()
}

// TestKilledAnywhereConverges is law 6: after any prefix of Write's system calls
// every file is old or new, and the next Write gives the tree of an undisturbed one.
func TestKilledAnywhereConverges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, files := randomFolder(t)
		want := writeAll(t, before, files)
		for calls := 0; ; calls++ {
			dir, killed := newFolder(t, before), false
			folder := open(t, dir)
			folder.disk = &dyingDisk{folder.disk, calls}
			changes, err := folder.Compare(files)
			if err != nil {
				t.Fatal(err)
			}
			if err := folder.Write(changes, false); errors.Is(err, errKilled) {
				killed = true
			} else if err != nil {
				t.Fatal(err)
			}
			for name, data := range tree(t, dir) {
				if !isTemporary(name) && data != before[name] && data != want[name] {
					t.Fatalf("after %d calls %s is neither old nor new: %q", calls, name, data)
				}
			}
			got := writeAll(t, tree(t, dir), files)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("after %d calls the next run ends elsewhere (-want +got):\n%s", calls, diff)
			}
			cleanup(t, dir)
			if !killed {
				return
			}
		}
	})
}

// randomFolder draws a folder as some earlier run, an editor and a killed run may
// have left it, and the files that it should hold.
func randomFolder(t *rapid.T) (map[string]string, []File) {
	before := map[string]string{"kustomization.yaml": "mine", "notes.txt": "mine"}
	var files []File
	ours := markStart + "clusters/c" + markEnd + "\n"
	for _, name := range []string{"a.yaml", "b.yaml", "c.yaml"} {
		content := ours + "name: " + name + "\n"
		if rapid.Bool().Draw(t, name+" declared") {
			files = append(files, File{Path: "clusters/c/" + name, Data: []byte(content)})
		}
		if there := rapid.SampledFrom([]string{"", "same", "edited", "cut", "empty"}).Draw(t, name); there != "" {
			before[name] = map[string]string{"same": content, "edited": content + "edit: 1\n", "cut": ours[:20], "empty": ""}[there]
		}
	}
	if rapid.Bool().Draw(t, "leftover") {
		before[".fluxdag-X.tmp"] = "half"
	}
	return before, files
}

// fataler is what testing.T and rapid.T have in common here.
type fataler interface {
	Helper()
	Fatal(...any)
}

// newFolder makes a repository whose folder clusters/c holds those files, and
// returns its root.
func newFolder(t fataler, files map[string]string) string {
	t.Helper()
	root, err := os.MkdirTemp("", "fluxdag")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "clusters", "c"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(root, "clusters", "c", name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func cleanup(t fataler, root string) {
	t.Helper()
	if err := os.RemoveAll(root); err != nil {
		t.Fatal(err)
	}
}

func open(t fataler, root string) *Folder {
	t.Helper()
	folder, err := OpenFolder(root, "clusters/c")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// tree returns the files of the folder.
func tree(t fataler, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	dir := filepath.Join(root, "clusters", "c")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = string(data)
		}
	}
	return files
}

// writeAll runs Compare and Write on a fresh folder with those files, and returns
// what it holds then. A second run must find nothing more to do.
func writeAll(t fataler, before map[string]string, files []File) map[string]string {
	t.Helper()
	root := newFolder(t, before)
	defer cleanup(t, root)
	folder := open(t, root)
	defer folder.Close()
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write(changes, false); err != nil {
		t.Fatal(err)
	}
	if again, err := folder.Compare(files); err != nil || len(again) > 0 {
		t.Fatal("a second run is not quiet:", again, err)
	}
	return tree(t, root)
}
