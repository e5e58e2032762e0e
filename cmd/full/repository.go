package full

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
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
	flux                  string // the minor version of Flux; the newest where it is empty
	reported              bool   // that a variable is not used
}

func (r *reading) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&r.roots, "root", nil, "a `FOLDER` that Flux syncs, absolute or relative to the repository; repeatable (default: found by gotk-sync.yaml, FluxInstance, or shape)")
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
	found, err := load(path, repo.Options{Roots: r.roots, ArtifactRoot: r.artifactRoot, Vars: vars, Flux: r.flux, Temporary: r.temporary, Progress: bar.show})
	bar.end()
	if err == nil && !r.reported { // lint --fix reads twice
		r.reported = true
		r.reportUnused(c.ErrOrStderr(), found)
	}
	return found, err
}

func load(path string, o repo.Options) (*repo.Repository, error) {
	found, err := loadAll(path, o)
	if err != nil {
		return nil, err
	}
	if root := above(path, path, found); root != "" {
		return nil, cli.Hint(&partError{path, root}, "name that folder; lint and import take a part of it as --root")
	}
	if err := rootless(path, o.Roots, found); err != nil {
		return nil, err
	}
	return found, nil
}

// rootless refuses a --root at which nothing of Flux begins, unless something in it could not
// be read: then that is to be told, but for a folder around the one that Flux syncs.
func rootless(path string, roots []string, found *repo.Repository) error {
	for _, c := range found.Clusters {
		if len(roots) == 0 || c.Graph.Len() > 0 {
			continue
		}
		synced := syncedIn(path)
		around := slices.ContainsFunc(synced, func(dir string) bool { return dir != c.Root && (c.Root == "." || strings.HasPrefix(dir, c.Root+"/")) })
		if !around && len(holes(found, c.Check())) > 0 {
			continue
		}
		return cli.Hint(fmt.Errorf("--root %s: no Kustomization of Flux begins there", c.Root), rootHint(c.Root, synced))
	}
	return nil
}

// loadAll is load, but that it may be a part of a repository.
func loadAll(path string, o repo.Options) (*repo.Repository, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return nil, cli.Hint(fmt.Errorf("%s is a file", path), "name the root of the repository")
	}
	if several := repositories(path); len(several) > 1 {
		return nil, cli.Hint(fmt.Errorf("%s holds several repositories: %s", path, few("", several, width/2)), "name one of them, such as "+filepath.Join(path, several[0]))
	}
	roots, err := rootsIn(path, o.Roots)
	if err != nil {
		return nil, err
	}
	o.Roots = roots
	if os.Getenv("GOGC") == "" { // a fifth of the time, for twice the memory of a small heap
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	found, err := repo.Load(path, o)
	switch {
	case errors.Is(err, repo.ErrNoRoot):
		return nil, cli.Hint(fmt.Errorf("%s: %w: no gotk-sync.yaml, no FluxInstance and no Kustomization outside archives", path, err), "name the root of the repository; lint and import also take the folder that Flux syncs, as --root")
	case errors.Is(err, fs.ErrNotExist):
		return nil, cli.Hint(fmt.Errorf("%s does not exist", path), "name the root of the repository")
	}
	return found, err
}

// partError says that the paths in what was read begin at a folder above it.
type partError struct{ path, root string }

func (e *partError) Error() string {
	return fmt.Sprintf("%s is a part of a repository: the paths in it begin at %s", e.path, e.root)
}

// hint adds how to do something with all of the repository, by a command, or with the part.
func (e *partError) hint(do, whole string) error {
	rel, ok := below(e.root, e.path)
	if !ok {
		return cli.Hint(e, "name that folder")
	}
	return cli.Hint(e, do+" all of it with "+whole+", or this part with "+whole+" --root "+shellWord(filepath.ToSlash(rel)))
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
		clusters = append(clusters, view.Cluster{Name: c.Name, Root: c.Root, Graph: c.Graph, AppliedBy: appliedBy, SyncRoot: c.SyncRoot()})
		found = append(found, holes(r, c.Check())...)
	}
	found.Sort()
	return clusters, slices.CompactFunc(found, func(a, b dag.Diagnostic) bool { return a.Compare(b) == 0 })
}
