package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// beside reports whether a node of head applied an object in the base already.
func (c *comparison) beside(o Object, to string) bool {
	v := c.base.Graph.Lookup(to)
	return v != nil && !v.Object().Spec.Suspend && slices.ContainsFunc(c.base.build(to).Objects, func(p Object) bool { return p.identity() == o.identity() })
}

// awaits reports whether a node waits for another one on one of the sides: it applies nothing
// any more while that is suspended.
func (c *comparison) awaits(key string, v *dag.Vertex) bool {
	return slices.ContainsFunc([]*side{c.base, c.head}, func(s *side) bool {
		u := s.Graph.Lookup(key)
		return u != nil && slices.ContainsFunc(s.Graph.Ancestors(u), func(w *dag.Vertex) bool { return w.Key() == v.Key() })
	})
}

// keepMoving are the steps that keep what goes from a node that is deleted to others.
func (c *comparison) keepMoving(v *dag.Vertex, going []Object) []Instruction {
	key := v.Key()
	all := c.movers(going, key)
	moves := slices.ContainsFunc(all, func(m moved) bool { return !c.beside(m.Object, m.to) || c.awaits(m.to, v) })
	if len(all) == 0 || moves || c.end(key).namespace != "" {
		return c.handOver(all, key)
	}
	rest := c.rest(inheritance{from: v, known: c.base.build(key).whole(), left: c.lost(going, key)})
	at := accessTo(v)
	return append([]Instruction{
		{Do: "Nothing moves, since others apply it already. Commit and merge only this: spec.suspend: true on " + key + " in " + c.in(v) + "."},
		{Do: "Wait until it is suspended in the cluster.", Run: waitSuspended(key)},
		{Do: "Wait until what both apply has the labels of the other." + at.told(), Run: at.waitForAll(all, func(m moved) string { return ownedBy(m.to, key) })},
		{Do: "Commit and merge the deletion of " + key + ": it is suspended, and deletes nothing."},
	}, rest...)
}
