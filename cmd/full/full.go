// Package full is the command line with every verb: those of package cmd, and
// those that read repositories and therefore link kustomize. Its check and lint also
// judge by the CRD, and so link Kubernetes' validation and CEL. A repository that
// wants that in its own tool calls [Main] instead of cmd.Main:
//
//	func main() { full.Main(staging.Cluster, production.Cluster) }
package full

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
	"github.com/tazlab/fluxdag/view"
)

// Main runs the command line on os.Args with every verb and the clusters that are
// compiled in, and exits.
func Main(clusters ...dag.Cluster) { cmd.MainWith(extension(), clusters...) }

func extension() cmd.Extension {
	var read reading
	var planned planning
	var flux fluxVersion
	return cmd.Extension{
		Verbs: []*cobra.Command{newLint(), newImport()}, Rules: slices.Concat(repo.Rules(), schema.Rules()),
		Load: read.graph, LoadFlags: read.flags, Drawn: read.hintAtRoots,
		Sides: planned.sides, CheckSides: planned.checkSides, PlanFlags: planned.flags,
		CheckRules: flux.declared, CheckFlags: flux.flag,
	}
}

// graph reads what the graph verb shows of a path, or of the repository around here: all
// clusters, or those of a name.
func (r *reading) graph(c *cobra.Command, path, name string, findings bool) ([]view.Cluster, dag.Diagnostics, error) {
	if path == "" {
		path = folder(c, nil)
	}
	if cluster, found, ok := plain(path); ok && len(r.roots) == 0 && name == "" {
		g := dag.Resolve(cluster)
		read := view.Cluster{Name: g.Name(), Root: g.Dir(), Graph: g}
		if findings {
			read.Findings = g.Check()
		}
		return []view.Cluster{read}, found, nil
	}
	loaded, err := r.read(c, path)
	if err != nil {
		return nil, nil, r.rootHint(err, path)
	}
	if err := choose(loaded, name); err != nil {
		return nil, nil, err
	}
	clusters, found := viewOf(loaded)
	if findings {
		crd, err := schema.Load(schema.Default)
		if err != nil {
			return nil, nil, err
		}
		for i, cluster := range loaded.Clusters {
			clusters[i].Findings = cluster.Check(readRules(crd, cluster)...)
		}
	}
	return clusters, found, nil
}

// choose leaves the clusters of that name, where one is asked for.
func choose(loaded *repo.Repository, name string) error {
	if name == "" {
		return nil
	}
	var known []string
	for _, c := range loaded.Clusters {
		known = append(known, c.Name)
	}
	if !slices.Contains(known, name) {
		return &cmd.NoClusterError{Name: name, Known: known}
	}
	loaded.Clusters = slices.DeleteFunc(loaded.Clusters, func(c *repo.Cluster) bool { return c.Name != name })
	return nil
}
