package repo

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/tazlab/fluxdag/gen"
)

// ignored reports whether the source leaves a file, or a folder by itself, out of its
// artifact. What lies below such a folder is asked one by one all the same: the artifact is
// made of a walk over all, and a pattern such as !/clusters/prod takes in what /* leaves out
// (fluxcd/pkg/artifact: Storage.Archive).
func (t *tree) ignored(abs string, dir bool) bool {
	return t.ignore.Match(strings.Split(abs, string(filepath.Separator)), dir)
}

// hidden reports whether a path is not in the artifact, whatever the source leaves out: where
// others make it of what the source holds, they may take less.
func (t *tree) hidden(p string, dir bool) bool { return t.picks != nil && !t.picks(p, dir) }

// leads reports whether anything below a folder is in the artifact, and with it the folder.
func (t *tree) leads(dir string) bool {
	found := errors.New("found")
	return filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		if err == nil && p != dir && (entry.IsDir() || entry.Type().IsRegular()) && !t.ignored(p, entry.IsDir()) {
			return found
		}
		return nil
	}) == found
}

// ignoredBelow lists, as patterns relative to dir, the YAML files below it that
// the source leaves out: those that it is told to, and symbolic links.
func (t *tree) ignoredBelow(dir string) []string {
	var patterns []string
	_ = filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		pattern := "/" + escapePattern(filepath.ToSlash(rel))
		switch {
		case err != nil || p == dir:
		case entry.IsDir() && t.ignored(p, true) && !t.leads(p):
			patterns = append(patterns, pattern+"/**")
			return fs.SkipDir
		case entry.IsDir() || !gen.IsYAML(p):
		case entry.Type()&fs.ModeSymlink != 0 || t.ignored(p, false):
			patterns = append(patterns, pattern)
		}
		return nil
	})
	return patterns
}

// escapePattern makes a path stand for itself in an ignore file.
func escapePattern(p string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(p)
}
