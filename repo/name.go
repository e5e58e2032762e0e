package repo

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// commonFolders are the names of folders that tell nothing about a cluster.
var commonFolders = []string{".", "flux", "config", "cluster", "clusters", "flux-system", "kubernetes", "k8s", "base", "apps", "bootstrap", "gitops"}

// archiveFolders are those whose Kustomizations nobody expects to be reached.
var archiveFolders = []string{"archive", "archived", "old", "deprecated", "disabled", "unused", "attic", "backup", "test", "tests", "testdata", "template", "templates", "example", "examples", "hack", "docs"}

// quietFolder reports whether a file lies in an archive, a template or a test.
func quietFolder(file string) bool {
	for _, folder := range strings.Split(path.Dir(file), "/") {
		if slices.Contains(archiveFolders, strings.Trim(strings.ToLower(folder), "._-")) {
			return true
		}
	}
	return false
}

// nameRoots gives every root the name of its cluster: the last folder of its path
// that tells one cluster from another.
func nameRoots(roots []syncRoot) {
	taken := map[string]bool{}
	for i := range roots {
		if roots[i].name == "" {
			roots[i].name = unique(clusterName(roots[i].path), taken)
		}
		taken[roots[i].name] = true
	}
}

func clusterName(p string) string {
	folders := strings.Split(p, "/")
	for i := len(folders) - 1; i >= 0; i-- {
		if !slices.Contains(commonFolders, strings.ToLower(folders[i])) {
			return folders[i]
		}
	}
	if last := folders[len(folders)-1]; last != "." {
		return last
	}
	return "cluster"
}

func unique(name string, taken map[string]bool) string {
	if !taken[name] {
		return name
	}
	for i := 2; ; i++ {
		if n := fmt.Sprintf("%s-%d", name, i); !taken[n] {
			return n
		}
	}
}

// parentOf returns the folder of a path as spec.path says it.
func parentOf(p string) string { return "./" + strings.TrimPrefix(path.Dir(cleanPath(p)), ".") }
