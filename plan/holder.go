package plan

import (
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

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
	for _, dep := range now.Object().Spec.DependsOn {
		on := dependency(now, dep)
		if on == key || dep.ReadyExpr != "" || !dependsOn(before, on) || judges(before, on) {
			continue
		}
		old, d := c.lasting(on)
		if old == nil || sourceOf(old) != sourceOf(before) || sourceOf(d) != sourceOf(now) {
			continue // it may be ready, be it at an older revision
		}
		if old.Object().Spec.Suspend && d.Object().Spec.Suspend {
			return on
		}
		if h := c.holder(on); h != "" {
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
	return slices.ContainsFunc(before.Object().Spec.DependsOn, func(dep kustomizev1.DependencyReference) bool {
		on := c.base.Graph.Lookup(dependency(before, dep))
		if on == nil || seen[on.Key()] || dep.ReadyExpr != "" || sourceOf(on) != sourceOf(before) {
			return false
		}
		if old, d := c.lasting(on.Key()); old != nil && old.Object().Spec.Suspend && d.Object().Spec.Suspend {
			return true
		}
		return c.stillHeld(on.Key()) || !c.head.has(on.Key()) && c.heldOld(on, seen)
	})
}
