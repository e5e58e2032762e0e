package gen

import (
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var errStopped = errors.New("stopped")

// end is what happens at some call of Write that changes something.
type end string

const (
	killed    end = "killed"     // that call does nothing, or half of a write, and no later one does anything
	powerLoss end = "power loss" // and what was not synced is lost
	failed    end = "failed"     // that call alone fails, as on a full disk
)

// stoppingDisk is a disk on which a run ends at its nth call that changes something.
type stoppingDisk struct {
	disk
	end  end
	left int

	unsynced map[string]bool // files whose content may not have reached the disk
	undo     []func() error  // what takes back each rename and removal since SyncDir
}

func stopping(d disk, how end, calls int) *stoppingDisk {
	return &stoppingDisk{disk: d, end: how, left: calls, unsynced: map[string]bool{}}
}

// goesOn counts a call, and reports whether it is carried out.
func (d *stoppingDisk) goesOn() bool {
	d.left--
	return d.left >= 0 || d.end == failed && d.left < -1
}

func (d *stoppingDisk) Create(name string, mode fs.FileMode) (diskFile, error) {
	if !d.goesOn() {
		return nil, errStopped
	}
	file, err := d.disk.Create(name, mode)
	d.unsynced[name] = true
	return &stoppingFile{file, d, name}, err
}

func (d *stoppingDisk) Rename(from, to string) error {
	if !d.goesOn() {
		return errStopped
	}
	fresh, err := d.ReadFile(from)
	if err != nil {
		return err
	}
	old, err := d.ReadFile(to)
	d.undo = append(d.undo, func() error {
		return errors.Join(d.put(from, fresh, true), d.put(to, old, err == nil))
	})
	d.unsynced[to] = d.unsynced[from]
	delete(d.unsynced, from)
	return d.disk.Rename(from, to)
}

func (d *stoppingDisk) Remove(name string) error {
	if !d.goesOn() {
		return errStopped
	}
	old, err := d.ReadFile(name)
	if err == nil {
		d.undo = append(d.undo, func() error { return d.put(name, old, true) })
	}
	delete(d.unsynced, name)
	return d.disk.Remove(name)
}

func (d *stoppingDisk) SyncDir(name string) error {
	if !d.goesOn() {
		return errStopped
	}
	d.undo = nil // what is not taken back was synced
	return nil
}

// put makes a file hold data, or not exist.
func (d *stoppingDisk) put(name string, data []byte, exists bool) error {
	if err := d.disk.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) || !exists {
		return err
	}
	file, err := d.disk.Create(name, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// losePower takes back the last renames and removals, as many as are drawn, and
// leaves half of every file that was not synced.
func (d *stoppingDisk) losePower(t *rapid.T) {
	keep := rapid.IntRange(0, len(d.undo)).Draw(t, "kept")
	for i := len(d.undo) - 1; i >= keep; i-- {
		if err := d.undo[i](); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	for name, lost := range d.unsynced {
		if data, err := d.ReadFile(name); err == nil && lost {
			if err := d.put(name, data[:len(data)/2], true); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type stoppingFile struct {
	diskFile
	disk *stoppingDisk
	name string
}

func (f *stoppingFile) Write(data []byte) (int, error) {
	if !f.disk.goesOn() {
		n, _ := f.diskFile.Write(data[:len(data)/2])
		return n, errStopped
	}
	return f.diskFile.Write(data)
}

func (f *stoppingFile) Sync() error {
	if !f.disk.goesOn() {
		return errStopped
	}
	f.disk.unsynced[f.name] = false
	return nil
}

// TestStoppedAnywhereConverges is law 6: after any prefix of Write's system calls
// every file is old or new, and the next Write gives the tree of an undisturbed one.
// What Write has finished survives a loss of power, and where a call fails and the
// process lives on, it cleans up behind itself.
func TestStoppedAnywhereConverges(t *testing.T) {
	for _, how := range []end{killed, powerLoss, failed} {
		t.Run(string(how), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				before, files := randomFolder(t)
				want := writeAll(t, before, files)
				// Some fifteen calls are all that three files take.
				for _, calls := range rapid.SliceOfNDistinct(rapid.IntRange(0, 16), 2, 2, rapid.ID).Draw(t, "calls") {
					stopAt(t, how, calls, before, want, files)
				}
			})
		})
	}
}

// stopAt runs Write until that call, if it gets there, and holds what it leaves.
func stopAt(t *rapid.T, how end, calls int, before, want map[string]string, files []File) {
	root := newFolder(t, before)
	defer cleanup(t, root)
	folder := open(t, root)
	defer folder.Close()
	stop := stopping(folder.disk, how, calls)
	folder.disk = stop
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	err = folder.Write(changes, true)
	if err != nil && !errors.Is(err, errStopped) {
		t.Fatal(err)
	}
	if how == powerLoss {
		stop.losePower(t)
	}
	left := tree(t, root)
	if stop.left >= 0 {
		if diff := cmp.Diff(want, left); diff != "" {
			t.Fatalf("what was finished is lost (-want +got):\n%s", diff)
		}
	}
	for name, data := range left {
		old, was := before[name]
		fresh, wanted := want[name]
		mayBeLeft := isTemporary(name) && how != failed
		if !(was && data == old || wanted && data == fresh || mayBeLeft) {
			t.Fatalf("after %d calls %s is neither old nor new: %q", calls, name, data)
		}
	}
	for name := range want {
		_, was := before[name]
		if _, is := left[name]; was && !is {
			t.Fatalf("after %d calls %s is gone", calls, name)
		}
	}
	if diff := cmp.Diff(want, writeAll(t, left, files)); diff != "" {
		t.Fatalf("after %d calls the next run ends elsewhere (-want +got):\n%s", calls, diff)
	}
}

// randomFolder draws a folder as some earlier run, an editor, git, a killed run and
// somebody else may have left it, and the files that it should hold.
func randomFolder(t *rapid.T) (map[string]string, []File) {
	before := map[string]string{"kustomization.yaml": "mine", "notes.txt": "mine"}
	var files []File
	ours := markStart + "clusters/c" + markEnd + "\n"
	for _, name := range []string{"a.yaml", "b.yaml", "c.yaml"} {
		content := ours + "name: " + name + "\n"
		states := map[string]string{
			"same": content, "edited": content + "edit: 1\n", "cut": ours[:20], "empty": "",
			"crlf": strings.ReplaceAll(content, "\n", "\r\n"), "foreign": "# mine\nx: 1\n",
			"conflict": "<<<<<<< HEAD\n" + content + "=======\n" + content + "edit: 1\n>>>>>>> theirs\n",
		}
		if rapid.Bool().Draw(t, name+" declared") {
			files = append(files, File{Path: "clusters/c/" + name, Node: "flux-system/" + name, Data: []byte(content)})
		}
		if there := rapid.SampledFrom(append(slices.Sorted(maps.Keys(states)), "")).Draw(t, name); there != "" {
			before[name] = states[there]
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
		file := filepath.Join(root, "clusters", "c", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(data), 0o644)); err != nil {
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
	folder.disk = stopping(folder.disk, killed, math.MaxInt)
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write(changes, true); err != nil {
		t.Fatal(err)
	}
	if again, err := folder.Compare(files); err != nil || len(again) > 0 {
		t.Fatal("a second run is not quiet:", again, err)
	}
	return tree(t, root)
}
