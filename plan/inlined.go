package plan

import (
	"fmt"
	"slices"
	"strings"
)

// inlined adds to what moves from a node what else does, where this change deletes that node, with
// all that is left behind: the Kustomizations that it applied too, and what goes and comes without
// loss, which would else be told as a deletion. It reports whether those that are to apply the
// Kustomizations do so.
func (c *comparison) inlined(all []moved, from string) (more []moved, taken bool) {
	if !c.goesHere(from) {
		return all, true
	}
	known := map[identity]bool{}
	for _, m := range all {
		known[m.identity()] = true
	}
	more = c.movers(notKept(c.takesAlong(from)), from)
	for _, o := range c.base.build(from).Objects {
		child := o.kustomization()
		if owners := subtract(c.head.AppliedBy[child], []string{child}); c.base.has(child) && c.head.has(child) && !o.Kept && len(owners) > 0 {
			i := slices.IndexFunc(owners, func(name string) bool { return c.takesNothing(name) == "" })
			if i < 0 {
				return all, false
			}
			more = append(more, moved{nodeObject(child), owners[i]})
		}
	}
	for _, m := range more {
		if !known[m.identity()] {
			known[m.identity()] = true
			all = append(slices.Clip(all), m)
		}
	}
	slices.SortFunc(all, func(a, b moved) int { return a.compare(b.Object) })
	return all, true
}

// goesHere reports whether this change deletes a node, and with it all that it applied.
func (c *comparison) goesHere(key string) bool { return !c.head.has(key) && c.takesAll(key) }

// lostWith says what goes with a node that this change deletes though the rest moves, and what a
// check has to let through for it.
func (c *comparison) lostWith(key string, all []moved) string {
	if !c.goesHere(key) {
		return ""
	}
	objects, kept := c.takesAlong(key), []Object{}
	for _, m := range all {
		kept = append(kept, m.Object)
	}
	gone, through := c.lost(notKept(objects), key), []string{}
	if len(objects) == 0 || !c.base.build(key).whole() || len(minus(notKept(objects), kept)) > 0 {
		through = append(through, letting(Delete, key))
	}
	for _, o := range c.base.build(key).Objects {
		if child := o.kustomization(); c.base.has(child) && !c.head.has(child) && !o.Kept && c.vanishes(child) {
			gone = append(gone, o)
			if c.goes(child) {
				through = append(through, letting(Delete, child))
			}
		}
	}
	said := ""
	if len(gone) > 0 {
		said = fmt.Sprintf(" What nothing else applies is deleted then: %s.", few(named(gone), maxNamed))
	}
	if len(through) > 0 {
		said += fmt.Sprintf(" plan still tells of %s: let %s through with %s.", verb(len(through), "a deletion", "deletions"), verb(len(through), "it", "them"), strings.Join(through, " "))
	}
	return said
}
