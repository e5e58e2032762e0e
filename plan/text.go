package plan

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// maxNamed is how many objects a text names of one change.
const maxNamed = 8

// Text writes a plan for a terminal.
func Text(w io.Writer, p *Plan) error {
	t := newPrinter(w)
	t.wrap("", "  ", p.Base.String()+" -> "+p.Head.String())
	for _, c := range p.Clusters {
		t.line("")
		t.cluster(c)
	}
	if len(p.Clusters) == 0 {
		t.line("no cluster")
	}
	return t.Flush()
}

// String names a revision for a person.
func (r Revision) String() string {
	short := r.Commit[:min(len(r.Commit), 12)]
	switch {
	case r.Commit == "":
		return r.Name
	case strings.HasPrefix(r.Commit, r.Name): // it is called by its object name
		return r.Name[:min(len(r.Name), len(short))]
	}
	return r.Name + " (" + short + ")"
}

func (t *printer) cluster(c ClusterPlan) {
	t.wrap("", "  ", fmt.Sprintf("%s (%s): %s", c.Name, c.Root, c.Summary()))
	for _, d := range c.Unread {
		t.wrap("  not read ("+d.Side+"): ", "    ", fmt.Sprintf("%s: %s (%s)", d.Position, d.reason(), d.Code))
	}
	for _, note := range c.Notes {
		t.wrap("  note: ", "    ", note)
	}
	for _, change := range grouped(c.Changes) {
		t.line("")
		t.group(change)
	}
	if len(c.Changes) > 0 && c.Rollout.changes() {
		t.line("")
		t.rollout(c.Rollout)
	}
}

// title names a change.
func (c Change) title() string {
	if c.From != "" {
		return c.From + " -> " + c.Node
	}
	return c.Node
}

// lead begins what is said of a change.
func (c Change) lead() string {
	if c.severity() == dag.Information {
		return c.word() + c.mark() + " "
	}
	return strings.ToUpper(c.word()) + c.mark() + " "
}

func (t *printer) change(c group) {
	t.wrap(c.lead(), "  ", c.title())
	t.wrap("  ", "  ", c.Effect)
	t.fields(c.shown())
	if len(c.Objects) > 0 {
		t.wrap("  objects: ", "    ", c.objects())
	}
	if c.gated() > 0 {
		t.wrap("  gates: ", "    ", c.Gates.String())
	}
	if c.Position.File != "" {
		t.wrap("  at ", "    ", c.Position.String())
	}
	t.steps(c)
}

// cutOff says where all objects are of which a text has no room for all.
const cutOff = " (all: -o json)"

// objects names the objects, and where they are deleted and are too many, says where all are.
func (c Change) objects() string {
	said := few(c.Objects, maxNamed)
	if c.severity() == dag.Error && len(c.Objects) > maxNamed+1 {
		said += cutOff
	}
	return said
}

// group writes what several nodes have in common, and then what each has of its own.
func (t *printer) group(g group) {
	if g.plain() {
		t.change(g)
		return
	}
	t.wrap(g.lead(), "  ", plural(len(g.members), "node"))
	t.wrap("  ", "  ", g.Effect)
	t.fields(g.shown())
	for _, line := range g.lines(func(s string) bool { return width(s)+2 <= maxWidth }, longest*3/4) {
		t.wrap("  ", "    ", line...)
	}
	if g.severity() == dag.Error {
		t.wrap("  objects: ", "    ", g.total())
	}
	t.steps(g)
}

func (t *printer) fields(fields []Field) {
	for i, f := range fields {
		if i == maxNamed && len(fields) > maxNamed+1 {
			t.line("  " + moreFields(fields))
			return
		}
		t.wrap("  "+f.Path+": ", "    ", f.change())
	}
}

// moreFields counts those that have no room.
func moreFields(fields []Field) string { return "and " + plural(len(fields)-maxNamed, "more field") }

func (t *printer) steps(c group) {
	for i, step := range c.Steps {
		if i == 0 {
			t.line("  " + c.heading() + ":")
		}
		t.wrap(fmt.Sprintf("    %d. ", i+1), "       ", step.Do)
		for _, command := range c.commands(i) {
			t.command("       ", command)
		}
	}
}

// heading says what a change's steps are for.
func (c Change) heading() string {
	switch c.Kind {
	case Move, Content, Leave:
		return "next"
	case Stuck:
		return "to have it changed"
	}
	if c.Kind != Rename && slices.ContainsFunc(c.Steps, func(i Instruction) bool { return i.moves }) {
		return "to keep what moves"
	}
	return "without loss"
}

// shown are the fields that a person is shown: of dependencies the effect says it better.
func (c Change) shown() []Field {
	if c.Kind == Edge {
		return nil
	}
	return c.Fields
}

// String names what waits.
func (g Gates) String() string {
	const most = 6
	names := g.Nodes
	if len(names) > most {
		names = names[:most]
	}
	text := plural(g.Count, "node") + ": " + strings.Join(names, ", ")
	if rest := g.Count - len(names); rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// String names a node that changes.
func (s Step) String() string {
	var kinds []string
	for _, k := range s.Kinds {
		kinds = append(kinds, string(k))
	}
	text := s.Node + " (" + strings.Join(kinds, ", ")
	if s.Gates != nil && s.Gates.Count > 0 {
		text += fmt.Sprintf("; gates %d", s.Gates.Count)
	}
	return text + ")"
}
