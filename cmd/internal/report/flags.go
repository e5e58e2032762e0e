package report

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
)

// Formats gives the command the flags of [cli.Format]. The value returned says which format
// was chosen.
func Formats(c *cobra.Command) *cli.Choice {
	return cli.Format(c, "text", "json", "sarif", "github")
}

// FailOn gives the command the flag --fail-on, [dag.Error] by default. The usage
// says what the severity decides.
func FailOn(c *cobra.Command, usage string) *dag.Severity {
	worst := dag.Error
	c.Flags().Var((*severity)(&worst), "fail-on", usage)
	return &worst
}

// severity is the value of --fail-on.
type severity dag.Severity

func (s *severity) String() string { return dag.Severity(*s).String() }
func (s *severity) Type() string   { return "severity" }

func (s *severity) Set(text string) error {
	if (*dag.Severity)(s).UnmarshalText([]byte(text)) != nil {
		return errors.New("use error, warning or information")
	}
	return nil
}
