package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// deletion says what Flux deletes with a node, and what its annotations keep.
func (c *comparison) deletion(v *dag.Vertex, change *Change, why string) {
	key := v.Key()
	e, objects, whole := c.end(key), c.takesAlong(key), c.base.build(key).whole()
	going := notKept(objects)
	if whole && len(objects) > 0 && len(going) == 0 && e.namespace == "" {
		change.Effect = fmt.Sprintf("What %s applied stays, kept by its annotations (prune: disabled).", key)
		c.goesOn(change, objects, key)
		return
	}
	change.Kind, change.Steps = Delete, c.keepMoving(v, going)
	if whole {
		change.Objects = named(c.withInhabitants(going, key))
	}
	all := "everything that it applied"
	taken := c.takenOver(objects, key, "object")
	if taken != "" {
		all = "what it applied, where that is still its own"
	}
	switch {
	case e.namespace != "":
		change.Effect = fmt.Sprintf("It goes with Namespace %s, which %s applies no longer, and Flux deletes %s (%s).", e.namespace, e.by, all, why)
	case e.by != "" && !c.head.has(e.by) && c.end(e.by).gone:
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and Flux deletes %s (%s).", e.by, all, why)
	case c.along(e, key):
		change.Effect = fmt.Sprintf("Where %s goes, which applied it, it goes with that, and Flux deletes %s (%s).", e.by, all, why)
	default:
		change.Effect = fmt.Sprintf("Flux deletes %s (%s).", strings.Replace(all, "it applied", key+" applied", 1), why)
	}
	if e.namespace == "" && e.by != key && !c.takesAll(e.by) {
		change.Effect += c.onlyWhere(e.by, e.by)
	}
	if c.pending(e) {
		change.Effect += fmt.Sprintf(" Not yet: until what stops %s is mended, Flux deletes nothing of it.", e.by)
	}
	c.costs(change, c.lost(objects, key), key)
	change.Effect += c.notInPlace(objects, key) + c.alongWith(going, key)
	c.keepFirst(change, e, key)
	change.Effect += taken + c.leftThere(going, key)
	c.relabel(change, going, key)
}

// leaves says what stays of a node that goes, and which of it nothing applies any more.
func (c *comparison) leaves(v *dag.Vertex, change *Change, why string) {
	key := v.Key()
	change.Effect = fmt.Sprintf("What %s applied stays (%s).", key, why)
	if c.gone || !c.end(key).gone { // it runs on, and sees to its objects
		return
	}
	objects, whole := c.base.applies(key)
	c.goesOn(change, objects, key)
	rest := slices.DeleteFunc(slices.Clone(objects), func(o Object) bool { return c.successorOf(o, key) != "" })
	switch {
	case len(rest) > 0:
		change.Objects = named(rest)
		change.Effect += " Nothing updates or deletes these any more: delete by hand what is not wanted." + accessTo(v).meant()
		if needed, _ := c.needed(key, rest); len(needed) > 0 {
			change.Effect += " Not these, which others need: " + few(needed, maxNamed) + "."
		}
		if data := having(rest, Object.stateful); len(data) > 0 {
			change.Effect += " With " + few(named(data), 3) + ", deleted by hand, data goes too: look first whether anything still needs it."
		}
	case !whole:
		change.Effect += " Nothing updates or deletes it any more, but what another node applies."
	}
	if len(rest) > 0 && !whole {
		change.Effect += " There may be more, which is not known here."
	}
}
