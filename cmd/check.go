package cmd

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/dag"
)

func newCheck(t *tool) *cobra.Command {
	level, output := failOn(dag.Error), format("text")
	c := &cobra.Command{
		Use:   "check [CLUSTER...]",
		Short: "Check the declared clusters, and that their YAML is up to date",
		Long: `Runs every rule on the declared clusters, all or those named, and holds the
files in their folders against what generate would write (drift). Nothing is
written.`,
		Example: `  fluxdag check
  fluxdag check tazlab-k8s --fail-on warning
  fluxdag check -o sarif`,
		ValidArgs: t.clusterNames(),
		RunE: func(c *cobra.Command, names []string) error {
			return t.check(c.OutOrStdout(), names, output, level.severity())
		},
	}
	c.Flags().VarP(&output, "output", "o", "the output `format`: text, json, sarif or github")
	c.Flags().Var(&level, "fail-on", "the least `severity` that exits 1: error, warning or information; drift always does")
	return c
}

func (t *tool) check(w io.Writer, names []string, output format, level dag.Severity) error {
	all, err := t.load(names)
	if err != nil {
		return err
	}
	defer closeAll(all)
	r := report{rules: t.rules()}
	for _, l := range all {
		if err := r.add(l); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.Findings, func(a, b finding) int { return a.Compare(b.Diagnostic) })
	if err := r.print(w, output); err != nil {
		return fmt.Errorf("cannot print the report: %w", err)
	}
	if r.diagnostics().Has(level) {
		return errFindings
	}
	return nil
}
