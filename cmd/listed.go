package cmd

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tazlab/fluxdag/cmd/internal/git"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/plan"
	"go.yaml.in/yaml/v3"
)

// placeFiles says of the files in teardowns where they are listed, and to which other
// clusters they belong.
func (r *revisions) placeFiles(rev plan.Revision, sides []plan.Side, all []plan.Teardown) error {
	clusters := map[string][]string{}
	for _, s := range sides {
		for v := range s.Graph.Vertices() {
			if file := v.Position().File; !slices.Contains(clusters[file], s.Name) {
				clusters[file] = append(clusters[file], s.Name)
			}
		}
	}
	listed, err := r.listing(rev, clusters)
	if err != nil {
		return err
	}
	for _, d := range all {
		for _, stage := range d.Stages {
			for i := range stage.Nodes {
				node := &stage.Nodes[i]
				if file := node.Position.File; file != "" {
					node.Clusters = slices.DeleteFunc(slices.Clone(clusters[file]), func(name string) bool { return name == d.Name })
				}
				if !node.Beside {
					node.Listed = nearest(listed[node.Position.File], d.Root)
				}
			}
		}
	}
	return nil
}

// nearest returns the names in a folder, or all where none is: those of another cluster
// say nothing of this one.
func nearest(names []string, folder string) []string {
	inside := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !inFolder(folder, name) })
	if len(inside) > 0 {
		return inside
	}
	return names
}

// listing returns, by file, the kustomization.yamls that list it, of those that lie in a
// folder around it or around another one.
func (r *revisions) listing(rev plan.Revision, files map[string][]string) (map[string][]string, error) {
	around := map[string]bool{}
	for file := range files {
		for dir := path.Dir(file); !around[dir]; dir = path.Dir(dir) {
			around[dir] = true
		}
	}
	listed := map[string][]string{}
	err := r.kustomizations(rev, around, func(name string, data []byte) {
		var lists struct{ Resources, Bases, Components []string }
		if yaml.Unmarshal(data, &lists) != nil {
			return // Flux cannot read it either, which is told elsewhere
		}
		for _, entry := range slices.Concat(lists.Resources, lists.Bases, lists.Components) {
			if file := path.Join(path.Dir(name), entry); files[file] != nil {
				listed[file] = append(listed[file], name)
			}
		}
	})
	return listed, err
}

// kustomizations reads the kustomization.yamls in those folders.
func (r *revisions) kustomizations(rev plan.Revision, folders map[string]bool, each func(name string, data []byte)) error {
	chosen := func(name string) bool {
		return folders[path.Dir(name)] && gen.IsKustomization(name)
	}
	if rev.Commit != "" {
		files, err := r.git.Files(rev.Commit)
		if err != nil {
			return err
		}
		files = slices.DeleteFunc(files, func(f git.File) bool { return f.Link || !chosen(f.Path) })
		return r.git.Read(files, func(f git.File, data []byte) error {
			each(f.Path, data)
			return nil
		})
	}
	names, err := r.git.Worktree()
	for _, name := range names {
		if !chosen(name) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		each(name, data)
	}
	return err
}
