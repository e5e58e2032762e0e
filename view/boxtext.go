package view

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// lines returns what a box says in pictures of plain text: its label, how it is ready
// where that is not just by being applied, and what is not followed there.
func (b box) lines() []string {
	lines := []string{b.label}
	var words []string
	if b.members != nil && b.cycle {
		words = append(words, "a cycle")
	}
	if n := len(b.findings); n > 0 {
		words = append(words, plural(n, "finding"))
	}
	if b.vertex != nil {
		words = append(b.state(), words...)
	}
	if len(words) > 0 {
		lines = append(lines, strings.Join(words, ", "))
	}
	if note := b.hiddenNote(); note != "" {
		lines = append(lines, note)
	}
	if note := limitNote(b.limits); note != "" {
		lines = append(lines, note)
	}
	return lines
}

// state says how a node is ready where that is not just by being applied, and whether
// it is suspended.
func (b box) state() []string {
	var words []string
	spec := &b.vertex.Object().Spec
	switch {
	case spec.Wait:
		words = append(words, "wait")
	case len(spec.HealthChecks) > 0:
		words = append(words, plural(len(spec.HealthChecks), "health check"))
	}
	if spec.Suspend {
		words = append(words, "suspended")
	}
	return words
}

// boxTitle is what a pointer on a box shows.
func (d *drawing) boxTitle(b *box) string {
	lines := []string{printable(b.key)}
	switch {
	case b.outside:
		lines = append(lines, "not in this graph")
	case b.vertex == nil:
		lines = []string{b.label}
	default:
		spec := &b.vertex.Object().Spec
		lines = append(lines, "path "+printable(cmp.Or(spec.Path, "./")))
		if text := b.vertex.Description(); text != "" {
			lines = append(lines, printable(strings.Join(strings.Fields(text), " ")))
		}
		if by := d.AppliedBy[b.vertex.Key()]; by != "" && by != b.vertex.Key() {
			lines = append(lines, "applied by "+d.short(by))
		}
		lines = append(lines, d.hiddenLines(b)...)
	}
	lines = append(lines, limitLines(b.limits)...)
	return strings.Join(append(lines, findingLines(b.findings)...), "\n")
}

// restLines says what is not followed or wrong and belongs to no box.
func (d *drawing) restLines() []string {
	return append(limitLines(d.limits.rest), findingLines(d.found.rest)...)
}

// findingLines says what is wrong, a line for each finding.
func findingLines(found []dag.Diagnostic) []string {
	var lines []string
	for _, f := range found {
		lines = append(lines, printable(fmt.Sprintf("%s %s: %s", f.Severity, f.Code, f.Message)))
	}
	return lines
}

// arrowTitle says what an arrow stands for.
func (d *drawing) arrowTitle(a arrow) string {
	title := d.boxes[a.to].label + " waits for " + d.boxes[a.from].label
	if n := len(a.edges); d.boxes[a.to].members != nil || d.boxes[a.from].members != nil {
		title += ": " + plural2(n, "dependency", "dependencies")
	}
	for _, expr := range a.expressions() {
		title += "\nreadyExpr: " + printable(expr)
	}
	if a.cycle {
		title += "\na cycle"
	}
	return strings.Join(append([]string{title}, findingLines(a.findings)...), "\n")
}

func plural2(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
