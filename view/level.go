package view

import (
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// level is a group of nodes under one title.
type level struct {
	title string
	nodes []*dag.Vertex
}

// levels groups the nodes that are shown, each group in the graph's order: by the
// declared levels where there are any, and by longest path otherwise.
func (c Cluster) levels() []level {
	declared := false
	for v := range c.Graph.Vertices() {
		if index, _ := v.DeclaredLevel(); index >= 0 {
			declared = true
			break
		}
	}
	byIndex := map[int]level{}
	last := -1
	for v := range c.nodes() {
		index, title := v.Level(), fmt.Sprintf("Level %d", v.Level())
		if declared {
			var name string
			index, name = v.DeclaredLevel()
			title = strings.TrimSuffix(fmt.Sprintf("Level %d: %s", index, printable(name)), ": ")
		}
		if index < 0 {
			title = "In no level"
		}
		byIndex[index] = level{title, append(byIndex[index].nodes, v)}
		last = max(last, index)
	}
	var levels []level
	for i := range last + 1 {
		if l, listed := byIndex[i]; listed {
			levels = append(levels, l)
		}
	}
	if l, unlisted := byIndex[-1]; unlisted {
		levels = append(levels, l)
	}
	return levels
}

// namespace returns the namespace of all nodes that are shown, or nothing where they
// have several.
func (c Cluster) namespace() string {
	namespace, first := "", true
	for v := range c.nodes() {
		switch own := v.Object().Namespace; {
		case first:
			namespace, first = own, false
		case namespace != own:
			return ""
		}
	}
	return namespace
}

// count says how many Kustomizations are shown.
func (c Cluster) count() string {
	if n := c.size(); n != c.Graph.Len() {
		return fmt.Sprintf("%d of %s", n, plural(c.Graph.Len(), "Kustomization"))
	}
	return plural(c.Graph.Len(), "Kustomization")
}

// cycles returns the cycles that are shown whole.
func (c Cluster) cycles() [][]*dag.Vertex {
	if c.part == nil || c.part.nodes == nil {
		return c.Graph.Cycles()
	}
	var shown [][]*dag.Vertex
	for _, cycle := range c.Graph.Cycles() {
		whole := true
		for _, v := range cycle {
			whole = whole && c.part.nodes[v]
		}
		if whole {
			shown = append(shown, cycle)
		}
	}
	return shown
}

// boundaries returns those of the nodes that are shown.
func (c Cluster) boundaries() []dag.Boundary {
	if c.part == nil || c.part.nodes == nil {
		return c.Graph.Boundaries()
	}
	var shown []dag.Boundary
	for _, b := range c.Graph.Boundaries() {
		if v := c.Graph.Lookup(b.Node); v != nil && c.part.nodes[v] {
			shown = append(shown, b)
		}
	}
	return shown
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
