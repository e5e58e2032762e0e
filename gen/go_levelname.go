package gen

import (
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// namedLevels are the computed levels of a graph. What would name two of them
// names neither.
func namedLevels(g *dag.Graph) []goLevel {
	namer := newLevelNamer(g)
	var levels []goLevel
	times := map[string]int{}
	for _, nodes := range g.Levels() {
		name := namer.name(nodes)
		times[name]++
		levels = append(levels, goLevel{name, nodes})
	}
	for i, level := range levels {
		if times[level.name] > 1 {
			levels[i].name = ""
		}
	}
	return levels
}

// levelNamer names levels after what their nodes have in common, each level
// without regard to the others.
type levelNamer struct {
	total  int            // nodes of the graph
	prefix []string       // leading words of most names
	count  map[string]int // nodes of the graph by what they mention
}

func newLevelNamer(g *dag.Graph) *levelNamer {
	var names [][]string
	for v := range g.Vertices() {
		names = append(names, nameWords(v.Object().Name))
	}
	n := &levelNamer{total: g.Len(), prefix: sharedPrefix(names), count: map[string]int{}}
	for v := range g.Vertices() {
		for words := range mentions(v) {
			n.count[words]++
		}
	}
	return n
}

// maxLevelName is how long the names of a few nodes are as the name of their
// level, at most: the list of the nodes stands beside it.
const maxLevelName = 32

// name returns the topic of the nodes; the names of up to three that have none;
// and otherwise nothing. A level without a name goes by its position wherever it
// is shown, also after another level has been put before it.
func (n *levelNamer) name(nodes []*dag.Vertex) string {
	if topic := n.topic(nodes); topic != "" && len(nodes) > 1 {
		return title(topic)
	}
	if len(nodes) > 3 {
		return ""
	}
	var names []string
	for _, v := range nodes {
		names = append(names, title(strings.Join(n.ownWords(v), " ")))
	}
	last := len(names) - 1
	name := strings.TrimPrefix(strings.Join(names[:last], ", ")+" & "+names[last], " & ")
	if len(name) > maxLevelName {
		return ""
	}
	return name
}

// topic returns what the nodes are about, if they are about one thing: at least
// nine in ten of them have it for a topic, they are more than half of all that
// mention it, and most of the graph does not. Of several it is the most telling one.
func (n *levelNamer) topic(nodes []*dag.Vertex) string {
	count, weight := map[string]int{}, map[string]int{}
	for _, v := range nodes {
		for rank, topic := range n.topics(v) {
			count[topic]++
			weight[topic] += max(10-rank, 1)
		}
	}
	best := ""
	for topic, k := range count {
		if 10*k < 9*len(nodes) || 2*k <= n.count[topic] || 2*n.count[topic] > n.total {
			continue
		}
		if weight[topic] > weight[best] || weight[topic] == weight[best] && topic < best {
			best = topic
		}
	}
	return best
}

// maxTopicWords is how many words a topic has, at most.
const maxTopicWords = 4

// topics returns what a node may be about, the most telling first, each once: its
// namespace, the elements of its path from the root on, and the leading words of
// its name, as many as there are first. Words in the middle or at the end of a
// name, such as "exporter" and "operator", say what it is, not what it is about.
func (n *levelNamer) topics(v *dag.Vertex) []string {
	all := fields(v)
	for words := n.ownWords(v); len(words) > 0; words = words[:len(words)-1] {
		all = append(all, words)
	}
	var topics []string
	for _, words := range all {
		topic := strings.ToLower(strings.Join(words, "-"))
		if topic != "" && len(words) <= maxTopicWords && !slices.Contains(layout, topic) && !slices.Contains(topics, topic) {
			topics = append(topics, topic)
		}
	}
	return topics
}

// mentions returns all that stands in the namespace, the path and the name of a
// node: each run of words that may be a topic of some node.
func mentions(v *dag.Vertex) map[string]bool {
	found := map[string]bool{}
	for _, words := range append(fields(v), nameWords(v.Object().Name)) {
		for i := range words {
			for j := i + 1; j <= min(i+maxTopicWords, len(words)); j++ {
				found[strings.ToLower(strings.Join(words[i:j], "-"))] = true
			}
		}
	}
	return found
}

// fields returns the words of a node's namespace and of each element of its path.
func fields(v *dag.Vertex) [][]string {
	all := [][]string{nameWords(v.Object().Namespace)}
	for element := range strings.SplitSeq(path.Clean("/"+v.Object().Spec.Path), "/") {
		all = append(all, nameWords(element))
	}
	return all
}

// layout are names that say where something lies, whatever it is.
var layout = []string{"app", "base", "default", "overlays"}

// ownWords returns the words of a node's name without those that most names begin with.
func (n *levelNamer) ownWords(v *dag.Vertex) []string {
	return withoutPrefix(nameWords(v.Object().Name), n.prefix)
}

// title writes the words of a text as a title.
func title(text string) string {
	all := nameWords(text)
	for i, word := range all {
		all[i] = capitalized(word)
	}
	return strings.Join(all, " ")
}
