package git

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
)

// Worktree lists the files of the work tree that a commit of all of it would hold:
// tracked or new, and not ignored.
func (r *Repository) Worktree() ([]string, error) {
	out, err := r.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
	switch {
	case err != nil && strings.Contains(err.Error(), "must be run in a work tree"):
		return nil, cli.Hint(fmt.Errorf("%s is a bare repository, without a work tree", r.dir), "name the revision: --head REV")
	case err != nil:
		return nil, err
	}
	var names []string
	seen := map[string]bool{}
	for name := range strings.SplitSeq(out, "\x00") {
		if name == "" || seen[name] { // in a conflict, one is listed several times
			continue
		}
		seen[name] = true
		if info, err := os.Lstat(filepath.Join(r.dir, filepath.FromSlash(name))); err == nil && (info.Mode().IsRegular() || info.Mode()&fs.ModeSymlink != 0) {
			names = append(names, name)
		}
	}
	return names, nil
}

// Copy writes the files of the work tree into a folder that is empty, and lists them with
// the names that their contents would have as objects.
func (r *Repository) Copy(dir string) ([]File, error) {
	names, err := r.Worktree()
	if err != nil {
		return nil, err
	}
	into, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer into.Close()
	files := make([]File, 0, len(names))
	for _, name := range names {
		f, err := r.copyFile(into, name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	submodules, err := r.submodules()
	for _, f := range submodules {
		if err := into.MkdirAll(f.Path, 0o755); err != nil {
			return nil, err
		}
	}
	return append(files, submodules...), err
}

// submodules lists those of the work tree, at the commits that a commit of all of it would
// name.
func (r *Repository) submodules() ([]File, error) {
	out, err := r.git("ls-files", "-z", "--stage")
	if err != nil {
		return nil, err
	}
	var found []File
	for entry := range strings.SplitSeq(out, "\x00") {
		meta, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(meta)
		known := slices.ContainsFunc(found, func(f File) bool { return f.Path == name }) // several times, in a conflict
		if len(fields) < 2 || fields[0] != "160000" || known {
			continue
		}
		dir := filepath.Join(r.dir, filepath.FromSlash(name))
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
			continue
		}
		f := File{Path: name, ID: fields[1], Submodule: true}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil { // else it is not checked out
			if at, err := r.git("-C", name, "rev-parse", "--verify", "--quiet", "HEAD"); err == nil {
				f.ID = strings.TrimSpace(at)
			}
		}
		found = append(found, f)
	}
	return found, nil
}

func (r *Repository) copyFile(into *os.Root, name string) (File, error) {
	f := File{Path: name}
	source := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := into.MkdirAll(path.Dir(name), 0o755); err != nil {
		return f, err
	}
	info, err := os.Lstat(source)
	if err != nil {
		return f, err
	}
	if f.Link = info.Mode()&fs.ModeSymlink != 0; f.Link {
		target, err := os.Readlink(source)
		if err != nil {
			return f, err
		}
		f.ID = r.Blob([]byte(target))
		return f, into.Symlink(target, name)
	}
	data, err := os.ReadFile(source)
	if err != nil {
		return f, err
	}
	f.ID = r.Blob(data)
	return f, into.WriteFile(name, data, 0o644)
}

// Blob returns the object name of a content.
func (r *Repository) Blob(data []byte) string {
	var h hash.Hash = sha1.New()
	if r.sha256 {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// Edited lists the files of the work tree that match one of some patterns and are not as
// in a commit, new and deleted ones among them.
func (r *Repository) Edited(commit string, patterns ...string) ([]string, error) {
	changed, err := r.git(append([]string{"diff", "--name-only", "--relative", "--no-ext-diff", "-z", commit, "--"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	others, err := r.git(append([]string{"ls-files", "-z", "--others", "--exclude-standard", "--"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	names := strings.FieldsFunc(changed+others, func(c rune) bool { return c == 0 })
	slices.Sort(names)
	return slices.Compact(names), nil
}
