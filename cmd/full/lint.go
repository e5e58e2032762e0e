package full

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

func newLint() *cobra.Command {
	var read reading
	var flux fluxVersion
	var all, dryRun bool
	var fix fixKinds
	c := &cobra.Command{
		Use:   "lint [PATH]",
		Short: "Check a repository of YAML as Flux reads it",
		Long: `Follows Flux through the repository at PATH, by default the git repository around
the current folder, or that folder: from the sync roots on it builds the path of
every Kustomization as the controller does, with patches, components and variables,
and judges the graph that the cluster sees. Findings point into the files as they
were written. Each Kustomization is also held against the CRD of --flux-version, as
the API server does, and its CEL expressions are compiled as the controller does.

Nothing is fetched and, without --fix, nothing is written. What cannot be followed
(another source, a remote base, a variable that only the cluster knows) is counted
as a boundary and never guessed. Information is shown with --all, always in json
and sarif, and where --fail-on asks for it.

--fix takes out of dependsOn what another dependency implies, what is said twice,
and namespaces that are the Kustomization's own; --fix=redundant and --fix=namespace
do one of the two. Nothing else in a file changes.
An entry with a comment, or one that does not stand on lines of its own, is left
alone, and reported. What several clusters are made from changes only where it is
superfluous in all that are read: with --root, in those.`,
		Example: `  fluxdag lint
  fluxdag lint --all -o sarif
  fluxdag lint --root clusters/production --var ZONE=eu
  fluxdag lint --flux-version 2.7
  fluxdag lint --fix --dry-run`,
		Args: cli.AtMost(1),
	}
	read.flags(c)
	flux.flag(c)
	c.Flags().BoolVar(&all, "all", false, "show information too")
	c.Flags().Var(&fix, "fix", "take out of dependsOn what is redundant or repeated, and the node's own namespace; or one of the `KINDS` redundant and namespace")
	c.Flags().Lookup("fix").NoOptDefVal = fixRedundant + "," + fixNamespace
	c.Flags().BoolVar(&dryRun, "dry-run", false, "with --fix, print the changes as a diff and write nothing")
	format := report.Formats(c)
	worst := report.FailOn(c, "the least `severity` that exits 1: error, warning or information")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := cli.NotEmpty(c); err != nil {
			return err
		}
		if dryRun && len(fix) == 0 {
			return cli.Hint(errors.New("--dry-run goes with --fix"), "without --fix, lint writes nothing")
		}
		if len(args) == 1 && len(fix) > 0 && fix.has(args[0]) && !exists(here(c, args)) {
			return cli.Hint(fmt.Errorf("%s is no folder", args[0]), "write --fix="+args[0])
		}
		crd, err := flux.load()
		if err != nil {
			return err
		}
		read.flux = flux.minor
		loaded, err := read.load(c, args)
		if err != nil {
			return err
		}
		if len(fix) > 0 {
			if err := mend(c, folder(c, args), loaded, &fix, dryRun); err != nil || dryRun {
				return err
			}
			if loaded, err = read.load(c, args); err != nil {
				return err
			}
		}
		r := lintReport(loaded, crd, read.graphCommand(), all || format.String() == "json" || format.String() == "sarif", *worst)
		r.Prefix = cli.BelowGit(folder(c, args))
		return r.Finish(c.OutOrStdout(), format.String(), *worst)
	}
	return c
}

// lintReport judges the clusters. A finding in a file that several clusters share
// is told once.
func lintReport(loaded *repo.Repository, crd *schema.Schema, graph string, all bool, worst dag.Severity) *report.Report {
	r := &report.Report{Rules: slices.Concat(dag.Rules(), gen.Rules(), repo.Rules(), schema.Rules())}
	all = all || worst == dag.Information
	var found dag.Diagnostics
	for _, c := range loaded.Clusters {
		own := c.Check(readRules(crd, c)...)
		found = append(found, own...)
		r.Clusters = append(r.Clusters, newLinted(c, own, graph, all))
	}
	if len(loaded.Findings) > 0 {
		r.Rest = "in no cluster: " + counted(loaded.Findings, all)
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

// counted says how many findings there are, and what shows those that are hidden.
func counted(found dag.Diagnostics, all bool) string {
	hidden := !all && slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Severity == dag.Information })
	if hidden {
		return report.Count(found) + " (shown with --all)"
	}
	return report.Count(found)
}
