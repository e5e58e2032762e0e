package cmd

import (
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// overlaid is a compiled-in cluster whose files were put into a copy of the work tree.
type overlaid struct {
	graph *dag.Graph
	files map[string][]byte // what generate would write, by path
	drift []string          // what the work tree does not have so
}

// overlay puts what generate would write into a copy of the work tree. It returns the
// compiled-in clusters by their folders.
func (r *revisions) overlay(copied *snapshot) (map[string]overlaid, error) {
	declared := map[string]overlaid{}
	for _, cluster := range r.clusters {
		g := dag.Resolve(cluster)
		folder := path.Join(r.below, g.Dir())
		if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(folder))); err != nil {
			continue // generate would write nothing
		}
		if err := os.MkdirAll(filepath.Join(copied.dir, filepath.FromSlash(folder)), 0o755); err != nil { // git keeps no empty folder
			return nil, err
		}
		o := overlaid{graph: g, files: map[string][]byte{}}
		changes, err := o.generateInto(copied.dir, r.below)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			if name := path.Join(r.below, c.Path); c.New == nil {
				delete(copied.ids, name)
			} else {
				copied.ids[name] = r.git.Blob(c.New)
			}
		}
		declared[folder] = o
		r.drifted[folder] = drift{g, o.drift}
	}
	return declared, nil
}

// generateInto writes the files of the graph as generate would, but that nothing foreign
// stops it: what generate refuses to replace stays. Documents stay as they are: Flux
// reads none of them.
func (o *overlaid) generateInto(dir, below string) ([]gen.Change, error) {
	files, err := gen.YAML(o.graph)
	if err != nil {
		return nil, err
	}
	folder, err := gen.OpenFolder(filepath.Join(dir, filepath.FromSlash(below)), o.graph.Dir())
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	changes, err := folder.Compare(files)
	if err != nil {
		return nil, err
	}
	changes = slices.DeleteFunc(changes, func(c gen.Change) bool { return c.Kind == gen.Foreign || !gen.IsYAML(c.Path) })
	for _, c := range changes {
		o.drift = append(o.drift, path.Join(below, c.Path))
	}
	for _, f := range files {
		o.files[path.Join(below, f.Path)] = f.Data
	}
	return changes, folder.Write(changes, false)
}
