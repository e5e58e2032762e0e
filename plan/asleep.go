package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// unbuildable says which suspended nodes Flux can build no more once they are resumed. Until
// then it does not look at them: so nothing of that is unread, but where they bring
// Kustomizations.
func (c *comparison) unbuildable() {
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		if !v.Object().Spec.Suspend || !c.reached(key) || !c.base.has(key) || !c.head.build(key).breaks() || c.base.build(key).breaks() {
			continue
		}
		if c.taken[key] == "" { // else it is not resumed any more
			c.sleeps(v, fmt.Sprintf("Once it is resumed, Flux cannot build it, and applies and deletes nothing of it: %s.", c.whyBroken(v)))
		}
		if !slices.ContainsFunc(c.base.build(key).Objects, func(o Object) bool { return o.kustomization() != "" }) {
			c.out.Unread = slices.DeleteFunc(c.out.Unread, func(u Unread) bool {
				return u.Side == onlyHead && u.Node == key && slices.Contains(unbuilt, u.Code)
			})
		}
	}
}

// sleeps says of a suspended node what becomes of it later.
func (c *comparison) sleeps(v *dag.Vertex, later string) {
	for i := range c.out.Changes {
		if ch := &c.out.Changes[i]; ch.Kind == Suspend && ch.Node == v.Key() {
			ch.Effect += " " + later
			return
		}
	}
	c.add(Change{Kind: Suspend, Node: v.Key(), Position: v.Position(), Effect: "It is suspended, and keeps what it applied. " + later})
	c.out.Unchanged = slices.DeleteFunc(c.out.Unchanged, func(key string) bool { return key == v.Key() })
	if !slices.Contains(c.out.Changed, v.Key()) {
		c.out.Changed = append(c.out.Changed, v.Key())
	}
}
