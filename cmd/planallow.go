package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/plan"
)

// allowances reads the values of --allow.
func allowances(values []string) ([]plan.Allowance, error) {
	var all []plan.Allowance
	for _, value := range values {
		some, err := plan.ParseAllowance(value)
		if err != nil {
			return nil, cli.Hint(fmt.Errorf("--allow: %w", err), "use --allow delete,prune=flux-system/db")
		}
		all = append(all, some...)
	}
	return all, nil
}

// allowing marks what --allow names. The error says which of it does not happen: the plan is
// printed all the same.
func (p *planning) allowing(out *plan.Plan) error {
	err := out.Allow(p.allowed...)
	refused, ok := errors.AsType[*plan.NotAllowedError](err)
	if !ok {
		return err
	}
	const most = 4
	var instead, alike []string
	for _, a := range refused.Instead {
		instead = append(instead, a.String())
		if a.Kind == refused.Allowance.Kind {
			alike = append(alike, a.String())
		}
	}
	hint := "leave it out"
	switch near := cli.Nearest(refused.Allowance.String(), alike); {
	case refused.Several:
		hint = "say which: --allow " + strings.Join(instead, " --allow ")
	case near != "":
		hint = "leave it out, or name what happens: --allow " + near
	case len(instead) == 1:
		hint = "leave it out, or name what happens: --allow " + instead[0]
	case len(instead) > 0:
		hint = "leave it out, or name what happens: " + strings.Join(instead[:min(len(instead), most)], ", ")
	}
	return cli.Hint(fmt.Errorf("--allow: %w", err), hint)
}
