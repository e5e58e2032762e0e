package cmd

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
	"golang.org/x/sync/errgroup"
)

// folder is what the folder of a compiled-in cluster holds at the base, and now.
type folder struct {
	common  parsed     // what is the same on both sides
	same    int        // in how many files that is
	onlyOld []gen.File // the other files
	onlyNow []gen.File

	// Where head is the work tree, the files that may hold Kustomizations, by path, and what
	// generate would write or remove.
	old, now map[string][]byte
	changed  []string
}

// folder reads the folder of a cluster, and parses what both sides have while git still
// sends the rest.
func (r *revisions) folder(base, head plan.Revision, g *dag.Graph) (*folder, error) {
	f := &folder{}
	if err := r.listAll(base.Commit, head.Commit); err != nil {
		return nil, err
	}
	old := r.list(base.Commit, g.Dir())
	if head.Commit != "" {
		return f, r.commits(f, old, r.list(head.Commit, g.Dir()))
	}
	var err error
	if f.now, f.changed, err = r.generated(g); err != nil {
		return nil, err
	}
	f.old = map[string][]byte{}
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

// commits reads what two commits hold; what is the same on both sides, once. Both list their
// files in the same order.
func (r *revisions) commits(f *folder, old, now []git.File) error {
	var rest []git.File // of head, what the base does not have
	next := 0
	same := func(file git.File, _ []byte) bool {
		for ; next < len(now) && now[next].Path < file.Path; next++ {
			rest = append(rest, now[next])
		}
		if next == len(now) || now[next].Path != file.Path {
			return false
		}
		if next++; now[next-1] != file {
			rest = append(rest, now[next-1])
			return false
		}
		return true
	}
	if err := r.common(f, old, same); err != nil {
		return err
	}
	return r.git.Read(append(rest, now[next:]...), func(file git.File, data []byte) error {
		if manifest.Match(data) {
			f.onlyNow = append(f.onlyNow, gen.File{Path: file.Path, Data: data})
		}
		return nil
	})
}

// common reads the base, and parses those files that are the same in head.
func (r *revisions) common(f *folder, old []git.File, same func(git.File, []byte) bool) (err error) {
	f.common = newParsed(func(yield func(gen.File) bool) {
		err = r.git.Read(old, func(file git.File, data []byte) error {
			shared := same(file, data)
			if !manifest.Match(data) {
				return nil
			}
			if f.old != nil {
				f.old[file.Path] = data
			}
			if one := (gen.File{Path: file.Path, Data: data}); !shared {
				f.onlyOld = append(f.onlyOld, one)
			} else {
				f.same++
				yield(one)
			}
			return nil
		})
	})
	return err
}

// listAll lists the files of commits, side by side.
func (r *revisions) listAll(commits ...string) error {
	commits = slices.Compact(commits)
	lists := make([][]git.File, len(commits))
	var workers errgroup.Group
	for i, commit := range commits {
		if _, known := r.listed[commit]; known || commit == "" {
			continue
		}
		workers.Go(func() (err error) {
			lists[i], err = r.git.Files(commit)
			return err
		})
	}
	err := workers.Wait()
	for i, commit := range commits {
		if lists[i] != nil {
			r.listed[commit] = lists[i]
		}
	}
	return err
}

// list lists the files of a commit that may hold Kustomizations of a cluster. Without a
// commit there is nothing to compare with, and so no file.
func (r *revisions) list(commit, dir string) []git.File {
	return slices.DeleteFunc(slices.Clone(r.listed[commit]), func(f git.File) bool { return f.Link || f.Submodule || !inFolder(dir, f.Path) })
}

// manifest is what every file with a Kustomization of Flux has in it.
var manifest = regexp.MustCompile(`kustomize\.toolkit\.fluxcd\.io/v`)
