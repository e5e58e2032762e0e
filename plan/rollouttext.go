package plan

import "fmt"

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
	if n := len(r.Stuck); n > 0 {
		lines = append(lines, rolloutLine{"  stuck, not reconciled: ", "    ", few(r.Stuck, maxSteps)})
	}
	if n := len(r.Waiting); n > 0 {
		lines = append(lines, rolloutLine{"  waiting for what is not ready: ", "    ", few(r.Waiting, maxSteps)})
	}
	if n := len(r.Held); n > 0 {
		lines = append(lines, rolloutLine{"  waiting for what is suspended: ", "    ", few(r.Held, maxSteps)})
	}
	if n := len(r.Unready); n > 0 {
		lines = append(lines, rolloutLine{"  applied, never ready: ", "    ", few(r.Unready, maxSteps)})
	}
	if n := len(r.Last); n > 0 {
		lines = append(lines, rolloutLine{"  reconciled with no later revision: ", "    ", few(r.Last, maxSteps)})
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
	least, unseen := "", ""
	if r.Unseen > 0 {
		unseen = "; " + count(r.Unseen, "more goes on running that cannot be seen in it", "more go on running that cannot be seen in it")
	}
	if r.Partial {
		least = "at least "
	}
	if r.Reconciles == 0 {
		return "Flux reconciles no node with the new revision" + unseen
	}
	n := r.Reconciles - r.Unchanged
	text := fmt.Sprintf("Flux reconciles %s%s with the new revision: ", least, plural(r.Reconciles, "node"))
	if n == 0 {
		return text + "none of these changes" + unseen
	}
	text += count(n, "changes", "change")
	if r.Unchanged > 0 {
		text += ", " + count(r.Unchanged, "does not", "do not")
	}
	if r.Behind > 0 {
		text += "; " + count(r.Behind, "waits", "wait") + " behind " + map[bool]string{true: "it", false: "them"}[n == 1]
	}
	return text + unseen
}

// count writes how many do something.
func count(n int, one, more string) string { return fmt.Sprintf("%d %s", n, verb(n, one, more)) }
