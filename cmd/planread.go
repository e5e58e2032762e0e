package cmd

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// declaredSides reads the folders of the compiled-in clusters alone, on both sides. What
// is the same on both is parsed once.
func (r *revisions) declaredSides(base, head plan.Revision) (before, after []plan.Side, differs differing, err error) {
	if err := r.validate(); err != nil {
		return nil, nil, nil, err
	}
	differs = differing{}
	for _, cluster := range r.clusters {
		if head.Commit != "" { // what it declares plays no part
			cluster = dag.Cluster{Name: cluster.Name, Dir: cluster.Dir}
		}
		g := dag.Resolve(cluster)
		old, _, err := r.files(base, g)
		if err != nil {
			return nil, nil, nil, err
		}
		now, changed, err := r.files(head, g)
		if err != nil {
			return nil, nil, nil, err
		}
		addDiffering(differs, old, now, bytes.Equal)
		b, h := readSides(g, old, now, differs)
		if head.Commit == "" {
			notes, err := r.notes(base, g, old, now, changed)
			if err != nil {
				return nil, nil, nil, err
			}
			h.Moves, h.Notes = g.Moves(), notes
			r.drifted[g.Dir()] = drift{g, changed}
		}
		h.Notes = append(h.Notes, "Kustomizations are compared, and nothing of what their folders hold: a program with full.Main compares that too")
		if len(old) > 0 {
			before = append(before, b)
		}
		if len(now) > 0 {
			after = append(after, h)
		}
	}
	return before, after, differs, nil
}

// notes are those about a compiled-in cluster, whose files at the base and as generate
// leaves them are given.
func (r *revisions) notes(base plan.Revision, g *dag.Graph, old, now map[string][]byte, changed []string) ([]string, error) {
	if base.Commit == "" {
		return driftNote(changed), nil
	}
	owned := func(files map[string][]byte) map[string][]byte {
		files = maps.Clone(files)
		maps.DeleteFunc(files, func(name string, data []byte) bool { return path.Dir(name) != g.Dir() || !gen.Owned(data) })
		return files
	}
	older, err := r.older(base, g, owned(now), owned(old))
	return slices.Concat(older, driftNote(changed)), err
}

// manifest is what every file with a Kustomization of Flux has in it.
var manifest = regexp.MustCompile(`kustomize\.toolkit\.fluxcd\.io/v`)

// files returns the files of a cluster's folder that may hold Kustomizations, by path: of
// a commit, or as generate would leave them, and which it would change.
func (r *revisions) files(rev plan.Revision, g *dag.Graph) (files map[string][]byte, changed []string, err error) {
	if rev.Commit == "" {
		return r.generated(g)
	}
	all := r.listed[rev.Commit]
	if all == nil {
		if all, err = r.git.Files(rev.Commit); err != nil {
			return nil, nil, err
		}
		r.listed[rev.Commit] = all
	}
	files = map[string][]byte{}
	var missing []git.File
	for _, f := range all {
		switch data, known := r.blobs[f.ID]; {
		case f.Link || !inFolder(g.Dir(), f.Path):
		case !known:
			missing = append(missing, f)
		case data != nil:
			files[f.Path] = data
		}
	}
	return files, nil, r.git.Read(missing, func(f git.File, data []byte) error {
		if !manifest.Match(data) {
			data = nil
		} else {
			files[f.Path] = data
		}
		r.blobs[f.ID] = data // most are the same on the other side
		return nil
	})
}

// generated returns the files of a cluster's folder as generate would leave them.
func (r *revisions) generated(g *dag.Graph) (files map[string][]byte, changed []string, err error) {
	if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(g.Dir()))); err != nil {
		return nil, nil, nil // generate would write nothing
	}
	if r.names == nil {
		if r.names, err = r.git.Worktree(); err != nil {
			return nil, nil, err
		}
	}
	files, ours := map[string][]byte{}, map[string][]byte{}
	for _, name := range r.names {
		if !inFolder(g.Dir(), name) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(name)))
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, nil, err
		case path.Dir(name) == g.Dir() && gen.Owned(data):
			ours[name] = data // generated anew
		case manifest.Match(data):
			files[name] = data
		}
	}
	written, err := gen.YAML(g)
	for _, f := range written {
		if data, there := ours[f.Path]; !there || !bytes.Equal(data, f.Data) {
			changed = append(changed, f.Path)
		}
		delete(ours, f.Path)
		files[f.Path] = f.Data
	}
	return files, slices.AppendSeq(changed, maps.Keys(ours)), err
}

// inFolder reports whether a file is YAML and lies in a folder, or below it.
func inFolder(dir, name string) bool {
	return (dir == "." || strings.HasPrefix(name, dir+"/")) && gen.IsYAML(name)
}
