package plan

import "github.com/tazlab/fluxdag/dag"

// stillHeld reports whether a node certainly brings nothing of this revision: see holder.
func (c *comparison) stillHeld(key string) bool { return c.holder(key) != "" }

// holder names what is suspended on both sides and holds a node on both sides, directly or not:
// no order of events lets the node see this revision before that is resumed. It goes by the
// specs alone, since what arrives is not known yet.
func (c *comparison) holder(key string) string {
	h, known := c.holders[key]
	if !known {
		c.holders[key] = "" // where nodes wait for each other
		h = c.findHolder(key)
		c.holders[key] = h
	}
	return h
}

func (c *comparison) findHolder(key string) string {
	before, now := c.lasting(key)
	if before == nil {
		return ""
	}
	for d := range c.head.ordered(now) {
		old, _ := c.lasting(d.Key())
		if old == nil || d.Key() == key || !c.base.orders(before, d.Key()) || judges(before, d.Key()) {
			continue // it may be ready, be it at an older revision
		}
		if old.Object().Spec.Suspend && d.Object().Spec.Suspend {
			return d.Key()
		}
		if h := c.holder(d.Key()); h != "" {
			return h
		}
	}
	return ""
}

// lasting returns a node of both sides that has no other spec in between; nil where it may have.
func (c *comparison) lasting(key string) (before, now *dag.Vertex) {
	before, now = c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	if b := c.between(key); before == nil || now == nil || len(b.specs) > 0 || b.unknown != "" {
		return nil, nil
	}
	return before, now
}

// heldOld reports whether the spec that a node has in the base keeps it from this revision, be it
// by what goes: that waits itself for what is suspended on both sides.
func (c *comparison) heldOld(before *dag.Vertex, seen map[string]bool) bool {
	seen[before.Key()] = true
	for on := range c.base.ordered(before) {
		if seen[on.Key()] {
			continue
		}
		old, d := c.lasting(on.Key())
		if old != nil && old.Object().Spec.Suspend && d.Object().Spec.Suspend || c.stillHeld(on.Key()) || !c.head.has(on.Key()) && c.heldOld(on, seen) {
			return true
		}
	}
	return false
}
