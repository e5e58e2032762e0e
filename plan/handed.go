package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// handed reports a node that stays, but that a pruning parent no longer applies: whether
// that one deletes it, and with it all that it applied, depends on who reconciles first.
func (c *comparison) handed(before, v *dag.Vertex) {
	key := v.Key()
	now := c.head.AppliedBy[key]
	if len(now) == 0 {
		return // not known
	}
	for _, parent := range c.base.AppliedBy[key] {
		p := c.base.Graph.Lookup(parent)
		if p == nil || parent == key || slices.Contains(now, parent) || p.Object().Spec.Suspend || !c.parentDeletes(p) {
			continue
		}
		goes, _ := deletes(&before.Object().Spec)
		if !goes {
			continue
		}
		objects, _ := c.base.applies(key)
		c.add(Change{Kind: Prune, Node: key, Position: v.Position(), Objects: named(objects),
			Effect: fmt.Sprintf("%s applies it no longer, and deletes it with everything that it applied, unless %s has applied it first.", parent, few(now, 3)),
			Steps: []string{
				"Suspend " + parent + " in a commit of its own, and wait until it is suspended in the cluster.",
				"Move the file; wait until the labels of the Kustomization " + key + " name its new parent.",
				"Resume " + parent + ".",
			}})
	}
}

// parentDeletes reports whether a Kustomization deletes what it applies no longer: by
// pruning, or by being deleted itself.
func (c *comparison) parentDeletes(parent *dag.Vertex) bool {
	if c.head.Graph.Lookup(parent.Key()) != nil {
		return parent.Object().Spec.Prune
	}
	goes, _ := c.fate(parent)
	return goes
}
