package view

import (
	"fmt"
	"io"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Text writes the graphs for a terminal of 80 columns: level by level, each node
// with what makes it ready, what applies it where that is not the sync root or, said once,
// what applies nearly all, what it waits for, and what of it is not followed. Levels are the
// declared ones where there are any, and those of the longest path otherwise. A name that is wider than a line stands on one of its own.
func Text(w io.Writer, clusters []Cluster) error {
	p := newPrinter(w)
	for i, c := range clusters {
		if i > 0 {
			p.line("")
		}
		newText(p, c).print()
	}
	if len(clusters) == 0 {
		p.line("no cluster")
	}
	return p.Flush()
}

// text is one cluster on its way to the printer.
type text struct {
	*printer
	Cluster
	namespace string // of all nodes, or empty where they have several
	applier   string // of nearly all nodes, which is said once; else empty
	column    int    // where readiness begins
	found     marks
	limits    limits
	gates     map[*dag.Vertex]int // nil: not counted
}

// widestColumn is where readiness begins at the latest; wider names push it on.
const widestColumn = 52

func newText(p *printer, c Cluster) *text {
	t := &text{printer: p, Cluster: c, namespace: c.namespace(), applier: c.usualApplier(), found: newMarks(c), limits: newLimits(c), gates: gates(c.Graph)}
	for v := range c.nodes() {
		if end := len(indent) + width(t.short(v.Key())) + 2; end <= widestColumn {
			t.column = max(t.column, end)
		}
	}
	return t
}

// short returns a key without the namespace that all nodes have.
func (t *text) short(key string) string {
	if t.namespace != "" {
		key = strings.TrimPrefix(key, t.namespace+"/")
	}
	return printable(key)
}

func (t *text) print() {
	levels := t.levels()
	size := fmt.Sprintf("%s: %s in %s", printable(t.Name), t.count(), plural(len(levels), "level"))
	if t.namespace != "" {
		size += ", namespace " + printable(t.namespace)
	}
	if t.applier != "" {
		size += ", applied by " + t.short(t.applier) + " where nothing else is said"
	}
	t.wrap("", indent, strings.Split(size, " ")...)
	for _, l := range levels {
		t.line("")
		t.wrap("", indent, strings.Split(l.title, " ")...)
		for _, v := range l.nodes {
			t.node(v)
		}
	}
	t.cycles()
	t.listBoundaries()
	for i, d := range t.found.rest {
		if i == 0 {
			t.line("")
			t.line("Findings")
		}
		t.finding(indent, d)
	}
}

func (t *text) node(v *dag.Vertex) {
	edges := t.edgesOf(v)
	spec := &v.Object().Spec
	ready := []string{readiness(spec)}
	if n := len(spec.HealthChecks); n > 0 && !spec.Wait {
		ready[0] = fmt.Sprintf("healthChecks (%d)", n)
	}
	if spec.Suspend {
		ready = append(ready, "suspended")
	}
	for _, e := range edges {
		if e.Cycle {
			ready = append(ready, "in a cycle")
			break
		}
	}
	t.columns(t.short(v.Key()), t.column, strings.Join(ready, ", "))
	if by := t.appliedBy(v); by != "" {
		t.wrap("    applied by ", "               ", by)
	}
	if words := t.dependencies(v, edges); len(words) > 0 {
		t.wrap("    waits for ", "              ", words...)
	}
	if words := t.dependents(v); len(words) > 0 {
		t.wrap("    gates ", "          ", words...)
	}
	for _, b := range t.limits.nodes[v.Key()] {
		t.boundary("    ", notFollowed(b), b)
	}
	for _, d := range t.found.nodes[v.Key()] {
		t.finding("    ", d)
	}
	var last ends
	for _, e := range edges {
		if about := (ends{e.From, e.To}); about != last {
			last = about
			for _, d := range t.found.edges[about] {
				t.finding("    ", d)
			}
		}
	}
}

// finding writes one error or warning.
func (t *text) finding(lead string, d dag.Diagnostic) {
	words := strings.Split(printable(d.Message), " ")
	t.wrap(lead+d.Severity.String()+" "+d.Code+": ", lead+indent, words...)
}

// mostGated is how many dependents a node lists; the rest is counted.
const mostGated = 6

// dependents returns what waits for a node, and how many do so in all.
func (t *text) dependents(v *dag.Vertex) []string {
	var words []string
	for _, w := range t.Graph.Dependents(v) {
		if (t.part == nil || t.part.nodes == nil || t.part.nodes[w]) && t.shows(w, v) {
			words = append(words, t.short(w.Key())+",")
		}
	}
	direct := len(words)
	if direct > mostGated+1 {
		words = append(words[:mostGated], fmt.Sprintf("and %d more,", direct-mostGated))
	}
	if n := t.hiddenBehind(v); n > 0 {
		words, direct = append(words, fmt.Sprintf("%d not shown", n)), direct+n
	}
	if direct == 0 {
		return nil
	}
	last := strings.TrimSuffix(words[len(words)-1], ",")
	if all := t.gates[v]; all > direct {
		last += fmt.Sprintf("; %d in all", all)
	}
	words[len(words)-1] = last
	return words
}

// dependencies returns what a node waits for, with what there is to say about it.
func (t *text) dependencies(v *dag.Vertex, edges []edge) []string {
	hidden := t.hiddenOf(v)
	words := make([]string, len(edges), len(edges)+len(hidden))
	for i, e := range edges {
		var marks []string
		switch {
		case !e.Resolved:
			marks = append(marks, "not in this graph")
		case e.From == e.To:
			marks = append(marks, "itself")
		case e.Cycle:
			marks = append(marks, "cycle")
		}
		if e.ReadyExpr != "" {
			marks = append(marks, "readyExpr")
		}
		for _, d := range t.found.edges[ends{e.From, e.To}] {
			marks = append(marks, d.Severity.String())
			break
		}
		words[i] = t.short(e.To)
		if len(marks) > 0 {
			words[i] += " (" + strings.Join(marks, ", ") + ")"
		}
		words[i] += ","
	}
	for _, key := range hidden {
		words = append(words, t.short(key)+" (not shown),")
	}
	if last := len(words) - 1; last >= 0 {
		words[last] = strings.TrimSuffix(words[last], ",")
	}
	return words
}

// cycles lists the cycles, each as a path.
func (t *text) cycles() {
	for i, cycle := range t.Cluster.cycles() {
		if i == 0 {
			t.line("")
			t.line("Cycles")
		}
		var words []string
		for _, v := range cycle {
			words = append(words, t.short(v.Key())+" ->")
		}
		t.wrap(indent, indent+indent, append(words, t.short(cycle[0].Key()))...)
	}
}

// listBoundaries lists what is not followed and belongs to no node.
func (t *text) listBoundaries() {
	for i, b := range t.limits.rest {
		if i == 0 {
			t.line("")
			t.line("Boundaries, not followed")
		}
		what := boundaryText(b)
		if b.Node != "" {
			what += " in " + t.short(b.Node)
		}
		t.boundary(indent, what, b)
	}
}

// boundary writes what is not followed, and where it is asked for.
func (t *text) boundary(lead, what string, b dag.Boundary) {
	words := strings.Split(what, " ")
	if place := boundaryPlace(b); place != "" {
		words = append(words, place)
	}
	t.wrap(lead, lead+indent, words...)
}
