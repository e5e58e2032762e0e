package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// meant says what was meant by a name that a finding is about, where that is known.
func (c *comparison) meant(v *dag.Vertex, about string) string {
	for _, d := range c.head.Slips[v.Key()] {
		if strings.HasPrefix(d.Message, about) {
			return " " + strings.ToUpper(d.Hint[:1]) + d.Hint[1:]
		}
	}
	return ""
}

// doubtful says what a node names for the first time that is not found here, and may come from
// beyond a boundary.
func (c *comparison) doubtful(v *dag.Vertex) (said string, slip bool) {
	if v.Object().Spec.Suspend {
		return "", false
	}
	if !c.sourceKnown(v) && c.sourceless(v) == "" {
		said = " " + c.doubtfulSource(v)
	}
	for _, key := range dependencies(v) {
		namespace, _ := splitKey(key)
		if !c.unheard(v, key) {
			continue
		}
		if by := c.bringer(namespace, nil); by != "" {
			meant := c.meant(v, "depends on "+key+",")
			said += fmt.Sprintf(" %s is not found here, and may come from %s: if it does not exist, Flux does not reconcile this node (\"dependency not found\").%s", key, by, meant)
			slip = slip || meant != ""
		}
	}
	return said, slip
}

func (c *comparison) doubtfulSource(v *dag.Vertex) string {
	return fmt.Sprintf("Its source, %s, is not found here, and may come from %s: if it does not exist, Flux applies nothing of this node.%s",
		sourceName(v), c.bringer(sourceOf(v).Namespace, v), c.meant(v, "the source "+sourceName(v)+" "))
}

// doubts adds what is doubtful of a node to what is said of it.
func (c *comparison) doubts() {
	for v := range c.head.Graph.Vertices() {
		said, slip := c.doubtful(v)
		if slip && !c.stopped(v.Key()) {
			c.stick(v, said[1:])
			continue
		}
		if !c.stopped(v.Key()) && !c.fails[v.Key()] {
			said += c.strange(v) + c.unsure(v) + c.wanting(v)
		}
		if said == "" {
			continue
		}
		i := slices.IndexFunc(c.out.Changes, func(ch Change) bool {
			return ch.Node == v.Key() && slices.Contains([]Kind{Add, Edge, Rename, Move, Source, Target, Content, Ready}, ch.Kind)
		})
		if i >= 0 {
			c.out.Changes[i].Effect += said
		}
	}
}
