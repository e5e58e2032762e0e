package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
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
	var never []string
	for _, stage := range r.Stages {
		var words []string
		for _, step := range stage.Nodes {
			if slices.Contains(step.Kinds, Stuck) {
				never = append(never, step.Node)
			}
			if step.runs() {
				words = append(words, step.String())
			}
		}
		if len(words) > 0 {
			lines = append(lines, rolloutLine{fmt.Sprintf("  level %d: ", stage.Level), "    ", few(words, maxSteps)})
		}
	}
	if never = subtract(never, slices.Concat(r.Cycles...)); len(never) > 0 {
		lines = append(lines, rolloutLine{"  never ready again: ", "    ", few(never, maxSteps)})
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

// runs reports whether Flux does something with a node: one that is stuck at most prunes.
func (s Step) runs() bool {
	return !slices.Contains(s.Kinds, Stuck) || slices.ContainsFunc(s.Kinds, func(k Kind) bool { return k.Severity() == dag.Error })
}

func (r Rollout) summary() string {
	least := ""
	if r.Partial {
		least = "at least "
	}
	n := r.Reconciles - r.Unchanged
	text := fmt.Sprintf("Flux reconciles %s%s with the new revision: %s", least, plural(r.Reconciles, "node"), verb(n, "changes", "change"))
	if r.Unchanged > 0 {
		text += ", " + verb(r.Unchanged, "does not", "do not")
	}
	if r.Behind > 0 {
		text += "; " + verb(r.Behind, "waits", "wait") + " behind " + map[bool]string{true: "it", false: "them"}[n == 1]
	}
	return text
}

// verb writes how many do something.
func verb(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
