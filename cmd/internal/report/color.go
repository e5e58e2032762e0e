package report

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fatih/color"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
)

// Print prints findings as text. The severity is coloured where w is a terminal,
// unless NO_COLOR is set.
func Print(w io.Writer, found ...dag.Diagnostic) {
	for _, d := range found {
		fmt.Fprintln(w, text(d, colored(w)))
	}
}

// colored reports whether w shows colours, and the user wants them (no-color.org).
func colored(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && cli.Terminal(w)
}

var colors = map[dag.Severity]*color.Color{
	dag.Error:       color.New(color.FgRed, color.Bold),
	dag.Warning:     color.New(color.FgYellow, color.Bold),
	dag.Information: color.New(color.FgCyan, color.Bold),
}

// text is the finding, escaped for a terminal, as [dag.Diagnostic.String] writes it, on request with its
// severity in colour.
func text(d dag.Diagnostic, colored bool) string {
	d = escaped(d)
	c, plain := colors[d.Severity], d.String()
	if !colored || c == nil {
		return plain
	}
	c.EnableColor() // whatever standard output is
	place, severity := d.Position.String()+": ", d.Severity.String()
	return place + c.Sprint(severity) + strings.TrimPrefix(plain, place+severity)
}
