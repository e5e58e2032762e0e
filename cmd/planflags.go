package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// planFlagError knows that nodes are no value of --destroy.
func planFlagError(c *cobra.Command, err error) error {
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok && invalid.GetFlag().Name == "destroy" {
		return cli.Hint(fmt.Errorf("--destroy takes no value, but was given %q", invalid.GetValue()),
			"nodes are arguments: "+c.CommandPath()+" --destroy "+cmp.Or(invalid.GetValue(), "NODE"))
	}
	return cli.FlagError(c, err)
}

// valid refuses what contradicts itself, and what says nothing.
func (p *planning) valid(c *cobra.Command, nodes []string) error {
	if len(p.tool.clusters) == 0 && p.Sides == nil {
		return p.validate()
	}
	switch set := c.Flags().Changed; {
	case !p.destroy && len(nodes) > 0:
		return cli.Hint(fmt.Errorf("plan takes no argument without --destroy, but was given %q", nodes[0]), "to plan for one cluster, use --cluster; to compare with a revision, --base")
	case p.destroy && (set("base") || set("fail-on") || set("allow")):
		return cli.Hint(errors.New("--destroy compares nothing"), "leave out --base, --fail-on and --allow")
	case p.destroy && p.format.String() == "github": // which annotates what changed
		return cli.Hint(errors.New("--destroy has no format github"), "use text, json or markdown")
	}
	if err := cli.NotEmpty(c); err != nil {
		return err
	}
	var err error
	if p.allowed, err = allowances(p.allow); err != nil || len(p.failOn) == 0 {
		return err
	}
	if p.kinds, err = plan.ParseKinds(strings.Join(p.failOn, ",")); err != nil {
		return cli.Hint(fmt.Errorf("--fail-on: %w", err), "separate several by commas")
	}
	return nil
}
