package plan

import (
	"fmt"
)

func (t *printer) rollout(r Rollout) {
	for _, line := range r.lines() {
		t.wrap(line.lead, line.hang, line.text)
	}
}

// rolloutLine is one line of a rollout, with how deep it stands.
type rolloutLine struct{ lead, hang, text string }

// maxSteps is how many nodes a text names of one stage.
const maxSteps = 12

func (r Rollout) lines() []rolloutLine {
	lines := []rolloutLine{{"rollout: ", "  ", r.summary()}}
	for _, stage := range r.Stages {
		var words []string
		for _, step := range stage.Nodes {
			words = append(words, step.String())
		}
		lines = append(lines, rolloutLine{fmt.Sprintf("  level %d: ", stage.Level), "    ", few(words, maxSteps)})
	}
	if n := len(r.Suspended); n > 0 {
		lines = append(lines, rolloutLine{"  suspended, not reconciled: ", "    ", few(r.Suspended, maxSteps)})
	}
	for i, cycle := range r.Cycles {
		if i == maxSteps {
			lines = append(lines, rolloutLine{"  ", "  ", fmt.Sprintf("and %d more circles", len(r.Cycles)-i)})
			break
		}
		lines = append(lines, rolloutLine{"  in a circle, never ready: ", "    ", few(cycle, maxSteps)})
	}
	return lines
}

func (r Rollout) summary() string {
	least := ""
	if r.Partial {
		least = "at least "
	}
	text := fmt.Sprintf("Flux reconciles %s%s with the new revision and finds %d unchanged", least, plural(r.Reconciles, "node"), r.Unchanged)
	if r.Behind > 0 {
		text += fmt.Sprintf("; %d of them wait for one that changes", r.Behind)
	}
	return text
}
