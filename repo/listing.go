package repo

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	kustypes "sigs.k8s.io/kustomize/api/types"
)

// deleted returns the files that nothing is left in.
func deleted(files []SupersededFile) map[string]bool {
	gone := map[string]bool{}
	for _, f := range files {
		gone[f.File] = f.Whole
	}
	return gone
}

// bare lists the folders of paths that hold nothing but files that are deleted.
func (c *Cluster) bare(files []SupersededFile) []string {
	gone := deleted(files)
	var found []string
	for v := range c.Graph.Vertices() {
		dir := path.Join(c.ArtifactRoot, cleanPath(v.Object().Spec.Path))
		if slices.Contains(found, dir) || dir == c.Root || !slices.ContainsFunc(c.index.below(dir), func(file string) bool { return gone[file] }) {
			continue
		}
		left := false
		_ = filepath.WalkDir(filepath.Join(c.index.base, filepath.FromSlash(dir)), func(p string, entry fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(c.index.base, p)
			left = left || err != nil || !entry.IsDir() && !gone[filepath.ToSlash(rel)]
			return nil
		})
		if !left {
			found = append(found, dir)
		}
	}
	slices.Sort(found)
	return found
}

// listing returns the kustomization.yaml of a folder, or of the nearest one around it
// that the cluster syncs; nothing where there is none.
func (c *Cluster) listing(dir string) string {
	for ; under(c.Root, dir); dir = path.Dir(dir) {
		for _, file := range c.index.files {
			if path.Dir(file) == dir && isKustomizationFile(file) {
				return file
			}
		}
		if dir == "." {
			break
		}
	}
	return ""
}

// patches lists the patches without a target that are for Kustomizations of those
// names.
func (c *Cluster) patches(names map[string]bool) []dag.Position {
	var found []dag.Position
	for _, k := range c.index.files {
		if !c.built[k] { // another cluster's patch may find its target still
			continue
		}
		for _, d := range c.index.documents(k) {
			for i, p := range list(objectOf(&d), "patches") {
				if p["target"] == nil && c.index.losesTarget(path.Dir(k), kustypes.Patch{Path: text(p, "path"), Patch: text(p, "patch")}, names) {
					found = append(found, d.Position("patches["+itoa(i)+"]"))
				}
			}
			for i, p := range anyStrings(objectOf(&d)["patchesStrategicMerge"]) {
				if c.index.losesTarget(path.Dir(k), kustypes.Patch{Path: p}, names) {
					found = append(found, d.Position("patchesStrategicMerge["+itoa(i)+"]"))
				}
			}
		}
	}
	return found
}

// emptied lists the kustomization.yaml files all of whose resources are deleted.
func (c *Cluster) emptied(files []SupersededFile) []string {
	gone := deleted(files)
	var found []string
	for _, k := range c.index.kustomizationFiles() {
		for _, d := range c.index.documents(k) {
			entries := anyStrings(objectOf(&d)["resources"])
			if len(entries) > 0 && !slices.ContainsFunc(entries, func(entry string) bool { return !gone[path.Join(path.Dir(k), entry)] }) {
				found = append(found, k)
			}
		}
	}
	return found
}

// Lists returns the entries of kustomization.yaml files that name a file, as
// file:line:column.
func (r *Repository) Lists(file string) []dag.Position {
	var found []dag.Position
	for _, k := range r.index.kustomizationFiles() {
		if !under(path.Dir(k), file) && !strings.HasPrefix(file, "..") {
			continue
		}
		for _, d := range r.index.documents(k) {
			for i, entry := range anyStrings(objectOf(&d)["resources"]) {
				if path.Join(path.Dir(k), entry) == file {
					found = append(found, d.Position("resources["+itoa(i)+"]"))
				}
			}
		}
	}
	return found
}
