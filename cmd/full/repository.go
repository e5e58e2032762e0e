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
	"unicode"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/view"
)

// reading is how a repository is to be read: the flags that the verbs share.
type reading struct {
	roots, vars, varFiles []string
	artifactRoot          string
	temporary             string // where copies are made
	path                  string // of what was read
	reported              bool   // that a variable is not used
}

func (r *reading) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&r.roots, "root", nil, "a `FOLDER` that Flux syncs, relative to the repository; repeatable (default: found by gotk-sync.yaml, FluxInstance, or shape)")
	c.Flags().StringVar(&r.artifactRoot, "artifact-root", "", "the `FOLDER` of the repository that the source's artifact holds (default: found by the paths)")
	c.Flags().StringArrayVar(&r.vars, "var", nil, "`NAME=VALUE` of a variable that only the cluster knows; repeatable")
	c.Flags().StringArrayVar(&r.varFiles, "vars-from", nil, "a `FILE` of such variables: NAME=VALUE lines, or a ConfigMap; repeatable")
}

// load reads the repository that the argument names, or the one around here.
func (r *reading) load(c *cobra.Command, args []string) (*repo.Repository, error) {
	return r.read(c, folder(c, args))
}

// graphCommand is what shows the graph of what was read.
func (r *reading) graphCommand() string {
	return "fluxdag graph " + shellWord(r.path)
}

// shellWord quotes what a shell would take apart.
func shellWord(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("-_./:@%+,=", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// read reads the repository in a folder.
func (r *reading) read(c *cobra.Command, path string) (*repo.Repository, error) {
	vars, err := r.variables()
	if err != nil {
		return nil, err
	}
	r.path = path
	bar := newProgress(c.ErrOrStderr())
	found, err := load(path, repo.Options{Roots: r.roots, ArtifactRoot: r.artifactRoot, Vars: vars, Temporary: r.temporary, Progress: bar.show})
	bar.end()
	if err == nil && !r.reported { // lint --fix reads twice
		r.reported = true
		r.reportUnused(c.ErrOrStderr(), found)
	}
	return found, err
}

func load(path string, o repo.Options) (*repo.Repository, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return nil, cli.Hint(fmt.Errorf("%s is a file", path), "name the root of the repository")
	}
	for _, root := range o.Roots {
		if isDir(path) && (!filepath.IsLocal(root) || !isDir(path, root)) {
			return nil, cli.Hint(fmt.Errorf("--root %s: %s has no such folder", root, path), rootHint(path, root))
		}
	}
	found, err := repo.Load(path, o)
	switch {
	case errors.Is(err, repo.ErrNoRoot):
		return nil, cli.Hint(fmt.Errorf("%s: %w: no gotk-sync.yaml, no FluxInstance and no Kustomization outside archives", path, err), "name the root of the repository; lint and import also take the folder that Flux syncs, as --root")
	case errors.Is(err, fs.ErrNotExist):
		return nil, cli.Hint(fmt.Errorf("%s does not exist", path), "name the root of the repository")
	case err != nil:
		return nil, err
	}
	if root := above(path, found); root != "" {
		return nil, cli.Hint(fmt.Errorf("%s is a part of a repository: the paths in it begin at %s", path, root), "name that folder; lint and import take a part of it as --root")
	}
	return found, nil
}

// rootHint names the root that is probably meant.
func rootHint(path, root string) string {
	const hint = "name a folder relative to PATH that Flux syncs"
	found, err := repo.Load(path, repo.Options{})
	if err != nil {
		return hint
	}
	var roots []string
	for _, c := range found.Clusters {
		roots = append(roots, c.Root)
	}
	return cmp.Or(cli.DidYouMean(root, roots), hint+": "+strings.Join(roots, ", "))
}

// above returns the folder around path in which all paths exist, where in path itself
// none does; else nothing.
func above(path string, found *repo.Repository) string {
	var missing []string
	for _, c := range found.Clusters {
		for v := range c.Graph.Vertices() {
			if p := v.Object().Spec.Path; isDir(path, c.ArtifactRoot, p) && filepath.Clean("/"+p) != "/" {
				return ""
			}
		}
		for _, b := range c.Graph.Boundaries() {
			if p, ok := strings.CutPrefix(b.What, "path "); ok && b.Kind == "missing" {
				missing = append(missing, p)
			}
		}
	}
	dir, err := filepath.Abs(path)
	if err != nil || len(missing) == 0 {
		return ""
	}
	for dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		if !slices.ContainsFunc(missing, func(p string) bool { return !isDir(dir, p) }) {
			return dir
		}
	}
	return ""
}

func isDir(elements ...string) bool {
	info, err := os.Stat(filepath.Join(elements...))
	return err == nil && info.IsDir()
}

// folder returns the folder that is meant: the argument, relative to -C.
func folder(c *cobra.Command, args []string) string {
	path := "."
	if len(args) > 0 {
		path = args[0]
	}
	if dir := cli.Directory(c); dir != "" && !filepath.IsAbs(path) {
		return filepath.Join(dir, path)
	}
	return path
}

// viewOf turns what was read into what the graph verb prints.
func viewOf(r *repo.Repository) ([]view.Cluster, dag.Diagnostics) {
	var clusters []view.Cluster
	var found dag.Diagnostics
	for _, c := range r.Clusters {
		appliedBy := map[string]string{}
		for node, parents := range c.AppliedBy {
			appliedBy[node] = parents[0]
		}
		clusters = append(clusters, view.Cluster{Name: c.Name, Root: c.Root, Graph: c.Graph, AppliedBy: appliedBy})
		found = append(found, holes(r, c)...)
	}
	found.Sort()
	return clusters, slices.CompactFunc(found, func(a, b dag.Diagnostic) bool { return a.Compare(b) == 0 })
}
