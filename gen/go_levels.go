package gen

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// goLevel is one level of a declaration.
type goLevel struct {
	name  string
	nodes []*dag.Vertex
}

// goLevels returns the levels as they are declared; where none is, those of the
// longest path, named after what is in them.
func goLevels(g *dag.Graph) []goLevel {
	declared := map[int]*goLevel{}
	for v := range g.Vertices() {
		i, name := v.DeclaredLevel()
		if declared[i] == nil {
			declared[i] = &goLevel{name: name}
		}
		declared[i].nodes = append(declared[i].nodes, v)
	}
	if len(declared) > 1 || declared[-1] == nil {
		var levels []goLevel
		for _, i := range slices.Sorted(maps.Keys(declared)) {
			levels = append(levels, *declared[i])
		}
		return levels
	}
	return namedLevels(g)
}

// namedLevels are the computed levels of a graph, with names.
func namedLevels(g *dag.Graph) []goLevel {
	namer := newLevelNamer(g)
	var levels []goLevel
	for i, nodes := range g.Levels() {
		levels = append(levels, goLevel{namer.name(i, nodes), nodes})
	}
	return levels
}

// levelNamer names levels by the words in the names and paths of their nodes.
type levelNamer struct {
	prefix []string        // of the names of most nodes
	common map[string]bool // words that tell nothing: most nodes have them
	used   map[string]bool // words and names of earlier levels
}

func newLevelNamer(g *dag.Graph) *levelNamer {
	n := &levelNamer{common: map[string]bool{}, used: map[string]bool{}}
	names, count, several := [][]string{}, map[string]int{}, len(g.Levels()) > 1
	for v := range g.Vertices() {
		names = append(names, nameWords(v.Object().Name))
		for _, word := range topics(v) {
			if count[word]++; several && 2*count[word] > g.Len() {
				n.common[word] = true
			}
		}
	}
	n.prefix = sharedPrefix(names)
	return n
}

// topics returns what a node may be about, the most telling first, each once: the
// words of its name and the elements of its path.
func topics(v *dag.Vertex) []string {
	var all []string
	elements := strings.Split(path.Clean("/"+v.Object().Spec.Path), "/")
	for _, word := range append(nameWords(v.Object().Name), elements...) {
		if word = strings.ToLower(word); len(nameWords(word)) > 0 && !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// name returns a name that no earlier level has.
func (n *levelNamer) name(level int, nodes []*dag.Vertex) string {
	name := n.describe(nodes)
	for i := level; name == "" || n.used[name]; i++ {
		name = fmt.Sprintf("Level %d", i)
	}
	n.used[name] = true
	return name
}

// describe names nodes by the topic that half of them have; up to three nodes
// without one by their names; and more by the two topics that most of them have.
// It returns nothing where they share none.
func (n *levelNamer) describe(nodes []*dag.Vertex) string {
	first, rest := n.topic(nodes)
	if first != "" && 2*len(rest) <= len(nodes) {
		return title(first)
	}
	if len(nodes) <= 3 {
		var names []string
		for _, v := range nodes {
			names = append(names, title(strings.Join(withoutPrefix(nameWords(v.Object().Name), n.prefix), " ")))
		}
		last := len(names) - 1
		return strings.TrimPrefix(strings.Join(names[:last], ", ")+" & "+names[last], " & ")
	}
	if second, _ := n.topic(rest); second != "" {
		return title(first) + " & " + title(second)
	}
	return title(first)
}

// topic returns the topic that most of the nodes have, at least two of them, and
// the nodes that do not have it: one that no earlier level is named after, if
// there is one.
func (n *levelNamer) topic(nodes []*dag.Vertex) (string, []*dag.Vertex) {
	var order []string
	count := map[string]int{}
	for _, v := range nodes {
		for _, word := range topics(v) {
			if count[word]++; count[word] == 1 && !n.common[word] {
				order = append(order, word)
			}
		}
	}
	best := ""
	for _, word := range order {
		fresher, fresh := n.used[best] && !n.used[word], n.used[best] == n.used[word]
		if count[word] > 1 && (best == "" || fresher || fresh && count[word] > count[best]) {
			best = word
		}
	}
	if best == "" {
		return "", nodes
	}
	n.used[best] = true
	return best, slices.DeleteFunc(slices.Clone(nodes), func(v *dag.Vertex) bool { return slices.Contains(topics(v), best) })
}

// title writes the words of a text as a title.
func title(text string) string {
	all := nameWords(text)
	for i, word := range all {
		all[i] = capitalized(word)
	}
	return strings.Join(all, " ")
}
