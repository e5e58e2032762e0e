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

// building returns, by file or folder, the clusters that build from it.
func building(sides []plan.Side) map[string][]string {
	clusters := map[string][]string{}
	for _, s := range sides {
		add := func(file string) {
			if n := len(clusters[file]); n == 0 || clusters[file][n-1] != s.Name {
				clusters[file] = append(clusters[file], s.Name)
			}
		}
		for v := range s.Graph.Vertices() {
			add(v.Position().File)
			if s.Reads != nil {
				for _, file := range s.Reads(v.Key()) {
					add(file)
				}
			}
		}
	}
	return clusters
}

// elsewhere returns, for one cluster, which others build from a file.
func elsewhere(clusters map[string][]string, name string) func(file string) []string {
	return func(file string) []string {
		return slices.DeleteFunc(slices.Clone(clusters[file]), func(other string) bool { return other == name })
	}
}

// placeFiles says of the files in teardowns where they are listed. What other clusters build
// is left as it is, be it the file or what lists it.
func (r *revisions) placeFiles(rev plan.Revision, clusters map[string][]string, all []plan.Teardown) error {
	listed, err := r.listing(rev, clusters)
	if err != nil {
		return err
	}
	for _, d := range all {
		others := elsewhere(clusters, d.Name)
		for _, stage := range d.Stages {
			for i := range stage.Nodes {
				placeNode(&stage.Nodes[i], d.Root, listed, others)
			}
		}
	}
	return nil
}

// placeNode says of one node where its file is listed, or that a patch has to leave it out.
func placeNode(node *plan.Removed, root string, listed map[string][]string, others func(string) []string) {
	if !node.Beside && len(node.Makes) == 0 {
		own := slices.DeleteFunc(slices.Clone(listed[node.Position.File]), func(name string) bool {
			return len(others(name))+len(others(path.Dir(name))) > 0 // who reads it names its folder at least
		})
		node.Listed = nearest(own, root)
	}
	if node.Alone = len(node.Listed) == 0 && len(node.Clusters)+len(node.Makes) > 0; !node.Alone {
		node.Patch = nil
	}
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
		files = slices.DeleteFunc(files, func(f git.File) bool { return f.Link || f.Submodule || !chosen(f.Path) })
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
