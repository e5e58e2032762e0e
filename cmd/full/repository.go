package full

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/view"
	"golang.org/x/term"
	"sigs.k8s.io/yaml"
)

// reading is how a repository is to be read: the flags that the verbs share.
type reading struct {
	roots, vars, varFiles []string
	artifactRoot          string
}

func (r *reading) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&r.roots, "root", nil, "a `FOLDER` that Flux syncs, relative to the repository; repeatable (default: found by gotk-sync.yaml, FluxInstance, or shape)")
	c.Flags().StringVar(&r.artifactRoot, "artifact-root", "", "the `FOLDER` of the repository that the source's artifact holds (default: found by the paths)")
	c.Flags().StringArrayVar(&r.vars, "var", nil, "`NAME=VALUE` of a variable that only the cluster knows; repeatable")
	c.Flags().StringArrayVar(&r.varFiles, "vars-from", nil, "a `FILE` of such variables: NAME=VALUE lines, or a ConfigMap; repeatable")
}

// load reads the repository that the argument names, or the one around here.
func (r *reading) load(c *cobra.Command, args []string) (*repo.Repository, error) {
	vars, err := r.variables()
	if err != nil {
		return nil, err
	}
	bar := newProgress(c.ErrOrStderr())
	defer bar.end()
	return load(folder(c, args), repo.Options{Roots: r.roots, ArtifactRoot: r.artifactRoot, Vars: vars, Progress: bar.show})
}

func load(path string, o repo.Options) (*repo.Repository, error) {
	found, err := repo.Load(path, o)
	switch {
	case errors.Is(err, repo.ErrNoRoot):
		return nil, cli.Hint(fmt.Errorf("%s: %w: no gotk-sync.yaml, no FluxInstance and no Kustomization outside archives", path, err), "name the root of the repository, and with --root the folder that Flux syncs")
	case errors.Is(err, os.ErrNotExist):
		return nil, cli.Hint(fmt.Errorf("%s does not exist", path), "name a folder that holds a repository")
	case err != nil:
		return nil, err
	}
	return found, nil
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

// variables reads --vars-from and --var, of which the latter win.
func (r *reading) variables() (map[string]string, error) {
	vars := map[string]string{}
	for _, name := range r.varFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, cli.Hint(fmt.Errorf("--vars-from %s: %w", name, errors.Unwrap(err)), "name a file of NAME=VALUE lines, or a ConfigMap")
		}
		if err := readVariables(data, vars); err != nil {
			return nil, cli.Hint(fmt.Errorf("--vars-from %s: %w", name, err), "write NAME=VALUE, one a line, or a ConfigMap with data")
		}
	}
	for _, v := range r.vars {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, cli.Hint(fmt.Errorf("--var %q has no value", v), "write --var NAME=VALUE")
		}
		vars[name] = value
	}
	return vars, nil
}

func readVariables(data []byte, vars map[string]string) error {
	if bytes.Contains(data, []byte("kind: ConfigMap")) {
		var object struct{ Data map[string]string }
		if err := yaml.Unmarshal(data, &object); err != nil {
			return err
		}
		for name, value := range object.Data {
			vars[name] = value
		}
		return nil
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if !ok {
			return fmt.Errorf("line %d is not NAME=VALUE", n)
		}
		vars[strings.TrimSpace(name)] = strings.Trim(strings.TrimSpace(value), `"'`)
	}
	return lines.Err()
}

// view turns what was read into what the graph verb prints.
func viewOf(r *repo.Repository) ([]view.Cluster, dag.Diagnostics) {
	var clusters []view.Cluster
	var found dag.Diagnostics
	for _, c := range r.Clusters {
		appliedBy := map[string]string{}
		for node, parents := range c.AppliedBy {
			appliedBy[node] = parents[0]
		}
		clusters = append(clusters, view.Cluster{Name: c.Name, Root: c.Root, Graph: c.Graph, AppliedBy: appliedBy})
		for _, d := range c.Check() {
			if slices.Contains(incomplete, d.Code) {
				found = append(found, d)
			}
		}
	}
	return clusters, found
}

// incomplete are the rules whose findings leave holes in a graph.
var incomplete = []string{"FD305", "FD320", "FD321", "FD322", "FD329"}

// progress is a bar on a terminal, for work that takes more than a second.
type progress struct {
	w     io.Writer
	bar   *progressbar.ProgressBar
	start time.Time
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	return &progress{w: w, start: time.Now()}
}

func (p *progress) show(cluster string, built, known int) {
	if p.w == nil || time.Since(p.start) < time.Second {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(known, progressbar.OptionSetWriter(p.w), progressbar.OptionClearOnFinish(), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(false))
	}
	p.bar.Describe("building " + cluster)
	p.bar.ChangeMax(cmp.Or(known, 1))
	_ = p.bar.Set(built) // a bar that cannot be drawn is no failure
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// plain reads a folder of files that fluxdag generated, which is no repository of
// its own; ok is false where it is none.
func plain(folder string) (cluster dag.Cluster, found dag.Diagnostics, ok bool) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return dag.Cluster{}, nil, false
	}
	var files []gen.File
	for _, entry := range entries {
		if ext := filepath.Ext(entry.Name()); !entry.Type().IsRegular() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil || !gen.Owned(data) {
			return dag.Cluster{}, nil, false
		}
		files = append(files, gen.File{Path: entry.Name(), Data: data})
	}
	if len(files) == 0 {
		return dag.Cluster{}, nil, false
	}
	cluster, found = gen.Read(files)
	dir := gen.Declaration(files[0].Data)
	if path.Ext(dir) == ".go" {
		dir = path.Dir(dir)
	}
	if dir != "" {
		cluster.Name, cluster.Dir = path.Base(dir), dir
	}
	return cluster, found, true
}
