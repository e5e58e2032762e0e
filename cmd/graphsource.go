package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// graphs returns the graphs that the argument means, and what of them could not
// be read.
func (t *tool) graphs(c *cobra.Command, args []string, flags *graphFlags) ([]view.Cluster, dag.Diagnostics, error) {
	if len(args) == 1 && !slices.Contains(t.clusterNames(), args[0]) {
		if path, is := asPath(c, args[0]); is {
			return t.loadPath(c, path, flags.findings)
		}
	}
	if len(args) == 0 && t.Load != nil && !t.atHome(c) {
		return t.loadAround(c, flags.findings)
	}
	selected, err := t.selectClusters(args)
	switch {
	case err != nil && t.Load != nil && len(args) == 1:
		return t.loadNamed(c, args[0], flags.findings, err)
	case err != nil:
		return nil, nil, err
	}
	if err := unusedReading(c, flags.reading, selected); err != nil {
		return nil, nil, err
	}
	if flags.findings {
		return t.judged(c, selected)
	}
	var clusters []view.Cluster
	for _, cluster := range selected {
		g := dag.Resolve(cluster)
		clusters = append(clusters, view.Cluster{Name: g.Name(), Root: g.Dir(), Graph: g})
	}
	return clusters, nil, nil
}

// atHome reports whether the repository around here is that of a compiled-in cluster: it
// holds its folder, or where nothing is generated yet its declaration.
func (t *tool) atHome(c *cobra.Command) bool {
	root, err := cli.Root(c)
	return err == nil && slices.ContainsFunc(t.clusters, func(cluster dag.Cluster) bool {
		for _, file := range append([]string{folderOf(cluster)}, declaredIn(cluster)...) {
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err == nil {
				return true
			}
		}
		return false
	})
}

// declaredIn returns the file of a cluster's first declaration, if it has any.
func declaredIn(cluster dag.Cluster) []string {
	for v := range dag.Resolve(cluster).Vertices() {
		return []string{v.Position().File}
	}
	return nil
}

// loadAround reads the repository around here, as lint does.
func (t *tool) loadAround(c *cobra.Command, findings bool) ([]view.Cluster, dag.Diagnostics, error) {
	clusters, found, err := t.Load(c, "", "", findings)
	if names := t.clusterNames(); err != nil && len(names) > 0 && !c.Flags().Changed("root") {
		err = fmt.Errorf("%w; not of this repository, but compiled in: %s", err, strings.Join(names, ", "))
	}
	return clusters, found, err
}

// loadNamed reads the clusters of that name in the repository around here; missing is that
// none which is compiled in has it.
func (t *tool) loadNamed(c *cobra.Command, name string, findings bool, missing error) ([]view.Cluster, dag.Diagnostics, error) {
	clusters, found, err := t.Load(c, "", name, findings)
	unknown, ok := errors.AsType[*NoClusterError](err)
	switch {
	case err == nil:
		return clusters, found, nil
	case !ok: // no repository, or nothing of Flux in it
		return nil, nil, fmt.Errorf("%w, and nothing at that path", missing)
	}
	known := slices.Concat(unknown.Known, t.clusterNames())
	return nil, nil, cli.Hint(fmt.Errorf("%w, and nothing at that path", err),
		cmp.Or(cli.DidYouMean(name, known), "there are "+strings.Join(known, ", ")))
}

// unusedReading refuses what says how to read a repository where none is read.
func unusedReading(c *cobra.Command, reading []string, selected []dag.Cluster) error {
	for _, name := range reading {
		if f := c.Flags().Lookup(name); f.Changed {
			return cli.Hint(fmt.Errorf("--%s says how to read a repository, and %s is compiled in", name, selected[0].Name),
				"name the repository: fluxdag graph . --"+name+" …")
		}
	}
	return nil
}

// judged returns the graphs with what check says of each, which takes the repository.
func (t *tool) judged(c *cobra.Command, selected []dag.Cluster) ([]view.Cluster, dag.Diagnostics, error) {
	more, err := t.moreRules()
	if err != nil {
		return nil, nil, err
	}
	root, err := cli.Root(c)
	if err != nil {
		return nil, nil, err
	}
	var clusters []view.Cluster
	for _, cluster := range selected {
		folder, err := openFolder(root, cluster)
		if err != nil {
			return nil, nil, err
		}
		addNeighbours(&cluster, folder)
		g := dag.Resolve(cluster)
		found := g.Check(slices.Concat(dag.Rules(), cluster.Policies, folder.Rules(), more)...)
		closeAll([]loaded{{folder: folder}})
		locate(root, g, found)
		clusters = append(clusters, view.Cluster{Name: g.Name(), Root: g.Dir(), Graph: g, Findings: found})
	}
	return clusters, nil, nil
}

func (t *tool) loadPath(c *cobra.Command, path string, findings bool) ([]view.Cluster, dag.Diagnostics, error) {
	if t.Load != nil {
		return t.Load(c, path, "", findings)
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
