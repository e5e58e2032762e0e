package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

func newGraph(t *tool) *cobra.Command {
	format := cli.NewChoice("text", "json")
	c := &cobra.Command{
		Use:   "graph [CLUSTER]",
		Short: "Print the graph of a cluster",
		Long: `Prints the graph of the named cluster, or of all that are compiled in: level by
level each Kustomization, what makes it ready and what it waits for. Nothing is
checked, and nothing is written.

docs/graph.schema.json describes the JSON.`,
		Example: `  fluxdag graph
  fluxdag graph tazlab-k8s --format json`,
		Args:      cli.AtMost(1),
		ValidArgs: t.clusterNames(),
		RunE: func(c *cobra.Command, args []string) error {
			return t.graph(c, args, format.String())
		},
	}
	if t.Load != nil {
		c.Use = "graph [CLUSTER|PATH]"
		c.Short = "Print the graph of a cluster, or of the clusters in a repository"
		c.Long = `Prints the graph of the named cluster, of all that are compiled in, or of those
in the repository at PATH, read as Flux reads it: level by level each
Kustomization, what makes it ready and what it waits for. Nothing is checked, and
nothing is written.

What is no name of a compiled-in cluster and has a slash or exists is a PATH; with
-C it is relative to DIR. What of it could not be read is reported on standard
error, and exits 1 where that leaves the graph incomplete.

docs/graph.schema.json describes the JSON.`
		c.Example += "\n  fluxdag graph . --format json"
	}
	if t.LoadFlags != nil {
		t.LoadFlags(c)
	}
	c.Flags().Var(format, "format", "the output `format`: "+format.Words())
	c.SetFlagErrorFunc(graphFlagError)
	return c
}

// graphFlagError knows the flag by which check and lint call the format.
func graphFlagError(c *cobra.Command, err error) error {
	for _, other := range []string{"'o' in -", "unknown flag: --output"} {
		if strings.Contains(err.Error(), other) {
			return cli.Hint(err, "graph's format is given with --format: "+c.CommandPath()+" --format json")
		}
	}
	return cli.FlagError(c, err)
}

func (t *tool) graph(c *cobra.Command, args []string, format string) error {
	clusters, found, err := t.graphs(c, args)
	if err != nil {
		return err
	}
	report.Print(c.ErrOrStderr(), found...)
	print := view.Text
	if format == "json" {
		print = view.JSON
	}
	if err := print(c.OutOrStdout(), clusters); err != nil {
		return fmt.Errorf("cannot print the graph: %w", err)
	}
	if found.Has(dag.Error) {
		return cli.ErrFindings
	}
	return nil
}

// graphs returns the graphs that the argument means, and what of them could not
// be read.
func (t *tool) graphs(c *cobra.Command, args []string) ([]view.Cluster, dag.Diagnostics, error) {
	if len(args) == 1 && !slices.Contains(t.clusterNames(), args[0]) {
		if path, is := asPath(c, args[0]); is {
			return t.loadPath(c, path)
		}
	}
	selected, err := t.selectClusters(args)
	switch {
	case err != nil && t.Load != nil && len(args) == 1:
		return nil, nil, fmt.Errorf("%w, and nothing at that path", err)
	case err != nil:
		return nil, nil, err
	}
	var clusters []view.Cluster
	for _, cluster := range selected {
		g := dag.Resolve(cluster)
		clusters = append(clusters, view.Cluster{Name: g.Name(), Root: g.Dir(), Graph: g})
	}
	return clusters, nil, nil
}

func (t *tool) loadPath(c *cobra.Command, path string) ([]view.Cluster, dag.Diagnostics, error) {
	if t.Load != nil {
		return t.Load(c, path)
	}
	return nil, nil, cli.Hint(fmt.Errorf("%s is a path, but this program knows only the clusters that are compiled in: %s", path, strings.Join(t.clusterNames(), ", ")),
		"the program github.com/tazlab/fluxdag/cmd/fluxdag reads repositories: fluxdag graph "+path)
}

// asPath returns the path that an argument means, and whether it means one: it
// has a slash or exists.
func asPath(c *cobra.Command, arg string) (path string, is bool) {
	path = arg
	if dir := cli.Directory(c); dir != "" && !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	_, err := os.Stat(path)
	return path, err == nil || strings.ContainsRune(filepath.ToSlash(arg), '/')
}
