package plan

import (
	"slices"
	"strings"
)

// join makes the steps of several changes one recipe: each step once, for all of them.
func (g *group) join() {
	for i := range g.members[0].Steps {
		var texts, commands []string
		for _, c := range g.members {
			texts, commands = append(texts, c.Steps[i].Do), append(commands, c.Steps[i].Run)
		}
		g.Steps = append(g.Steps, Instruction{Do: merged(texts), moves: g.members[0].Steps[i].moves})
		g.runs = append(g.runs, slices.Compact(commands))
	}
}

// commands are those of a step.
func (g group) commands(i int) []string {
	all := []string{g.Steps[i].Run}
	if g.runs != nil {
		all = slices.Clone(g.runs[i])
	}
	return slices.DeleteFunc(all, func(command string) bool { return command == "" })
}

// merged writes sentences that differ in one place as one sentence, which lists there what the
// others have.
func merged(texts []string) string {
	first := strings.Fields(texts[0])
	head, tail := len(first), len(first)
	for _, text := range texts[1:] {
		words := strings.Fields(text)
		n := 0
		for n < min(head, len(words)) && words[n] == first[n] {
			n++
		}
		head, n = n, 0
		for n < min(tail, len(words)-head, len(first)-head) && words[len(words)-1-n] == first[len(first)-1-n] {
			n++
		}
		tail = n
	}
	if head == len(first) {
		return texts[0]
	}
	var middles []string
	for _, text := range texts {
		words := strings.Fields(text)
		middles = append(middles, strings.Join(words[head:len(words)-tail], " "))
	}
	end := ""
	if last := middles[0][max(0, len(middles[0])-1):]; strings.Contains(".:,", last) {
		end = last
		for i := range middles {
			middles[i] = strings.TrimSuffix(middles[i], last)
		}
	}
	parts := slices.Concat(first[:head], []string{strings.Join(unique(middles), ", ") + end}, first[len(first)-tail:])
	return strings.Join(parts, " ")
}
