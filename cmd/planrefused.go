package cmd

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/report"
	"github.com/tazlab/fluxdag/dag"
)

// refused checks the compiled-in clusters that a plan of the work tree is about, as
// generate does: of what that would not write there is nothing to plan.
func (p *planning) refused(c *cobra.Command, r *revisions) error {
	names := p.written(r)
	if len(names) == 0 {
		return nil
	}
	all, err := p.load(c, names)
	if err != nil {
		return err
	}
	defer closeAll(all)
	found := findings(all)
	if !found.Has(dag.Error) {
		return nil
	}
	report.Print(c.ErrOrStderr(), found...)
	fmt.Fprintf(c.ErrOrStderr(), "%s: nothing was planned, for generate would write nothing\n", report.Count(found))
	return cli.ErrFindings
}

// written names the compiled-in clusters that a plan of the work tree is about: those whose
// folder generate would find.
func (p *planning) written(r *revisions) []string {
	var names []string
	for _, cluster := range p.tool.clusters {
		folder := filepath.Join(r.root, filepath.FromSlash(path.Join(r.below, folderOf(cluster))))
		if _, err := os.Stat(folder); err == nil && (len(p.clusters) == 0 || slices.Contains(p.clusters, cluster.Name)) {
			names = append(names, cluster.Name)
		}
	}
	return names
}
