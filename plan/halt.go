package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// halted says which nodes stand still from now on since something is suspended: what they
// depend on, their source, or themselves, where nobody else can resume them.
func (c *comparison) halted(v *dag.Vertex) {
	key, before := v.Key(), c.base.Graph.Lookup(v.Key())
	suspended := v.Object().Spec.Suspend
	switch {
	case suspended && before != nil && !before.Object().Spec.Suspend && slices.Equal(c.head.AppliedBy[key], []string{key}):
		c.stick(v, "It applies itself. Once it is suspended, no commit reaches it any more, not even the one that takes spec.suspend out again: that takes \"flux resume kustomization "+namedArgs(key)+"\".")
	case suspended:
	case c.head.pauses(v) && !c.base.pauses(v):
		c.stick(v, "Its source, "+sourceName(v)+", is suspended: no further commit reaches it. Where that source brings this repository, neither does the one that resumes it: that takes \"flux resume source\".")
	default:
		if on := c.blocking(before, v); len(on) > 0 {
			said, already := c.blocked(on)
			if already {
				c.quiet(key)
			}
			c.stick(v, fmt.Sprintf("It depends on %s, which is suspended: %s.", few(on, 5), said))
		}
	}
}

// blocked says since when a node is blocked by what is suspended: one that is new never becomes
// ready, one that was suspended before has an older revision, and another one may have this
// one. It reports whether none of it comes with this revision.
func (c *comparison) blocked(on []string) (said string, already bool) {
	said = "from the next commit on Flux does not reconcile it until that is resumed (\"dependency revision is not up to date\")"
	for _, key := range on {
		switch old := c.base.Graph.Lookup(key); {
		case old == nil:
			return "that is never ready, and Flux does not reconcile it until that is resumed (\"dependency not ready\")", true
		case old.Object().Spec.Suspend:
			said, already = "Flux does not reconcile it until that is resumed (\"dependency revision is not up to date\")", true
		}
	}
	return said, already
}

// blocking are the dependencies of a node that block it since they are suspended, and did not
// in the base. A suspended one stays ready, but at the revision that it has: so it blocks what
// builds from the same source, and where it has never run, all (kustomize-controller:
// checkDependencies). What this change suspends says itself what it holds up: that is wanted,
// as on the way to another name.
func (c *comparison) blocking(before, v *dag.Vertex) []string {
	if before != nil && !c.reached(v.Key()) {
		return nil // it depends on what it did
	}
	var on []string
	for _, dep := range v.Object().Spec.DependsOn {
		d := c.head.awaited(v, dep)
		if dep.ReadyExpr != "" || d == nil || !d.Object().Spec.Suspend {
			continue
		}
		key, old := d.Key(), c.base.Graph.Lookup(d.Key())
		if old != nil && !old.Object().Spec.Suspend && !c.reached(key) {
			continue // that does not arrive
		}
		if old != nil && sourceOf(d) != sourceOf(v) || c.taken[key] != "" || c.prepared(key) {
			continue
		}
		depended := before != nil && old != nil && dependsOn(before, key)
		if depended && (!old.Object().Spec.Suspend || !before.Object().Spec.Suspend) {
			continue // it did so before; or what is suspended now says who waits
		}
		on = append(on, key)
	}
	return on
}

// prepared reports whether a node is declared to be suspended for another to take over.
func (c *comparison) prepared(key string) bool {
	return slices.ContainsFunc(c.head.Moves, func(m dag.Move) bool { return m.From == key && m.Prepare })
}
