package cmd

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
)

// declaredSides reads the folders of the compiled-in clusters alone, on both sides.
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
		f, err := r.folder(base, head, g)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, file := range slices.Concat(f.onlyOld, f.onlyNow) {
			differs.add(file.Path)
		}
		b, h := f.sides(g)
		if head.Commit == "" {
			notes, err := r.notes(base, g, f.old, f.now, f.changed)
			if err != nil {
				return nil, nil, nil, err
			}
			h.Moves, h.Notes = g.Moves(), notes
			r.drifted[g.Dir()] = drift{g, f.changed}
		}
		h.Notes = append(h.Notes, "Kustomizations are compared, and nothing of what their folders hold: a program with full.Main compares that too")
		if f.same+len(f.onlyOld) > 0 {
			before = append(before, b)
		}
		if f.same+len(f.onlyNow) > 0 {
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
