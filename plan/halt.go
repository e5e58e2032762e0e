package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// halted says which nodes stand still from now on since something is suspended: their source, or
// themselves, where nobody else can resume them.
func (c *comparison) halted(v *dag.Vertex) {
	key, before := v.Key(), c.base.Graph.Lookup(v.Key())
	suspended := v.Object().Spec.Suspend
	switch {
	case suspended && before != nil && !before.Object().Spec.Suspend && slices.Equal(c.head.AppliedBy[key], []string{key}):
		c.stick(v, "It applies itself. Once it is suspended, no commit reaches it any more, not even the one that takes spec.suspend out again: that takes \"flux resume kustomization "+namedArgs(key)+"\".")
	case suspended:
	case c.head.pauses(v) && !c.base.pauses(v):
		c.stickLast(v, "Its source, "+sourceName(v)+", is suspended: no further commit reaches it. Where that source brings this repository, neither does the one that resumes it: that takes \"flux resume source\".", surely)
	}
}

// heldUp says which nodes wait for what is suspended by what their own specs name from now on, and
// did not: they ran. One that is new waits as it is told to; and what this change suspends says
// itself what it holds up: that is wanted, as on the way to another name.
func (c *comparison) heldUp() {
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		before := c.base.Graph.Lookup(cmp.Or(c.sources[key], c.takes[key], key))
		if s := c.standings[key]; s.still != held || before == nil || c.stopped(key) || !c.ran(before) || c.taken[s.on] != "" || c.prepared(s.on) {
			continue
		}
		for _, dep := range v.Object().Spec.DependsOn {
			d := c.head.awaited(v, dep)
			if d != nil && d != v && c.behind(v, d, dep).still == held && !c.base.orders(before, d.Key()) {
				c.stick(v, c.heldBy(d))
				break
			}
		}
	}
}

// ran reports whether a node of the base ran, and waited for nothing that is suspended.
func (c *comparison) ran(v *dag.Vertex) bool {
	return !v.Object().Spec.Suspend && !c.base.build(v.Key()).breaks() && c.asleepBefore(v.Key(), map[string]bool{}) == ""
}

// heldBy says since when a node waits that depends on one which is suspended, or waits for such a
// one: that may have this revision where it is suspended only now.
func (c *comparison) heldBy(d *dag.Vertex) string {
	on, reason := d.Key()+", which is suspended", "dependency revision is not up to date"
	s := c.standings[d.Key()]
	if s.on != d.Key() {
		on, reason = d.Key()+", which waits for "+s.on+", which is suspended", "dependency not ready"
	}
	switch asleep := c.base.Graph.Lookup(s.on); {
	case asleep == nil:
		return fmt.Sprintf("It depends on %s: that is never ready, and Flux does not reconcile it until that is resumed (\"dependency not ready\").", on)
	case !asleep.Object().Spec.Suspend:
		return fmt.Sprintf("It depends on %s: from the next commit on Flux does not reconcile it until that is resumed (%q).", on, reason)
	}
	return fmt.Sprintf("It depends on %s: Flux does not reconcile it until that is resumed (%q).", on, reason)
}

// prepared reports whether a node is declared to be suspended for another to take over.
func (c *comparison) prepared(key string) bool {
	return slices.ContainsFunc(c.head.Moves, func(m dag.Move) bool { return m.From == key && m.Prepare })
}
