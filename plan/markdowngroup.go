package plan

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

var signs = map[dag.Severity]string{dag.Error: "🛑 ", dag.Warning: "⚠️ "}

// group writes changes that say the same: what they have in common, and a line for each.
func (m *markdown) group(g group) {
	if g.plain() {
		m.put("\n- " + g.markdown(g.title()) + g.with() + g.recipe())
		return
	}
	m.put("\n- " + g.markdown(plural(len(g.members), "node")) + "\n")
	for _, line := range g.lines(func(s string) bool { return len(s) <= 200 }, 400) {
		m.put("\n  - " + code(line[0]))
		for _, piece := range line[1:] {
			m.put("\n    " + code(piece))
		}
		m.put("\n")
	}
	if recipe := g.recipe(); recipe != "\n" {
		m.put("\n- " + strings.TrimPrefix(recipe, "<br>"))
	}
}

// markdown writes what one change says, or several have in common.
func (c Change) markdown(title string) string {
	var b strings.Builder
	b.WriteString(signs[c.severity()] + "<b>" + c.word() + "</b>" + c.mark() + " " + code(title) + "<br>" + escape(c.Effect))
	for i, f := range c.shown() {
		if i == maxNamed && len(c.shown()) > maxNamed+1 {
			b.WriteString("<br>" + moreFields(c.shown()))
			break
		}
		b.WriteString("<br>" + code(f.Path) + ": " + code(f.change()))
	}
	return b.String()
}

// with writes what goes with one node.
func (c Change) with() string {
	var b strings.Builder
	if len(c.Objects) > 0 {
		b.WriteString("<br>Objects: " + code(few(c.Objects, maxNamed)))
	}
	if c.gated() > 0 {
		b.WriteString("<br>Gates " + code(c.Gates.String()))
	}
	return b.String()
}

// recipe writes the steps.
func (c group) recipe() string {
	var b strings.Builder
	if len(c.Steps) > 0 {
		heading := c.heading()
		b.WriteString("<br>" + strings.ToUpper(heading[:1]) + heading[1:] + ":\n")
	}
	for i, step := range c.Steps {
		b.WriteString(fmt.Sprintf("\n  %d. ", i+1) + escape(step.Do))
		for _, command := range c.commands(i) {
			b.WriteString("<br>" + code(command))
		}
	}
	b.WriteString("\n")
	return b.String()
}
