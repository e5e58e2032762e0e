package full

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/repo"
)

// folder returns the folder that is meant: the argument, relative to -C, or without one
// the root of the git repository around here.
func folder(c *cobra.Command, args []string) string {
	path := here(c, args)
	if len(args) > 0 || cli.Directory(c) != "" {
		return path
	}
	if below := cli.BelowGit(path); below != "" {
		return filepath.Join(slices.Repeat([]string{".."}, 1+strings.Count(below, "/"))...)
	}
	return path
}

// here returns the argument, relative to -C, or the current folder.
func here(c *cobra.Command, args []string) string {
	path := "."
	if len(args) > 0 {
		path = args[0]
	}
	if dir := cli.Directory(c); dir != "" && !filepath.IsAbs(path) {
		return filepath.Join(dir, path)
	}
	return path
}

// rootsIn returns the values of --root relative to the repository at path. They may be
// absolute, and those that no folder there matches, or that begin with a dot, relative
// to the current folder.
func rootsIn(path string, roots []string) ([]string, error) {
	var all []string
	for _, root := range roots {
		dir, ok := rootIn(path, root)
		if !ok && isDir(path) {
			return nil, cli.Hint(fmt.Errorf("--root %s: %s has no such folder", root, path), rootHint(root, syncedIn(path)))
		}
		all = append(all, filepath.ToSlash(dir))
	}
	return all, nil
}

func rootIn(path, root string) (string, bool) {
	fromHere, isHere := below(path, root)
	dotted := strings.HasPrefix(filepath.ToSlash(root)+"/", "./") || strings.HasPrefix(filepath.ToSlash(root)+"/", "../")
	switch {
	case isHere && (dotted || filepath.IsAbs(root)):
		return fromHere, true
	case filepath.IsLocal(root) && isDir(path, root):
		return root, true
	}
	return fromHere, isHere
}

// below returns a folder's path from another one that it lies in.
func below(base, dir string) (string, bool) {
	base, err := realPath(base)
	if err != nil {
		return "", false
	}
	if dir, err = realPath(dir); err != nil || !isDir(dir) {
		return "", false
	}
	rel, err := filepath.Rel(base, dir)
	return rel, err == nil && filepath.IsLocal(rel)
}

func realPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// repositories lists the folders in one that is no git repository that are some.
func repositories(path string) []string {
	if exists(path, ".git") {
		return nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil
	}
	var found []string
	for _, entry := range entries {
		if entry.IsDir() && exists(path, entry.Name(), ".git") {
			found = append(found, entry.Name())
		}
	}
	return found
}

func exists(elements ...string) bool {
	_, err := os.Stat(filepath.Join(elements...))
	return err == nil
}

// rootHint names the root that is probably meant, of the folders that Flux syncs.
func rootHint(root string, synced []string) string {
	const hint = "name a folder relative to PATH that Flux syncs"
	synced = slices.DeleteFunc(synced, func(dir string) bool { return dir == root })
	if len(synced) == 0 {
		return hint
	}
	return cmp.Or(cli.DidYouMean(root, synced), hint+": "+strings.Join(synced, ", "))
}

// syncedIn returns the folders in a repository that Flux syncs, as far as they are found.
func syncedIn(path string) []string {
	found, err := repo.Load(path, repo.Options{})
	if err != nil {
		return nil
	}
	var roots []string
	for _, c := range found.Clusters {
		roots = append(roots, c.Root)
	}
	return roots
}

// above returns the folder around another one in which all paths exist, where in path, which
// is that folder or a revision of it, none does; else nothing. What is around a git repository
// is no part of it.
func above(path, around string, found *repo.Repository) string {
	var missing []string
	for _, c := range found.Clusters {
		for v := range c.Graph.Vertices() {
			if p := v.Object().Spec.Path; isDir(path, c.ArtifactRoot, p) && filepath.Clean("/"+p) != "/" {
				return ""
			}
		}
		for _, b := range c.Graph.Boundaries() {
			if p, ok := strings.CutPrefix(b.What, "path "); ok && b.Kind == "missing" && filepath.Clean("/"+p) != "/" {
				missing = append(missing, p)
			}
		}
	}
	dir, err := filepath.Abs(around)
	if err != nil || len(missing) == 0 {
		return ""
	}
	for dir != filepath.Dir(dir) && !exists(dir, ".git") {
		dir = filepath.Dir(dir)
		if !slices.ContainsFunc(missing, func(p string) bool { return !isDir(dir, p) }) {
			return dir
		}
	}
	return ""
}

// holdsFile reports whether a folder of a repository has a file of a kind, or one below it
// has; of any where kind is nil. Git keeps no folder without a file.
func holdsFile(path, dir string, kind func(name string) bool) bool {
	found := errors.New("found")
	return filepath.WalkDir(filepath.Join(path, filepath.FromSlash(dir)), func(p string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && (kind == nil || kind(filepath.ToSlash(p))) {
			return found
		}
		return nil
	}) == found
}

func isDir(elements ...string) bool {
	info, err := os.Stat(filepath.Join(elements...))
	return err == nil && info.IsDir()
}
