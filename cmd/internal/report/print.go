package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/internal/terminal"
)

func (r *Report) printText(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		fmt.Fprintln(out, text(f.Diagnostic, colored(w)))
		out.WriteString(terminal.Lines(f.Diff))
	}
	r.printSummary(out)
	return out.Flush()
}

func (r *Report) printSummary(w io.Writer) {
	for _, c := range r.Clusters {
		fmt.Fprintln(w, terminal.Lines(c.Summary()))
	}
	if r.Rest != "" {
		fmt.Fprintln(w, terminal.Lines(r.Rest))
	}
}

// printJSON prints the report as it is, with empty lists where there is nothing.
func (r *Report) printJSON(w io.Writer) error {
	full := Report{Clusters: append([]Cluster{}, r.Clusters...), Findings: append([]Finding{}, r.Findings...)}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(full)
}

// printGitHub prints workflow commands, which GitHub shows beside the lines of
// a pull request.
func (r *Report) printGitHub(w io.Writer) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, f := range r.Findings {
		f.Diagnostic = escaped(f.Diagnostic)
		place := "file=" + property.Replace(r.fromGit(f.Position.File))
		if f.Position.Line > 0 {
			place += fmt.Sprintf(",line=%d", f.Position.Line)
		}
		if f.Position.Column > 0 {
			place += fmt.Sprintf(",col=%d", f.Position.Column)
		}
		message := strings.TrimPrefix(f.Node+": "+f.Message, ": ")
		if f.Hint != "" {
			message += "\nhint: " + f.Hint
		}
		for _, related := range f.Related {
			related.Position.File = r.fromGit(related.Position.File)
			message += fmt.Sprintf("\n%s: %s", related.Position, related.Message)
		}
		fmt.Fprintf(&b, "::%s %s,title=%s::%s\n", gitHubLevel(f.Severity), place, property.Replace(f.Code), data.Replace(message))
	}
	r.printSummary(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func gitHubLevel(s dag.Severity) string {
	if s == dag.Information {
		return "notice"
	}
	return s.String()
}
