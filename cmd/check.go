package cmd

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

func newCheck(t *tool) *cobra.Command {
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
	}
	format := report.Formats(c)
	worst := report.FailOn(c, "the least `severity` that exits 1: error, warning or information; drift always does")
	if t.CheckFlags != nil {
		t.CheckFlags(c)
	}
	c.RunE = func(c *cobra.Command, names []string) error {
		r, err := t.check(c, names)
		if err != nil {
			return err
		}
		return r.Finish(c.OutOrStdout(), format.String(), *worst)
	}
	return c
}

func (t *tool) check(c *cobra.Command, names []string) (*report.Report, error) {
	more, err := t.moreRules()
	if err != nil {
		return nil, err
	}
	all, err := t.load(c, names, more...)
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	root, err := cli.Root(c)
	if err != nil {
		return nil, err
	}
	r := &report.Report{Rules: t.allRules(), Prefix: cli.BelowGit(root)}
	for _, l := range all {
		if err := addCluster(r, l); err != nil {
			return nil, err
		}
	}
	var dirs []string
	for _, c := range t.clusters {
		dirs = append(dirs, folderOf(c))
	}
	orphans, err := gen.Orphans(root, dirs)
	r.Add(orphans...)
	return r, err
}

// moreRules returns those that the program runs beside the rules of generate.
func (t *tool) moreRules() ([]dag.Rule, error) {
	if t.CheckRules == nil {
		return nil, nil
	}
	return t.CheckRules()
}

// checked is what check says about one cluster.
type checked struct {
	Name   string `json:"name"`
	Dir    string `json:"dir"`
	Nodes  int    `json:"nodes"`
	Levels int    `json:"levels"`
	// DriftChecked is false where the declaration has errors, so that there
	// is nothing to hold the files against.
	DriftChecked bool `json:"driftChecked"`

	findings, drift string
}

func (c checked) Summary() string {
	return fmt.Sprintf("%s: %s in %s; declaration: %s; files: %s", c.Name,
		cli.Plural(c.Nodes, "Kustomization"), cli.Plural(c.Levels, "level"), c.findings, c.drift)
}

// addCluster takes in the findings about one cluster, and its drift.
func addCluster(r *report.Report, l loaded) error {
	declaration, files := apart(l.findings)
	c := checked{Name: l.graph.Name(), Dir: l.graph.Dir(), Nodes: l.graph.Len(), Levels: len(l.graph.Levels()),
		findings: report.Count(declaration), drift: "not checked"}
	r.Add(l.findings...)
	if !declaration.Has(dag.Error) {
		p, err := prepare(l)
		if err != nil {
			return err
		}
		c.DriftChecked, c.drift = true, addDrift(r, p.changes)
	}
	if len(files) > 0 {
		c.drift += ", " + report.Count(files)
	}
	r.Clusters = append(r.Clusters, c)
	return nil
}

// apart tells findings about the declaration from those about the files beside what
// it generates.
func apart(found dag.Diagnostics) (declaration, files dag.Diagnostics) {
	for _, d := range found {
		if strings.HasPrefix(d.Code, "FD3") {
			files = append(files, d)
		} else {
			declaration = append(declaration, d)
		}
	}
	return declaration, files
}

// addDrift takes in the changes and says how many there are of each kind.
func addDrift(r *report.Report, changes []gen.Change) string {
	counts := map[gen.ChangeKind]int{}
	for _, change := range changes {
		if change.Kind != gen.Leftover {
			r.Findings = append(r.Findings, report.Finding{Diagnostic: change.Diagnostic(), Diff: change.Diff()})
			counts[change.Kind]++
		}
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[kind], kind))
	}
	if len(parts) == 0 {
		return "no drift"
	}
	return strings.Join(parts, ", ")
}
