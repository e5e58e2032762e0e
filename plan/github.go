package plan

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// maxAnnotations is how many annotations of a level GitHub shows of one step; it drops the
// rest unseen.
const maxAnnotations = 10

// annotation is a message that GitHub shows beside a line.
type annotation struct {
	severity       dag.Severity
	rank           int
	at             dag.Position
	title, message string
}

// GitHub writes workflow commands, which GitHub shows beside the lines of a pull request: what
// is dangerous, the worst first, as a notice where it is allowed, the notes, and one notice with what there is in all. Where that has no
// room for all clusters, lines of the log have them. Files are named from
// the root of the git repository, in which the plan's lie in prefix.
func GitHub(w io.Writer, p *Plan, prefix string) error {
	t, annotations := newPrinter(w), p.annotations()
	for _, severity := range []dag.Severity{dag.Error, dag.Warning, dag.Information} {
		all := slices.DeleteFunc(slices.Clone(annotations), func(a annotation) bool { return a.severity != severity })
		most := maxAnnotations
		if severity == dag.Information { // the summary is one as well
			most--
		}
		for _, a := range limited(all, most) {
			t.line(a.command(prefix))
		}
	}
	var summaries []string
	for _, c := range p.Clusters {
		summaries = append(summaries, fmt.Sprintf("%s (%s): %s", c.Name, c.Root, c.Summary()))
	}
	if len(summaries) == 0 {
		summaries = []string{"no cluster"}
	}
	t.line(annotation{severity: dag.Information, title: "fluxdag plan", message: few(summaries, maxAnnotations)}.command(prefix))
	if len(summaries) > maxAnnotations+1 { // else the notice has all
		for _, summary := range summaries {
			t.line("plan: " + printable(summary))
		}
	}
	return t.Flush()
}

// annotations are those of all clusters, the worst change first.
func (p *Plan) annotations() []annotation {
	var all []annotation
	for _, c := range p.Clusters {
		for _, g := range grouped(c.Changes) {
			if g.dangerous() {
				severity, order := g.severity(), rank[g.Kind]
				if g.Allowed { // it counts for no check
					severity, order = dag.Information, len(rank)
				}
				all = append(all, annotation{severity, order, g.position(), c.Name + ": " + g.word() + g.mark(), g.message()})
			}
		}
		for _, note := range c.Notes {
			all = append(all, annotation{dag.Information, len(rank), dag.Position{}, c.Name + ": note", note})
		}
		for _, d := range c.Unread {
			if d.Mended { // its line is another one in head, or is not there
				all = append(all, annotation{dag.Information, len(rank), dag.Position{}, "not read of " + d.Side, d.Position.String() + ": " + d.Message + "; it can be read again"})
				continue
			}
			all = append(all, annotation{min(d.Severity, dag.Warning), len(rank), d.Position, "not read of " + d.Side, d.Message})
		}
	}
	slices.SortStableFunc(all, func(a, b annotation) int { return cmp.Compare(a.rank, b.rank) })
	return all
}

// limited has the last one that GitHub shows tell of those that it does not.
func limited(all []annotation, most int) []annotation {
	if len(all) <= most {
		return all
	}
	rest := all[most-1:]
	last := annotation{severity: rest[0].severity, title: fmt.Sprintf("%d more", len(rest))}
	for _, a := range rest {
		first, _, _ := strings.Cut(a.message, "\n")
		last.message += a.title + ": " + first + "\n"
	}
	return append(slices.Clip(all[:most-1]), last)
}

// position is where a change was written, or the first of several.
func (g group) position() dag.Position {
	change := g.Change
	if len(g.members) > 0 {
		change = g.members[0]
	}
	if change.edited.File != "" {
		return change.edited
	}
	return change.Position
}

// message says all of a change, or of several that say the same.
func (g group) message() string {
	lines := []string{g.title() + ": " + g.Effect}
	if len(g.members) > 0 {
		lines[0] = plural(len(g.members), "node") + ": " + g.Effect
		lines = slices.Concat(append([][]string{lines}, g.lines(func(s string) bool { return len(s) <= 200 }, 400)...)...)
	} else if len(g.Objects) > 0 {
		lines = append(lines, "objects: "+g.objects())
	}
	for i, step := range g.Steps {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, strings.TrimSpace(step.Do+" "+strings.Join(g.commands(i), "; "))))
	}
	return strings.Join(lines, "\n")
}

var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// command writes the annotation as the runner reads it.
func (a annotation) command(prefix string) string {
	level := a.severity.String()
	if a.severity == dag.Information {
		level = "notice"
	}
	place := " "
	if a.at.File != "" {
		place = " file=" + property.Replace(printable(path.Join(prefix, a.at.File))) + ","
		if a.at.Line > 0 {
			place += fmt.Sprintf("line=%d,", a.at.Line)
		}
	}
	var lines []string
	for line := range strings.SplitSeq(a.message, "\n") {
		lines = append(lines, printable(line))
	}
	return "::" + level + place + "title=" + property.Replace(printable(a.title)) + "::" + data.Replace(strings.Join(lines, "\n"))
}
