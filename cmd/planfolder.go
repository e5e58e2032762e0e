package cmd

import (
	"bytes"
	"regexp"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// folder is what the folder of a compiled-in cluster holds at the base, and now.
type folder struct {
	old, now map[string][]byte // the files that may hold Kustomizations, by path
	common   parsed            // what is the same on both sides
	onlyOld  []gen.File        // the other files
	onlyNow  []gen.File
	changed  []string // what generate would write or remove in the work tree
}

// folder reads the folder of a cluster, and parses what both sides have while git still
// sends the rest.
func (r *revisions) folder(base, head plan.Revision, g *dag.Graph) (*folder, error) {
	f := &folder{old: map[string][]byte{}, now: map[string][]byte{}}
	old, err := r.list(base.Commit, g.Dir())
	if err != nil {
		return nil, err
	}
	if head.Commit != "" {
		return f, r.commits(f, old, head.Commit, g.Dir())
	}
	if f.now, f.changed, err = r.generated(g); err != nil {
		return nil, err
	}
	if err := r.common(f, old, func(file git.File, data []byte) bool { return bytes.Equal(f.now[file.Path], data) }); err != nil {
		return nil, err
	}
	for name, data := range f.now {
		if !bytes.Equal(f.old[name], data) {
			f.onlyNow = append(f.onlyNow, gen.File{Path: name, Data: data})
		}
	}
	return f, nil
}

// commits reads what two commits hold; what is the same on both sides, once.
func (r *revisions) commits(f *folder, old []git.File, head, dir string) error {
	now, err := r.list(head, dir)
	if err != nil {
		return err
	}
	before, after := set(old), set(now)
	if err := r.common(f, old, func(file git.File, _ []byte) bool { return after[file] }); err != nil {
		return err
	}
	var rest []git.File
	for _, file := range now {
		if data, there := f.old[file.Path]; !before[file] {
			rest = append(rest, file)
		} else if there {
			f.now[file.Path] = data
		}
	}
	return r.git.Read(rest, func(file git.File, data []byte) error {
		if manifest.Match(data) {
			f.now[file.Path] = data
			f.onlyNow = append(f.onlyNow, gen.File{Path: file.Path, Data: data})
		}
		return nil
	})
}

// common reads the base, and parses those files that are the same in head.
func (r *revisions) common(f *folder, old []git.File, same func(git.File, []byte) bool) (err error) {
	f.common = newParsed(func(yield func(gen.File) bool) {
		err = r.git.Read(old, func(file git.File, data []byte) error {
			if !manifest.Match(data) {
				return nil
			}
			f.old[file.Path] = data
			if one := (gen.File{Path: file.Path, Data: data}); !same(file, data) {
				f.onlyOld = append(f.onlyOld, one)
			} else {
				yield(one)
			}
			return nil
		})
	})
	return err
}

func set(files []git.File) map[git.File]bool {
	in := make(map[git.File]bool, len(files))
	for _, f := range files {
		in[f] = true
	}
	return in
}

// list lists the files of a commit that may hold Kustomizations of a cluster. Without a
// commit there is nothing to compare with, and so no file.
func (r *revisions) list(commit, dir string) ([]git.File, error) {
	if commit == "" {
		return nil, nil
	}
	all, known := r.listed[commit]
	if !known {
		var err error
		if all, err = r.git.Files(commit); err != nil {
			return nil, err
		}
		r.listed[commit] = all
	}
	var files []git.File
	for _, f := range all {
		if !f.Link && inFolder(dir, f.Path) {
			files = append(files, f)
		}
	}
	return files, nil
}

// manifest is what every file with a Kustomization of Flux has in it.
var manifest = regexp.MustCompile(`kustomize\.toolkit\.fluxcd\.io/v`)
