package view

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// writeMarkdown writes the build chain of each cluster as GitHub shows it: level by level what
// each node brings, what makes it ready and what it waits for, then what the nodes share,
// and who holds up whom, and why.
func writeMarkdown(w io.Writer, clusters []Cluster) error {
	out := bufio.NewWriter(w)
	for i, c := range clusters {
		if i > 0 {
			fmt.Fprintln(out)
		}
		m := &markdown{out, newDrawing(c), gates(c.Graph)}
		m.print()
	}
	return out.Flush() // an error stays in out until here
}

// markdown is one cluster on its way to the writer.
type markdown struct {
	*bufio.Writer
	*drawing
	gates map[*dag.Vertex]int // nil: not counted
}

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdown) print() {
	levels := m.levels()
	m.line("# %s: the build chain\n", markdownText(m.Name))
	lead := fmt.Sprintf("%s in %s", m.count(), plural(len(levels), "level"))
	if m.namespace != "" {
		lead += ", namespace " + markdownCode(m.namespace)
	}
	m.line("%s. Flux starts a node when everything that it waits for is ready.", lead)
	for _, name := range m.Graph.Documents() {
		if path.Ext(name) == ".svg" {
			m.line("\n![The graph of %s](%s)", markdownText(m.Name), name)
		}
	}
	for _, l := range levels {
		m.line("\n## %s\n", markdownText(l.title))
		m.table(l.nodes)
	}
	m.shared()
	m.strategy()
	m.defects()
}

// table writes the nodes of a level. Where nothing is said of what any of them brings, there
// is no column for it.
func (m *markdown) table(nodes []*dag.Vertex) {
	says := slices.ContainsFunc(nodes, func(v *dag.Vertex) bool { return m.brings(v) != "" })
	if says {
		m.line("| node | brings | path | ready when | waits for |\n|---|---|---|---|---|")
	} else {
		m.line("| node | path | ready when | waits for |\n|---|---|---|---|")
	}
	for _, v := range nodes {
		m.node(v, says)
	}
}

// node writes one line of a level's table.
func (m *markdown) node(v *dag.Vertex, says bool) {
	spec := &v.Object().Spec
	name := cell(markdownCode(m.short(v.Key())))
	if spec.Suspend {
		name += " (suspended)"
	}
	var waits []string
	for _, e := range m.edgesOf(v) {
		word := cell(markdownCode(m.short(e.To)))
		if note := m.edgeNote(e); note != "" {
			word += " (" + note + ")"
		}
		waits = append(waits, word)
	}
	for _, key := range m.hiddenOf(v) {
		waits = append(waits, cell(markdownCode(m.short(key)))+" (not shown)")
	}
	if says {
		name += " | " + cell(m.brings(v))
	}
	m.line("| %s | %s | %s | %s |", name, cell(markdownCode(cmp.Or(spec.Path, "./"))),
		cell(m.readyWhen(spec)), cmp.Or(strings.Join(waits, ", "), "nothing"))
}

// mostLimits is how many places that are not followed a node lists; the rest is counted.
const mostLimits = 3

// brings says what a node applies, and what of it is not followed.
func (m *markdown) brings(v *dag.Vertex) string {
	var words []string
	if text := v.Description(); text != "" {
		words = append(words, markdownText(text))
	}
	limits := m.limits.nodes[v.Key()]
	for _, b := range limits[:min(mostLimits, len(limits))] {
		words = append(words, "not followed: "+markdownCode(b.What))
	}
	if more := len(limits) - mostLimits; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, "; ")
}

// edgeNote says what is special about one dependency.
func (m *markdown) edgeNote(e edge) string {
	var words []string
	switch {
	case !e.Resolved:
		words = append(words, "not in this graph")
	case e.From == e.To:
		words = append(words, "itself")
	case e.Cycle:
		words = append(words, "a cycle")
	}
	if e.ReadyExpr != "" {
		words = append(words, "when "+cell(markdownCode(e.ReadyExpr)))
	}
	return strings.Join(words, ", ")
}

// readyWhen says what makes a node ready.
func (m *markdown) readyWhen(spec *kustomizev1.KustomizationSpec) string {
	switch readiness(spec) {
	case "wait":
		return "everything it applies is healthy"
	case "healthChecks":
		return healthy(spec)
	}
	return "it is applied"
}

// healthy names the objects that have to be so.
func healthy(spec *kustomizev1.KustomizationSpec) string {
	var checks []string
	for _, check := range spec.HealthChecks {
		checks = append(checks, markdownText(check.Kind)+" "+markdownCode(strings.TrimPrefix(check.Namespace+"/"+check.Name, "/")))
	}
	if last := len(checks) - 1; last > 0 {
		return strings.Join(checks[:last], ", ") + " and " + checks[last] + " are healthy"
	}
	return checks[0] + " is healthy"
}

// defects lists what is wrong with the graph, and where it ends.
func (m *markdown) defects() {
	for i, cycle := range m.Cluster.cycles() {
		if i == 0 {
			m.line("\n## Cycles\n")
		}
		var words []string
		for _, v := range append(cycle, cycle[0]) {
			words = append(words, markdownCode(m.short(v.Key())))
		}
		m.line("- %s", strings.Join(words, " waits for "))
	}
	found := m.shownFindings()
	for i, d := range found {
		if i == 0 {
			m.line("\n## Findings\n")
		}
		about := ""
		if d.Node != "" {
			about = markdownCode(m.short(d.Node)) + ": "
		}
		m.line("- %s %s: %s%s", d.Severity, d.Code, about, markdownText(d.Message))
	}
	for i, b := range m.boundaries() {
		if i == 0 {
			m.line("\n## Not followed\n\nWhat lies behind these places is applied as well, and is not in this document.\n")
		}
		where := ""
		if b.Node != "" {
			where = " in " + markdownCode(m.short(b.Node))
		}
		if place := boundaryPlace(b); place != "" {
			where += " " + markdownText(place)
		}
		m.line("- %s: %s%s", markdownText(b.Kind), markdownCode(b.What), where)
	}
}
