package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// overtaken takes from what nodes prune that certainly stand still what others, which do not,
// apply from now on: these own it before the node is back, and that prunes only what has its own
// labels (kustomize-controller: the Inclusions of its prune).
func (c *comparison) overtaken() {
	for i, ch := range c.out.Changes {
		if s := c.standings[ch.Node]; ch.is(ofPruning) && s.certain && (s.still == held || s.still == waits) {
			c.out.Changes[i] = c.lessTaken(ch)
		}
	}
	for key, p := range c.passings {
		i := slices.IndexFunc(c.out.Changes, func(ch Change) bool { return ch.Node == key && ch.is(ofPassing) })
		if i >= 0 && !c.arrivesAt(p.to) {
			c.out.Changes[i] = p.otherwise
		}
	}
}

// arrivesAt reports whether Flux certainly applies this revision of a node.
func (c *comparison) arrivesAt(key string) bool {
	return c.reconciles(key) && c.stops[key] != perhaps
}

// lessTaken is a prune of a node that stands still, less what others have taken over by then.
func (c *comparison) lessTaken(prune Change) Change {
	key, l := prune.Node, c.loses(prune.Node)
	some, heirs := c.applied(l.objects, func(o Object) string {
		if to := c.other(o, key); c.arrivesAt(to) && !c.remade(o, to) {
			return to
		}
		return ""
	})
	if len(some) == 0 {
		return prune
	}
	said := fmt.Sprintf("%s by then, and %s: %s.", areApplied(len(some))+" by "+heirs, verb(len(some), "stays", "stay"), few(named(some), maxNamed))
	l.objects = minus(l.objects, some)
	if l.none() || len(notKept(l.objects))+len(l.unknown) == 0 {
		return Change{Kind: Content, Node: key, Position: prune.Position, Objects: named(some), Effect: "Of what it applies no longer, " + said}
	}
	prune = c.pruning(key, prune.Position, l)
	prune.Effect += " Of what else it applies no longer, " + said
	return prune
}

// passing is what is told of a node that changes hands for certain, and what would be where the
// new one turned out not to run.
type passing struct {
	to        string
	otherwise Change
}

// passes returns the node that certainly owns another one before the one that applied it prunes:
// that waits on both sides for what is suspended.
func (c *comparison) passes(from, key string) string {
	if !c.stillHeld(from) || slices.Contains(c.head.AppliedBy[key], from) {
		return ""
	}
	for _, to := range c.head.AppliedBy[key] {
		before, now := c.base.Graph.Lookup(to), c.head.Graph.Lookup(to)
		if before == nil || before.Object().Spec.Suspend || now.Object().Spec.Suspend || to == key || c.vanishes(to) {
			continue
		}
		if !c.stillHeld(to) && c.reached(to) && !c.idle(to) && !c.head.circling(to) && c.heldBack(to, from) == "" {
			return to
		}
	}
	return ""
}

// passed says of a node that stays under which of others it is from now on.
func (c *comparison) passed(v *dag.Vertex) {
	key := v.Key()
	if c.vanishes(key) {
		return
	}
	for _, from := range c.base.AppliedBy[key] {
		to := c.passes(from, key)
		if goes, _ := c.deletes(key); to == "" || !goes || keptItself(c.base.Graph.Lookup(key)) {
			continue
		}
		change := Change{Kind: Content, Node: key, Position: v.Position(), traits: ofPassing,
			Effect: fmt.Sprintf("%s applies it from now on. %s, which did so before, waits for %s, which is suspended: by the time that is resumed, this node has its new owner, and stays.", to, from, c.holder(from))}
		if c.passings == nil {
			c.passings = map[string]passing{}
		}
		c.passings[key] = passing{to, c.handing(v, end{gone: true, by: from})}
		c.add(change)
		return
	}
}

// resumeFirst is the step before those in which a node is to apply something: what it waits for
// in the base has to be resumed.
func (c *comparison) resumeFirst(from string) []Instruction {
	on := c.asleepBefore(from, map[string]bool{})
	if on == "" {
		return nil
	}
	return []Instruction{{Do: fmt.Sprintf("Resume %s first, in a commit of its own: %s waits for it, and applies no annotation before.", on, from)}}
}

// asleepBefore names what is suspended in the base and keeps a node of it from the next revision;
// nothing where nothing does.
func (c *comparison) asleepBefore(key string, seen map[string]bool) string {
	v := c.base.Graph.Lookup(key)
	if v == nil || seen[key] {
		return ""
	}
	seen[key] = true
	if c.base.pauses(v) {
		return sourceName(v)
	}
	for on := range c.base.ordered(v) {
		if on.Object().Spec.Suspend {
			return on.Key()
		}
		if name := c.asleepBefore(on.Key(), seen); name != "" {
			return name
		}
	}
	return ""
}
