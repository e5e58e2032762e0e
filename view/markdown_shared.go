package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// settings are what nodes mostly share, and what Flux takes where one is not set.
var settings = []struct {
	name, unset string
	value       func(*dag.Vertex) string
}{
	{"source", "none", func(v *dag.Vertex) string {
		ref := v.Object().Spec.SourceRef
		return strings.TrimSpace(ref.Kind + " " + strings.TrimPrefix(ref.Namespace+"/"+ref.Name, "/"))
	}},
	{"interval", "none", func(v *dag.Vertex) string { return duration(&v.Object().Spec.Interval) }},
	{"retry interval", "the interval", func(v *dag.Vertex) string { return duration(v.Object().Spec.RetryInterval) }},
	{"timeout", "the interval, less 30s", func(v *dag.Vertex) string { return duration(v.Object().Spec.Timeout) }},
	{"prune", "none", func(v *dag.Vertex) string { return fmt.Sprint(v.Object().Spec.Prune) }},
	{"variables from", "none", func(v *dag.Vertex) string { return strings.Join(variableSources(&v.Object().Spec), ", ") }},
}

// variableSources names the objects that a node takes variables from.
func variableSources(spec *kustomizev1.KustomizationSpec) []string {
	var sources []string
	if spec.PostBuild != nil {
		for _, from := range spec.PostBuild.SubstituteFrom {
			sources = append(sources, from.Kind+" "+from.Name)
		}
	}
	return sources
}

// shared writes what most nodes have in common, and which have it otherwise.
func (m *markdown) shared() {
	if m.size() == 0 {
		return
	}
	m.line("\n## What the nodes share\n\n| setting | mostly | else |\n|---|---|---|")
	for _, s := range settings {
		byValue := map[string][]string{}
		for v := range m.nodes() {
			value := s.value(v)
			byValue[value] = append(byValue[value], markdownCode(m.short(v.Key())))
		}
		// The most frequent first; of those as frequent, the first of the alphabet.
		values := slices.SortedFunc(maps.Keys(byValue), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(byValue[b]), len(byValue[a])), strings.Compare(a, b))
		})
		if len(values) == 1 && values[0] == "" {
			continue
		}
		var others []string
		for _, value := range values[1:] {
			others = append(others, cell(markdownText(cmp.Or(value, s.unset))+": "+strings.Join(fewNodes(byValue[value]), ", ")))
		}
		m.line("| %s | %s | %s |", s.name, cell(markdownText(cmp.Or(values[0], s.unset))), strings.Join(others, "; "))
	}
}

// mostNamed is how many nodes a sentence lists; the rest is counted.
const mostNamed = 12

func fewNodes(names []string) []string {
	if len(names) > mostNamed+1 {
		return append(names[:mostNamed:mostNamed], fmt.Sprintf("and %d more", len(names)-mostNamed))
	}
	return names
}

// requeue is how long kustomize-controller waits before it looks at a node again whose
// dependency was not ready (--requeue-dependency).
const requeue = 30 * time.Second

// strategy says who holds up whom, and why.
func (m *markdown) strategy() {
	m.line("\n## The synchronisation strategy\n")
	var waiting, applied []string
	for v := range m.nodes() {
		name := markdownCode(m.short(v.Key()))
		if readiness(&v.Object().Spec) == "applied" {
			applied = append(applied, name)
			continue
		}
		waiting = append(waiting, "- "+name+": "+m.readyWhen(&v.Object().Spec)+"."+m.holdsUp(v)+m.bound(v))
	}
	if len(waiting) > 0 {
		m.line("**Who waits.** %s ready only when the following is true, and what depends on %s starts then:\n\n%s\n",
			counted(len(waiting), "node is", "nodes are"), them(len(waiting)), strings.Join(waiting, "\n"))
	}
	if len(applied) > 0 {
		m.line("**Who does not.** %s ready as soon as %s applied, healthy or not, and what depends on %s starts then: %s.\n",
			counted(len(applied), "node is", "nodes are"), they(len(applied)), them(len(applied)), strings.Join(fewNodes(applied), ", "))
	}
	m.line("**Why.** A node that waits keeps the worker of the controller that reconciles it until its objects are healthy or its timeout is over. " +
		"Behind a node that does not wait, its dependents have to cope with what is not healthy yet.")
	for _, p := range m.Graph.Policies() {
		verb := "warns of"
		if p.Severity == dag.Error {
			verb = "refuses"
		}
		m.line("\nThe policy %s (%s) of this cluster %s this: %s %s %s", p.Code, markdownText(p.Name), verb,
			markdownText(p.Summary), markdownText(p.Flux), markdownText(p.Fix))
	}
	m.chain()
}

// bound says after what time an attempt fails.
func (m *markdown) bound(v *dag.Vertex) string {
	if t := duration(v.Object().Spec.Timeout); t != "" {
		return " An attempt fails after " + t + "."
	}
	return ""
}

// holdsUp says how many nodes wait for one, directly or not.
func (m *markdown) holdsUp(v *dag.Vertex) string {
	switch n := m.gates[v]; {
	case m.gates == nil:
		return ""
	case n == 0:
		return " No node waits for it."
	default:
		return " " + counted(n, "node waits", "nodes wait") + " for it, directly or not."
	}
}

// chain says what the longest chain costs, where it is shown whole.
func (m *markdown) chain() {
	path := m.Graph.CriticalPath()
	if len(path) < 2 || m.size() < m.Graph.Len() || len(m.Graph.Cycles()) > 0 {
		return
	}
	var names []string
	for _, v := range path {
		names = append(names, markdownCode(m.short(v.Key())))
	}
	if len(names) > mostNamed+1 {
		half := mostNamed / 2
		names = slices.Concat(names[:half], []string{fmt.Sprintf("%d more", len(names)-2*half)}, names[len(names)-half:])
	}
	longest := theLongest(m.Graph)
	m.line("\n**What it costs.** %s has %d nodes: %s. After %s the controller looks again at a node whose dependency was not ready, "+
		"so that such a chain may take %s longer than its work does, for every commit.",
		strings.ToUpper(longest[:1])+longest[1:], len(path), strings.Join(names, ", then "), dag.FormatDuration(requeue), dag.FormatDuration(requeue*time.Duration(len(path)-1)))
}

func counted(n int, one, many string) string { return plural2(n, one, many) }

func they(n int) string {
	if n == 1 {
		return "it is"
	}
	return "they are"
}

func them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// shownFindings returns the findings about what is shown.
func (m *markdown) shownFindings() []dag.Diagnostic {
	var shown []dag.Diagnostic
	for _, b := range m.boxes {
		shown = append(shown, b.findings...)
	}
	for _, a := range m.arrows {
		shown = append(shown, a.findings...)
	}
	slices.SortFunc(shown, dag.Diagnostic.Compare)
	return append(shown, m.found.rest...)
}
