package view

import (
	"fmt"
	"io"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Text writes the graphs for a terminal of 80 columns: level by level, each node
// with what makes it ready, what applies it where that is not the sync root, and what it
// waits for. Levels are the declared ones where there are any, and those of the longest
// path otherwise. A name that is wider than a line stands on one of its own.
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
	column    int    // where readiness begins
	declared  bool   // the author says the levels
}

// widestColumn is where readiness begins at the latest; wider names push it on.
const widestColumn = 52

func newText(p *printer, c Cluster) *text {
	t := &text{printer: p, Cluster: c}
	first := true
	for v := range c.Graph.Vertices() {
		switch namespace := v.Object().Namespace; {
		case first:
			t.namespace = namespace
		case t.namespace != namespace:
			t.namespace = ""
		}
		first = false
		if index, _ := v.DeclaredLevel(); index >= 0 {
			t.declared = true
		}
	}
	for v := range c.Graph.Vertices() {
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
	size := fmt.Sprintf("%s: %s in %s", printable(t.Name), plural(t.Graph.Len(), "Kustomization"), plural(len(levels), "level"))
	if t.namespace != "" {
		size += ", namespace " + printable(t.namespace)
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
	t.boundaries()
}

// level is a group of nodes under one title.
type level struct {
	title string
	nodes []*dag.Vertex
}

// levels groups the nodes, each group in the graph's order.
func (t *text) levels() []level {
	var levels []level
	if !t.declared {
		for i, nodes := range t.Graph.Levels() {
			levels = append(levels, level{fmt.Sprintf("Level %d", i), nodes})
		}
		return levels
	}
	byIndex := map[int]level{}
	last := -1
	for v := range t.Graph.Vertices() {
		index, name := v.DeclaredLevel()
		title := strings.TrimSuffix(fmt.Sprintf("Level %d: %s", index, printable(name)), ": ")
		byIndex[index] = level{title, append(byIndex[index].nodes, v)}
		last = max(last, index)
	}
	for i := range last + 1 {
		if l, listed := byIndex[i]; listed {
			levels = append(levels, l)
		}
	}
	if l, unlisted := byIndex[-1]; unlisted {
		levels = append(levels, level{"In no level", l.nodes})
	}
	return levels
}

func (t *text) node(v *dag.Vertex) {
	edges := edgesOf(t.Graph, v)
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
	if by := t.AppliedBy[v.Key()]; by != "" && by != t.SyncRoot && by != v.Key() {
		t.wrap("    applied by ", "               ", t.short(by))
	}
	if len(edges) > 0 {
		t.wrap("    waits for ", "              ", t.dependencies(edges)...)
	}
}

// dependencies returns what a node waits for, with what there is to say about it.
func (t *text) dependencies(edges []edge) []string {
	words := make([]string, len(edges))
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
		words[i] = t.short(e.To)
		if len(marks) > 0 {
			words[i] += " (" + strings.Join(marks, ", ") + ")"
		}
		if i < len(edges)-1 {
			words[i] += ","
		}
	}
	return words
}

// cycles lists the cycles, each as a path.
func (t *text) cycles() {
	for i, cycle := range t.Graph.Cycles() {
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

// boundaries lists where the graph ends although the cluster goes on.
func (t *text) boundaries() {
	for i, b := range t.Graph.Boundaries() {
		if i == 0 {
			t.line("")
			t.line("Boundaries, not followed")
		}
		words := strings.Split(printable(b.Kind+": "+b.What), " ")
		if b.Node != "" {
			words = append(words, "in "+t.short(b.Node))
		}
		if b.Position.File != "" {
			words = append(words, "("+printable(b.Position.String())+")")
		}
		t.wrap(indent, indent+indent, words...)
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
