package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// stuck says which nodes this change keeps from ever being reconciled again: those in a
// cycle that is new, and those whose dependency is not there any more.
func (c *comparison) stuck() {
	before := map[string]bool{}
	for _, cycle := range c.base.Graph.Cycles() {
		for _, v := range cycle {
			before[v.Key()] = true
		}
	}
	for _, cycle := range c.head.Graph.Cycles() {
		var keys []string
		old := true
		for _, v := range cycle {
			keys = append(keys, v.Key())
			old = old && before[v.Key()]
		}
		if !old {
			c.add(Change{Kind: Stuck, Node: keys[0], Position: cycle[0].Position(),
				Effect: fmt.Sprintf("These wait for each other: %s. Flux reconciles none of them any more (\"dependency not ready\"), and nothing behind them.", few(keys, 8))})
		}
	}
	for v := range c.head.Graph.Vertices() {
		if missing := c.missing(v); len(missing) > 0 {
			c.add(Change{Kind: Stuck, Node: v.Key(), Position: v.Position(),
				Effect: fmt.Sprintf("It depends on %s, which this change takes away: Flux does not reconcile it any more.", strings.Join(missing, ", "))})
		}
	}
}

// missing are the dependencies of a node that were there in the base, and are not in head.
// One that goes on running without a file is there.
func (c *comparison) missing(v *dag.Vertex) []string {
	return slices.DeleteFunc(dependencies(v), func(key string) bool {
		return c.head.has(key) || !c.base.has(key) || !c.end(key).gone
	})
}

// refetched says that the source of a node fetches something else, though the node names
// the same one.
func (c *comparison) refetched(before, v *dag.Vertex) {
	if old, now := c.fetches(before, v); old != now {
		name := sourceName(v)
		c.add(Change{Kind: Source, Node: v.Key(), Position: v.Position(), Fields: []Field{{name, text(old), text(now)}},
			Effect: name + " fetches something else from then on. What that holds is not known here: what is said of the objects of this node is of this revision."})
	}
}

// fetches returns what the source of a node fetches on both sides; the same where it is
// another source, or where one is not known.
func (c *comparison) fetches(before, v *dag.Vertex) (old, now string) {
	old, now = c.base.Fetches[sourceName(before)], c.head.Fetches[sourceName(v)]
	if sourceName(before) != sourceName(v) || old == "" || now == "" {
		return "", ""
	}
	return old, now
}

func sourceName(v *dag.Vertex) string {
	s := sourceOf(v)
	return s.Kind + " " + s.Namespace + "/" + s.Name
}
