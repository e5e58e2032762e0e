package report

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/internal/terminal"
)

// escaped returns a finding as a terminal can show it: names, paths and what others said of
// them come from the repository. A message may have several lines, a name may not.
func escaped(d dag.Diagnostic) dag.Diagnostic {
	d.Code, d.Node, d.Position.File = terminal.Escape(d.Code), terminal.Escape(d.Node), terminal.Escape(d.Position.File)
	d.Message, d.Hint = terminal.Lines(d.Message), terminal.Lines(d.Hint)
	d.Related = slices.Clone(d.Related)
	for i := range d.Related {
		r := &d.Related[i]
		r.Position.File, r.Message = terminal.Escape(r.Position.File), terminal.Lines(r.Message)
	}
	return d
}
