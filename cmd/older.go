package cmd

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// older asks whether this program was built before the declaration was changed: the Go
// files of a cluster are not those of the base, but what is generated is. files are what
// it generates, and before the generated files there, by path. No clock says it as well:
// git sets the times of files.
func (r *revisions) older(base plan.Revision, g *dag.Graph, files, before map[string][]byte) ([]string, error) {
	if !maps.EqualFunc(files, before, bytes.Equal) {
		return nil, nil
	}
	edited, err := r.git.Edited(base.Commit, r.sources(g)...)
	if err != nil {
		return nil, err
	}
	edited = slices.DeleteFunc(edited, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if len(edited) == 0 || r.documentsFollow(base, g) {
		return nil, nil
	}
	verb := "differs"
	if len(edited) > 1 {
		verb = "differ"
	}
	return []string{fmt.Sprintf("%s %s from %s, but what this program generates does not: was it built before the change? \"go run\" builds it anew",
		strings.Join(edited, ", "), verb, base.Name)}, nil
}

// documentsFollow reports whether this program generates a document of a cluster as the work
// tree has it and the base has not: then it knows what was changed.
func (r *revisions) documentsFollow(base plan.Revision, g *dag.Graph) bool {
	files, err := documents(g)
	if err != nil {
		return false // generate says why
	}
	for _, f := range files {
		name := path.Join(r.below, f.Path)
		data, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(data, f.Data) {
			continue
		}
		if edited, err := r.git.Edited(base.Commit, ":(glob)"+escapeGlob(name)); err == nil && len(edited) > 0 {
			return true
		}
	}
	return false
}

// sources are patterns of git for the Go files that declare a cluster: those of its folder
// and of the folders in which its nodes are declared.
func (r *revisions) sources(g *dag.Graph) []string {
	dirs := map[string]bool{g.Dir(): true}
	for v := range g.Vertices() {
		if file := v.Position().File; path.Ext(file) == ".go" && filepath.IsLocal(file) {
			dirs[path.Dir(file)] = true
		}
	}
	var patterns []string
	for dir := range dirs {
		patterns = append(patterns, ":(glob)"+path.Join(r.below, escapeGlob(dir), "*.go"))
	}
	slices.Sort(patterns)
	return patterns
}

// escapeGlob makes a path stand for itself in a pattern of git.
func escapeGlob(p string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(p)
}
