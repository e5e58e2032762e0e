package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// loaded is a cluster that was resolved and checked.
type loaded struct {
	graph    *dag.Graph
	findings dag.Diagnostics
	folder   *gen.Folder
}

// load resolves and checks the named clusters, or all, and opens their folders. more are
// rules that not every verb runs.
// The findings about the declarations as a whole are those of the first.
func (t *tool) load(command *cobra.Command, names []string, more ...dag.Rule) ([]loaded, error) {
	selected, err := t.selectClusters(names)
	if err != nil {
		return nil, err
	}
	root, err := cli.Root(command)
	if err != nil {
		return nil, err
	}
	if err := t.shareNoFolder(root); err != nil {
		return nil, err
	}
	var all []loaded
	for _, c := range selected {
		folder, err := openFolder(root, c)
		if err != nil {
			closeAll(all)
			return nil, err
		}
		addNeighbours(&c, folder)
		graph := dag.Resolve(c)
		found := graph.Condense(graph.Check(slices.Concat(dag.Rules(), c.Policies, folder.Rules(), more)...), more...)
		all = append(all, loaded{graph, found, folder})
	}
	all[0].findings = append(all[0].findings, t.unlisted(selected)...)
	for _, l := range all {
		locate(root, l.graph, l.findings)
	}
	return all, nil
}

// unlisted returns the nodes that no cluster lists, but for those declared in the
// folder of a cluster that was not selected.
func (t *tool) unlisted(selected []dag.Cluster) dag.Diagnostics {
	return slices.DeleteFunc(dag.Unlisted(t.clusters...), func(d dag.Diagnostic) bool {
		return slices.ContainsFunc(t.clusters, func(c dag.Cluster) bool {
			other := !slices.ContainsFunc(selected, func(s dag.Cluster) bool { return s.Name == c.Name })
			return other && strings.HasPrefix(d.Position.File, folderOf(c)+"/")
		})
	})
}

// folderOf returns the folder of a cluster's generated files.
func folderOf(c dag.Cluster) string {
	return dag.Resolve(dag.Cluster{Name: c.Name, Dir: c.Dir}).Dir()
}

func closeAll(all []loaded) {
	for _, l := range all {
		_ = l.folder.Close() // only ever read through
	}
}

// findings returns those of all clusters in one order.
func findings(all []loaded) dag.Diagnostics {
	var found dag.Diagnostics
	for _, l := range all {
		found = append(found, l.findings...)
	}
	found.Sort()
	return found
}

// selectClusters returns the clusters with those names, or all of them.
func (t *tool) selectClusters(names []string) ([]dag.Cluster, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return t.clusters, nil
	}
	var selected []dag.Cluster
	for _, name := range names {
		i := slices.IndexFunc(t.clusters, func(c dag.Cluster) bool { return c.Name == name })
		if i < 0 {
			known := t.clusterNames()
			hint := cmp.Or(cli.DidYouMean(name, known), "this program carries "+strings.Join(known, ", "))
			return nil, cli.Hint(fmt.Errorf("unknown cluster %q", name), hint)
		}
		if !slices.ContainsFunc(selected, func(c dag.Cluster) bool { return c.Name == name }) {
			selected = append(selected, t.clusters[i])
		}
	}
	return selected, nil
}

// clusterName is what FD116 admits; anything else would be looked for as a folder
// before that is said.
var clusterName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// validate refuses clusters that would take each other's files for their own
// stale ones.
func (t *tool) validate() error {
	if len(t.clusters) == 0 {
		return cli.Hint(errors.New("no cluster is compiled in"), "give cmd.Main the clusters: cmd.Main(staging.Cluster)")
	}
	names, dirs := map[string]bool{}, map[string]dag.Cluster{}
	for _, c := range t.clusters {
		dir := folderOf(c)
		switch other, taken := dirs[dir]; {
		case c.Name == "":
			return cli.Hint(errors.New("a cluster has no name"), "set Cluster.Name")
		case !clusterName.MatchString(c.Name):
			return cli.Hint(fmt.Errorf("the name of the cluster, %q, cannot be that of a folder or an argument", c.Name),
				"use letters, digits, '-', '_' and '.'; Cluster.Dir says where the files go")
		case names[c.Name]:
			return cli.Hint(fmt.Errorf("two clusters have the name %q", c.Name), "rename one of them")
		case taken:
			return sameFolder(other, c)
		}
		names[c.Name], dirs[dir] = true, c
	}
	return nil
}

func (t *tool) clusterNames() []string {
	var names []string
	for _, c := range t.clusters {
		names = append(names, c.Name)
	}
	return names
}
