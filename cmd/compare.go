package cmd

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// compare prints the plan of one revision against another.
func (p *planning) compare(c *cobra.Command, r *revisions) error {
	base, head, err := r.resolve(p.base, p.head)
	if err != nil {
		return err
	}
	if head.Commit == "" {
		if err := p.refused(c, r); err != nil {
			return err
		}
	}
	before, after, err := r.both(c, base, head)
	if err != nil {
		return err
	}
	if err := r.found(slices.Concat(before, after), base.Name, head.Name); err != nil {
		return err
	}
	if before, err = p.choose(before, after); err != nil {
		return err
	}
	if after, err = p.choose(after, before); err != nil {
		return err
	}
	out := plan.Compare(before, after)
	out.Base, out.Head = base, head
	stale := p.allowing(out)
	r.place(out)
	if err := p.print(c.OutOrStdout(), out); err != nil {
		return fmt.Errorf("cannot print the plan: %w", err)
	}
	if stale != nil {
		return stale
	}
	if out.Has(p.kinds...) || !out.Complete() {
		return cli.ErrFindings
	}
	return nil
}

func (p *planning) print(w io.Writer, out *plan.Plan) error {
	switch p.format.String() {
	case "json":
		return plan.JSON(w, out)
	case "markdown":
		return plan.Markdown(w, out)
	case "github":
		return plan.GitHub(w, out, p.prefix)
	}
	return plan.Text(w, out)
}

// choose returns the sides that --cluster names. others are those of the other revision.
func (p *planning) choose(sides, others []plan.Side) ([]plan.Side, error) {
	if len(p.clusters) == 0 {
		return sides, nil
	}
	var known []string
	for _, s := range slices.Concat(sides, others) {
		known = append(known, s.Name)
	}
	slices.Sort(known)
	for _, name := range p.clusters {
		if !slices.Contains(known, name) {
			return nil, cli.Hint(fmt.Errorf("unknown cluster %q", name), cmp.Or(cli.DidYouMean(name, known), "there are "+strings.Join(slices.Compact(known), ", ")))
		}
	}
	return slices.DeleteFunc(slices.Clone(sides), func(s plan.Side) bool { return !slices.Contains(p.clusters, s.Name) }), nil
}
