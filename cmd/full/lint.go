package full

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
)

func newLint() *cobra.Command {
	var read reading
	var all, fix, dryRun bool
	c := &cobra.Command{
		Use:   "lint [PATH]",
		Short: "Check a repository of YAML as Flux reads it",
		Long: `Follows Flux through the repository at PATH, by default the current folder: from
the sync roots on it builds the path of every Kustomization as the controller
does, with patches, components and variables, and judges the graph that the
cluster sees. Findings point into the files as they were written.

Nothing is fetched and, without --fix, nothing is written. What cannot be followed
(another source, a remote base, a variable that only the cluster knows) is counted
as a boundary and never guessed. Information is shown with --all, and always in
json and sarif.`,
		Example: `  fluxdag lint
  fluxdag lint ../fleet --all
  fluxdag lint --root clusters/production --var CLUSTER=production`,
		Args: cli.AtMost(1),
	}
	read.flags(c)
	c.Flags().BoolVar(&all, "all", false, "show information too")
	c.Flags().BoolVar(&fix, "fix", false, "mend what is mechanical: redundant and repeated dependencies, and the node's own namespace spelt out in them")
	c.Flags().BoolVar(&dryRun, "dry-run", false, "with --fix, print the changes as a diff and write nothing")
	format := report.Formats(c)
	worst := report.FailOn(c, "the least `severity` that exits 1: error, warning or information")
	c.RunE = func(c *cobra.Command, args []string) error {
		loaded, err := read.load(c, args)
		if err != nil {
			return err
		}
		if fix {
			if err := mend(c, folder(c, args), loaded, dryRun); err != nil || dryRun {
				return err
			}
			if loaded, err = read.load(c, args); err != nil {
				return err
			}
		}
		return lintReport(loaded, all || format.String() == "json" || format.String() == "sarif", *worst).Finish(c.OutOrStdout(), format.String(), *worst)
	}
	return c
}

// lintReport judges the clusters. A finding in a file that several clusters share
// is told once.
func lintReport(loaded *repo.Repository, all bool, worst dag.Severity) *report.Report {
	r := &report.Report{Rules: slices.Concat(dag.Rules(), gen.Rules(), repo.Rules())}
	all = all || worst == dag.Information
	var found dag.Diagnostics
	for _, c := range loaded.Clusters {
		own := c.Check()
		found = append(found, own...)
		r.Clusters = append(r.Clusters, newLinted(c, own, all))
	}
	found = append(found, loaded.Findings...)
	found.Sort()
	found = slices.CompactFunc(found, func(a, b dag.Diagnostic) bool { return a.Compare(b) == 0 })
	if !all {
		found = slices.DeleteFunc(found, func(d dag.Diagnostic) bool { return d.Severity == dag.Information })
	}
	r.Add(found...)
	return r
}

// linted is what lint says about one cluster as a whole.
type linted struct {
	Name         string `json:"name"`
	Root         string `json:"root"`
	ArtifactRoot string `json:"artifactRoot"`
	Nodes        int    `json:"nodes"`
	Levels       int    `json:"levels"`
	Edges        int    `json:"edges"`
	Objects      int    `json:"objects"`
	Boundaries   int    `json:"boundaries"`
	// Variables are those whose values only the cluster knows.
	Variables []string `json:"variables"`

	findings string
}

func newLinted(c *repo.Cluster, found dag.Diagnostics, all bool) linted {
	l := linted{Name: c.Name, Root: c.Root, ArtifactRoot: c.ArtifactRoot, Nodes: c.Graph.Len(), Levels: len(c.Graph.Levels()),
		Boundaries: len(c.Graph.Boundaries()), Variables: []string{}, findings: report.Count(found)}
	if !all && slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Severity == dag.Information }) {
		l.findings += " (shown with --all)"
	}
	for v := range c.Graph.Vertices() {
		l.Edges += len(v.Object().Spec.DependsOn)
		l.Objects += len(c.Objects[v.Key()])
		l.Variables = append(l.Variables, c.Symbolic[v.Key()]...)
	}
	slices.Sort(l.Variables)
	l.Variables = slices.Compact(l.Variables)
	return l
}

// Summary is the line of the cluster in a text.
func (l linted) Summary() string {
	at := l.Root
	if l.ArtifactRoot != "." {
		at += " of the artifact " + l.ArtifactRoot
	}
	s := fmt.Sprintf("%s (%s): %s in %s, %d dependencies, %s", l.Name, at, cli.Plural(l.Nodes, "Kustomization"), cli.Plural(l.Levels, "level"), l.Edges, cli.Plural(l.Objects, "object"))
	if l.Boundaries > 0 {
		s += fmt.Sprintf("; %d not followed (fluxdag graph lists them)", l.Boundaries)
	}
	if len(l.Variables) > 0 {
		s += fmt.Sprintf("; %s only the cluster knows: %s", cli.Plural(len(l.Variables), "variable"), few(l.Variables))
	}
	return s + "; " + l.findings
}

// few lists the first of many.
func few(names []string) string {
	const most = 6
	more := ""
	if len(names) > most {
		names, more = names[:most], fmt.Sprintf(" and %d more", len(names)-most)
	}
	out := ""
	for i, name := range names {
		if i > 0 {
			out += ", "
		}
		out += name
	}
	return out + more
}
