package cmd

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// snapshot is a revision that was written into a folder.
type snapshot struct {
	name string // of the revision
	dir  string
	ids  map[string]string // by file, what tells its content from others

	submodules map[string]string // their commits, by their folders, which are empty
}

func newSnapshot(name, dir string, files []git.File) *snapshot {
	s := &snapshot{name: name, dir: dir, ids: make(map[string]string, len(files)), submodules: map[string]string{}}
	for _, f := range files {
		s.ids[f.Path] = f.ID
		switch {
		case f.Link:
			s.ids[f.Path] += " link"
		case f.Submodule:
			s.ids[f.Path] += " submodule"
			s.submodules[f.Path] = f.ID
		}
	}
	return s
}

// extract writes a revision into a folder of its own.
func (r *revisions) extract(rev plan.Revision, name string) (*snapshot, error) {
	dir := filepath.Join(r.temporary, name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	var files []git.File
	var err error
	if rev.Commit != "" {
		files, err = r.git.Extract(rev.Commit, dir)
	} else {
		files, err = r.git.Copy(dir)
	}
	return newSnapshot(rev.Name, dir, files), err
}

// holds reports whether a file lies in a folder, or below it.
func (s *snapshot) holds(folder string) bool {
	for name := range s.ids {
		if folder == "." || strings.HasPrefix(name, folder+"/") {
			return true
		}
	}
	return false
}

// shares reports whether a file, or anything below a folder, is in the snapshot.
func (s *snapshot) shares(name string) bool {
	_, file := s.ids[name]
	return file || s.holds(name)
}

// differing are the files that are not the same in two revisions, and the folders around
// them.
type differing map[string]bool

// addDiffering adds what differs between two sets of files, of which same compares what is
// known of each.
func addDiffering[V any](d differing, base, head map[string]V, same func(a, b V) bool) {
	for name, before := range base {
		if now, there := head[name]; !there || !same(before, now) {
			d.add(name)
		}
	}
	for name := range head {
		if _, there := base[name]; !there {
			d.add(name)
		}
	}
}

func (d differing) add(name string) {
	for ; !d[name]; name = path.Dir(name) {
		d[name] = true // the last is "."
	}
}

// has reports whether a file, or anything below a folder, differs.
func (d differing) has(name string) bool { return d[path.Clean(name)] }

// owns reports whether a cluster of the snapshot is written by fluxdag: one of the files
// of its nodes bears the mark.
func (s *snapshot) owns(side plan.Side) bool {
	if side.Graph == nil {
		return false
	}
	for v := range side.Graph.Vertices() {
		if s.owned(v.Position().File) {
			return true
		}
	}
	return false
}

func (s *snapshot) owned(name string) bool {
	if !gen.IsYAML(name) {
		return false
	}
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	return err == nil && len(bytes.TrimSpace(data)) > 0 && gen.Owned(data)
}

// generated are the files of a folder that fluxdag wrote there, by path.
func (s *snapshot) generated(folder string) map[string][]byte {
	owned := map[string][]byte{}
	entries, err := os.ReadDir(filepath.Join(s.dir, filepath.FromSlash(folder)))
	if err != nil {
		return nil // it is not there
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name))); err == nil && s.owned(name) {
			owned[name] = data
		}
	}
	return owned
}
