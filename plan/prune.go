package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// prunes is the change of a node that deletes what it applies no longer.
func (c *comparison) prunes(key string, position dag.Position, l loss) {
	if l.none() {
		return
	}
	change := c.pruning(key, position, l)
	change.traits |= ofPruning
	c.add(change)
}

// pruning is that change, of what a node loses.
func (c *comparison) pruning(key string, position dag.Position, l loss) Change {
	lost := c.lost(l.objects, key)
	noun := "object"
	if len(lost) > 0 {
		noun = "more object"
	}
	taken := c.takenOver(l.objects, key, noun)
	deletable := notKept(l.objects)
	change := Change{Kind: Prune, Node: key, Position: position, Objects: named(c.withInhabitants(deletable, key))}
	if !c.base.Graph.Lookup(key).Object().Spec.Suspend { // else it would put no annotation there
		if change.Steps = c.handOver(c.movers(deletable, key), key); change.Steps == nil {
			change.Steps = c.respecified(key, l, deletable)
		}
		c.relabel(&change, deletable, key)
	}
	switch {
	case len(deletable) == 0 && len(l.unknown) == 0: // all of them are annotated to be kept
		return c.keptObjects(key, position, l.objects)
	case len(l.unknown) > 0 && len(lost) == 0:
		change.Kind, change.Objects = Unknown, nil
		change.Effect = "What it deletes of what it applied before, if anything, cannot be said (prune: true): " + few(l.unknown, 3) + "."
		if c.base.build(key).breaks() {
			change.Effect = "Flux can apply it again. What it applied before it broke is not known here: what this revision does not hold of that, Flux deletes (prune: true)."
		}
		change.Effect += c.atStake(key, nil)
	case len(lost) == 0:
		change.Effect = "It applies these no longer, and deletes them where they are still its own (prune: true)."
	default:
		change.Effect = fmt.Sprintf("Flux deletes what is no longer in what it builds (prune: true): %s.", plural(len(lost), "object"))
		if len(l.unknown) > 0 {
			change.Effect += " There may be more: " + few(l.unknown, 3) + "."
		}
		if come := subtract(c.head.build(key).Beyond, c.base.build(key).Beyond); len(come) > 0 && !c.head.build(key).elsewhere() {
			change.Effect += " What " + few(come, 3) + " brings is not known, and stays if it is among them."
		}
		change.Effect += c.atStake(key, lost)
	}
	c.costs(&change, lost, key)
	change.Effect += c.notInPlace(l.objects, key) + c.alongWith(deletable, key) + taken + c.leftThere(deletable, key)
	if l.late {
		change.Effect += " It may see its files before the ConfigMap of its variables: it prunes by the old ones then."
	}
	if l.lagging {
		change.Effect += " Its source packs this revision by its old spec.ignore first, which leaves out some of these: commit spec.ignore alone, and the rest when the cluster has it."
	}
	switch now := c.head.Graph.Lookup(key); {
	case now == nil && c.end(key).gone:
		change.Effect += " It may do so before it goes itself."
	case c.hidden(key):
		change.Effect += " It goes on running: what applies it cannot be built, and so does not delete it."
	case now == nil:
		change.Effect += " No file holds it any more, but it goes on running."
	case l.early && !c.reached(key):
		change.Effect += " It does so by the spec that it has: the new one does not arrive."
	case c.onlyWhere(key, "it") != "":
		change.Effect += c.onlyWhere(key, "it")
	case l.early && c.idle(key) && len(minus(l.objects, c.head.build(key).Objects)) > 0: // which it would not keep
		change.Effect += " It may see this revision before its new spec, at which Flux stops; else it may delete them once that is mended, and no later plan can tell."
	case l.early:
		change.Effect += " It may see this revision before its new spec, which would keep them" + c.specFirst(key, change) + "."
	}
	if len(l.unknown) == 0 && c.unused(deletable, key) {
		return c.spare(change, deletable)
	}
	return change
}

// specFirst is the advice on a new spec that would keep what the old one prunes, where no steps
// come of it.
func (c *comparison) specFirst(key string, change Change) string {
	switch {
	case c.idle(key):
		return ", but at which Flux stops: mend that first"
	case change.Steps == nil:
		return ": commit that first"
	}
	return ""
}

// atStake says what a node may delete, beside what is told, that takes all from another source,
// which is not known.
func (c *comparison) atStake(key string, told []Object) string {
	objects := minus(notKept(c.base.build(key).Objects), told)
	if !c.head.build(key).elsewhere() || len(objects) == 0 || c.idle(key) { // by its new spec it deletes nothing then
		return ""
	}
	said := fmt.Sprintf(" It may delete %s, if %s not in that: %s.", plural(len(objects), "object"), verb(len(objects), "it is", "they are"), few(named(objects), maxNamed))
	if toll := toll(objects); toll != "" {
		said += " If so:" + toll
	}
	return said
}

// staysWhy says why what a node applies no longer stays.
func staysWhy(v *dag.Vertex) string {
	if v.Object().Spec.Suspend {
		return "it is suspended"
	}
	return "prune: false"
}

// keptObjects is the change of a node that applies some objects no longer, all of which
// their annotations keep.
func (c *comparison) keptObjects(key string, position dag.Position, objects []Object) Change {
	change := Change{Kind: Content, Node: key, Position: position, Objects: named(objects), Effect: "Applied no longer, and kept by their annotations."}
	if len(minus(objects, c.head.build(key).Objects)) == 0 {
		change.Effect = "It may see this revision before its new spec, which applies these: till then their annotations keep them."
	}
	c.goesOn(&change, objects, key)
	return change
}

// keeps reports whether the annotation is on something still where it moves.
func (s *side) keeps(m moved) bool {
	return slices.ContainsFunc(s.build(m.to).Objects, func(o Object) bool { return o.Kept && o.identity() == m.identity() })
}

// goesOn says of objects that stay which nodes apply them from now on, and what is left to
// do where annotations keep them.
func (c *comparison) goesOn(change *Change, objects []Object, key string) {
	some, heirs := c.applied(objects, func(o Object) string { return c.successorOf(o, key) })
	if len(some) == 0 {
		return
	}
	change.Effect += fmt.Sprintf(" Of it, %s by %s from now on: %s.", areApplied(len(some)), heirs, few(named(some), maxNamed)) + c.notInPlace(objects, key)
	kept := slices.DeleteFunc(c.movers(having(objects, func(o Object) bool { return o.Kept }), key), func(m moved) bool { return !c.head.keeps(m) })
	if len(kept) > 0 {
		change.Steps = c.takeOff(kept, key)
	}
}
