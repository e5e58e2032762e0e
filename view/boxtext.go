package view

import (
	"fmt"
	"strings"
)

// lines returns what a box says in pictures of plain text: its label, and how it is
// ready where that is not just by being applied.
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
	for _, f := range a.findings {
		title += "\n" + printable(fmt.Sprintf("%s %s: %s", f.Severity, f.Code, f.Message))
	}
	return title
}

func plural2(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
