package plan

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// JSON writes a plan as docs/plan.schema.json describes it.
func JSON(w io.Writer, p *Plan) error { return encode(w, p) }

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// GitHub writes workflow commands, which GitHub shows beside the lines of a pull request.
// Files are named from the root of the git repository, in which the plan's lie in prefix.
func GitHub(w io.Writer, p *Plan, prefix string) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	t := newPrinter(w)
	annotate := func(severity dag.Severity, at dag.Position, title, message string) {
		level := severity.String()
		if severity == dag.Information {
			level = "notice"
		}
		place := ""
		if at.File != "" {
			place = " file=" + property.Replace(printable(path.Join(prefix, at.File))) + ","
		}
		if at.File != "" && at.Line > 0 {
			place += fmt.Sprintf("line=%d,", at.Line)
		}
		if place == "" {
			place = " "
		}
		t.line("::" + level + place + "title=" + property.Replace(printable(title)) + "::" + data.Replace(message))
	}
	for _, c := range p.Clusters {
		for _, d := range c.Unread {
			if d.Mended { // its line is another one in head, or is not there
				annotate(dag.Information, dag.Position{}, "not read of "+d.Side, printable(d.Position.String()+": "+d.Message+"; it can be read again"))
				continue
			}
			annotate(d.Severity, d.Position, "not read of "+d.Side, printable(d.Message))
		}
		for _, change := range c.Changes {
			message := printable(change.title()) + ": " + printable(change.Effect)
			for i, step := range change.Steps {
				message += fmt.Sprintf("\n%d. %s", i+1, printable(strings.TrimSpace(step.Do+" "+step.Run)))
			}
			annotate(change.Kind.Severity(), change.Position, c.Name+": "+change.word(), message)
		}
		t.line("plan: " + printable(c.Name+" ("+c.Root+"): "+c.Summary()))
	}
	return t.Flush()
}
