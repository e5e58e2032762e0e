package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// renamed is the change of a node that has another name, without a step between.
func (c *comparison) renamed(from, to *dag.Vertex) {
	goes, why := c.fate(from)
	change := Change{Kind: Move, Node: to.Key(), From: from.Key(), Position: to.Position(), Fields: renamedFields(from, to)}
	h := c.inherit(from, to)
	switch {
	case goes:
		c.recreated(&change, h, why)
	case c.end(from.Key()).gone || from.Object().Spec.Suspend:
		change.Effect = fmt.Sprintf("Nothing is deleted (%s); %s.", why, takingOver(from, to)) + h.abandons()
		change.Steps = c.rest(h)
	case !c.reached(to.Key()):
		change.Effect = fmt.Sprintf("Nothing is deleted (%s), and %s does not arrive: %s.", why, to.Key(), c.unreached(to.Key()))
	default:
		change.Effect = fmt.Sprintf("Nothing is deleted (%s). %s applies the same from then on, beside it.", why, to.Key())
		change.Steps = []Instruction{
			untilReady(to.Key()),
			{Do: "Suspend the old one, which then deletes nothing.", Run: "kubectl patch kustomization " + namedArgs(from.Key()) + ` --type=merge -p '{"spec":{"suspend":true}}'`},
			{Do: "Delete it.", Run: "kubectl delete kustomization " + namedArgs(from.Key())},
		}
	}
	if c.add(change); !goes { // it may see the revision before it goes
		c.prunes(from.Key(), to.Position(), c.loses(from.Key()))
	}
}

// recreated is the change of a node whose objects are deleted, and created anew by another.
func (c *comparison) recreated(change *Change, h inheritance, why string) {
	from, to := h.from.Key(), h.to.Key()
	objects, whole := c.takesAlong(from), c.base.build(from).whole()
	going := notKept(objects)
	if whole && len(objects) > 0 && len(going) == 0 && c.end(from).namespace == "" {
		change.Effect = fmt.Sprintf("Nothing is deleted: annotations keep what %s applied (prune: disabled), and %s takes over what it applies itself.", from, to) + h.abandons()
		change.Steps = append(c.takeOff(c.movers(objects, from), from), c.rest(h)...)
		return
	}
	change.Kind = Rename
	if whole {
		change.Objects = named(c.withInhabitants(going, to))
	}
	change.Effect = fmt.Sprintf("To Flux this is a deletion and a creation: it deletes everything that %s applied (%s)", from, why)
	if h.renames() {
		change.Effect += fmt.Sprintf(", and %s %s", to, c.creates(h.from, h.to)) + interruption(going, whole) + h.differs()
		if !h.known {
			change.Effect += fmt.Sprintf(" Whether %s applies all of it is not known here.", to)
		}
		if stands := c.inTheWay(h.from, h.to); len(stands) > 0 {
			change.Effect += fmt.Sprintf(" No steps are given, since %s does not change %s in place: rename the node with %s as in the base, and change that in a commit of its own.", to, few(named(stands), maxNamed), verb(len(stands), "it", "them"))
		} else {
			change.Steps, change.old = append(c.safely(h.from, h.to), c.rest(h)...), fileOf(h.from)
		}
	} else {
		change.Effect += interruption(going, whole) + h.differs() + h.migrate()
	}
	by := to
	if target(h.from) != target(h.to) { // what goes is not where the new one is
		by = from
	}
	change.Effect += c.anew(going, h.from) + c.alongWith(going, by)
}

// creates says whether a node creates anew what the old one of that name leaves it.
func (c *comparison) creates(from, to *dag.Vertex) string {
	switch {
	case to.Object().Spec.Suspend:
		return "is suspended, and creates nothing anew"
	case c.idle(to.Key()) && (c.head.build(to.Key()).breaks() || len(c.inTheWay(from, to)) == 0): // else the old one is, which goes
		return "is stuck, and creates nothing anew"
	}
	return "creates it anew"
}

// inTheWay are the objects of an old node that the new one does not change in place, and so does
// not take over beside it.
func (c *comparison) inTheWay(from, to *dag.Vertex) []Object {
	var all []Object
	for _, r := range c.replacements(to) {
		if c.remade(r.now, to.Key()) && c.base.owner(to, r.now) == from.Key() {
			all = append(all, r.now)
		}
	}
	return all
}

// takingOver says that a node takes over from one that has deleted nothing, and when.
func takingOver(from, to *dag.Vertex) string {
	said := to.Key() + " takes over what it applies itself"
	switch {
	case to.Object().Spec.Suspend:
		return said + ", once it is resumed"
	case from.Object().Spec.Suspend:
		return said + ", and is not suspended: Flux applies the current revision again"
	}
	return said
}

// renamedFields are the fields that differ between a node and the one that takes its place.
// That the old one is suspended is part of the way.
func renamedFields(from, to *dag.Vertex) []Field {
	return slices.DeleteFunc(specFields(from, to), func(f Field) bool { return f.Path == "spec.suspend" })
}

func notKept(objects []Object) []Object {
	var all []Object
	for _, o := range objects {
		if !o.Kept {
			all = append(all, o)
		}
	}
	return all
}
