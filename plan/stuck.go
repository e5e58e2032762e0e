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
	for _, cycle := range c.head.rings() {
		var keys []string
		old := true
		for _, v := range cycle {
			keys = append(keys, v.Key())
			old = old && c.base.circling(v.Key())
		}
		if !old {
			at := cycle[max(0, slices.IndexFunc(cycle, c.newEdge))] // where it was written
			for _, key := range keys {
				c.stops[key] = halted
			}
			c.add(Change{Kind: Stuck, Node: at.Key(), Position: at.Position(),
				Effect: fmt.Sprintf("These wait for each other: %s. Flux reconciles none of them any more (\"dependency not ready\"), and nothing behind them.", few(keys, 8))})
		}
	}
	for v := range c.head.Graph.Vertices() {
		key, before := v.Key(), c.base.Graph.Lookup(v.Key())
		gone, never := c.missing(v)
		effect := c.sourceless(v)
		switch {
		case effect != "":
			effect += c.besides(v, never)
		case dependsOn(v, key) && (before == nil || !dependsOn(before, key)):
			effect = "It depends on itself: Flux does not reconcile it."
		case len(gone) > 0:
			effect = fmt.Sprintf("It depends on %s, which this change takes away: Flux does not reconcile it any more.", strings.Join(gone, ", "))
		case len(never) > 0:
			effect = c.neverThere(v, never)
		default:
			continue
		}
		if c.sourceless(v) != "" {
			c.stickLast(v, effect, perhaps)
		} else {
			c.stick(v, effect)
		}
	}
}

// standstills says which nodes Flux can build, and does not reconcile or call ready all the
// same.
func (c *comparison) standstills() {
	for v := range c.head.Graph.Vertices() {
		if c.head.Graph.Lookup(v.Key()) != v {
			continue
		}
		c.halted(v)
		c.deprived(v)
		c.refused(v)
	}
	c.allHalted()
}

// stick says that Flux reconciles a node no longer, and why: of several causes the first.
func (c *comparison) stick(v *dag.Vertex, effect string) {
	c.stickAs(v, effect, halted)
}

// stickAs returns the change, until another one comes; nil where something else stops the node already.
func (c *comparison) stickAs(v *dag.Vertex, effect string, how stop) *Change {
	if c.stopped(v.Key()) {
		return nil
	}
	c.stops[v.Key()] = how
	c.add(Change{Kind: Stuck, Node: v.Key(), Position: v.Position(), Effect: effect})
	return &c.out.Changes[len(c.out.Changes)-1]
}

// stopped reports whether a node is stuck, in whatever way.
func (c *comparison) stopped(key string) bool { return c.stops[key] != running }

// stickUnready says that a node is never ready, which Flux applies and prunes all the same.
func (c *comparison) stickUnready(v *dag.Vertex, effect string) {
	how := neverReady
	if c.idle(v.Key()) {
		how = halted
	}
	c.stickAs(v, effect, how)
}

// stop is how a node of head is stuck.
type stop int

const (
	running    stop = iota
	halted          // Flux reconciles it no longer
	neverReady      // Flux applies and prunes it all the same
	perhaps         // Flux reconciles it with this revision where that is faster than what stops it, and with no later one
	surely          // Flux reconciles it with this revision, and with no later one
	always          // Flux reconciles it with all later ones too: only what it applies stands still
)

// once reports whether Flux reconciles a node with no later revision than this one.
func (s stop) once() bool { return s == perhaps || s == surely }

// stickLast says that Flux reconciles a node with no later revision: with this one it does where
// nothing but what it does itself then stops it, and else it may.
func (c *comparison) stickLast(v *dag.Vertex, effect string, how stop) *Change {
	if c.mute(v.Key()) {
		how = halted
	}
	return c.stickAs(v, effect, how)
}

// lastBy is how certainly a node has this revision that another one stops, or itself.
func lastBy(by, key string) stop {
	if by == key {
		return surely
	}
	return perhaps
}

// separate takes the nodes that are stuck out of those that change or do not.
func (c *comparison) separate() {
	c.out.Renamed = slices.DeleteFunc(c.out.Renamed, func(p Pair) bool {
		if c.stopped(p.To) {
			c.out.Deleted, c.out.Stuck = append(c.out.Deleted, p.From), append(c.out.Stuck, p.To)
		}
		return c.stopped(p.To)
	})
	for _, list := range []*[]string{&c.out.Added, &c.out.Changed, &c.out.Unchanged} {
		*list = slices.DeleteFunc(*list, func(key string) bool {
			if c.stopped(key) {
				c.out.Stuck = append(c.out.Stuck, key)
			}
			return c.stopped(key)
		})
	}
}

// newEdge reports whether a node has a dependency that it did not have.
func (c *comparison) newEdge(v *dag.Vertex) bool {
	before := c.base.Graph.Lookup(v.Key())
	return before == nil || len(subtract(dependencies(v), dependencies(before))) > 0
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
	if len(c.base.Fetches) == 0 || sourceName(before) != sourceName(v) {
		return "", ""
	}
	name := sourceName(v)
	old, now = c.base.Fetches[name], c.head.Fetches[name]
	if old == "" || now == "" {
		return "", ""
	}
	if c.ignored(name).differs && !c.ignored(name).known {
		old, now = ignoring(old, c.base.Ignores[name]), ignoring(now, c.head.Ignores[name])
	}
	return old, now
}

// pauses reports whether the source of a node is suspended.
func (s *side) pauses(v *dag.Vertex) bool { return len(s.Suspended) > 0 && s.Suspended[sourceName(v)] }

func sourceName(v *dag.Vertex) string {
	s := sourceOf(v)
	return s.Kind + " " + s.Namespace + "/" + s.Name
}
