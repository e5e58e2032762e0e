package repo

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// modulePath matches where .gitmodules says that a submodule is.
var modulePath = regexp.MustCompile(`(?m)^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n]*[^"\s])`)

// emptySubmodules lists the submodules of a work tree that are not checked out. Which commits
// they are at is not known.
func emptySubmodules(base string) map[string]string {
	data, err := os.ReadFile(filepath.Join(base, ".gitmodules"))
	if err != nil {
		return nil
	}
	found := map[string]string{}
	for _, match := range modulePath.FindAllSubmatch(data, -1) {
		folder := cleanPath(filepath.ToSlash(string(match[1])))
		if entries, err := os.ReadDir(filepath.Join(base, filepath.FromSlash(folder))); err == nil && len(entries) == 0 {
			found[folder] = ""
		}
	}
	return found
}

// submodulesOf returns the submodules that are in the artifact of a root's source. Only a
// GitRepository of which nothing says that it has recurseSubmodules surely leaves them empty
// (source-controller: GitRepositoryReconciler.gitCheckout).
func (ix *index) submodulesOf(r syncRoot) map[string]string {
	if len(ix.submodules) == 0 || !ix.recurses && r.fetches != nil && r.source.kind == "GitRepository" {
		return nil
	}
	return ix.submodules
}

// submodule names the submodule in which a path of the artifact lies, if it lies in one, and
// returns its folder. What is in it is not known, and not the same at another commit.
func (t *tree) submodule(p string) (what, folder string) {
	rel := t.rel(filepath.Clean(p))
	for _, folder := range slices.Sorted(maps.Keys(t.submodules)) {
		if !under(folder, rel) || !t.stat(filepath.Join(t.base, filepath.FromSlash(folder))).dir {
			continue
		}
		what = "submodule " + folder
		if commit := t.submodules[folder]; commit != "" {
			what += " at " + commit[:min(len(commit), 12)]
		}
		return what, folder
	}
	return "", ""
}

// submodulesIn are the submodules of which the kustomization.yaml that Flux generates for a
// folder lists what they hold.
func (t *tree) submodulesIn(dir string) []cut {
	var cuts []cut
	root := t.rel(dir)
	for _, folder := range slices.Sorted(maps.Keys(t.submodules)) {
		if under(root, folder) && t.ownFolder(root, folder) == "" {
			if what, _ := t.submodule(filepath.Join(t.base, filepath.FromSlash(folder))); what != "" {
				cuts = append(cuts, cut{entry: what, remote: true, target: folder})
			}
		}
	}
	return cuts
}
