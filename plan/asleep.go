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
			why, _ := c.whyBroken(v)
			c.sleeps(v, fmt.Sprintf("Once it is resumed, Flux cannot build it, and applies and deletes nothing of it: %s.", why))
		}
		if target(c.base.Graph.Lookup(key)) != "" || !slices.ContainsFunc(c.base.build(key).Objects, func(o Object) bool { return o.kustomization() != "" }) {
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

// leftAsleep tells what has left the folder of a node that is suspended before and after: once it
// is resumed, Flux deletes that. No later plan can name it, for the one of the resuming compares
// two revisions without it.
func (c *comparison) leftAsleep(before, v *dag.Vertex) {
	key, now := v.Key(), c.head.build(v.Key())
	if !before.Object().Spec.Suspend || !v.Object().Spec.Suspend || !v.Object().Spec.Prune || target(before) != target(v) ||
		c.taken[key] != "" || c.prepared(key) || len(c.acting(key)) > 0 || c.vanishes(key) || now.breaks() || now.Unknown {
		return
	}
	left := now.without(c.base.build(key).Objects)
	taken := c.leftWith(v, left, map[string]bool{})
	twins := generated(now.Objects)
	left = slices.DeleteFunc(c.lost(c.base.withoutNodes(before, left), key), func(o Object) bool { return twins[unhashed(o)] || c.awake(v, o) })
	if left = append(left, taken...); len(left) == 0 {
		return
	}
	c.add(Change{Kind: Prune, Node: key, Position: v.Position(), Objects: named(left),
		Effect: fmt.Sprintf("It is suspended. Once it is resumed: Flux deletes what is no longer in what it builds (prune: true), as far as it had applied it before: %s%s. No later plan can name %s.", plural(len(left), "object"), c.takingAlong(taken), verb(len(left), "it", "them")) + toll(left)})
}

// takingAlong says which of the objects are Kustomizations with which goes what they applied.
func (c *comparison) takingAlong(objects []Object) string {
	nodes := having(objects, c.finalizes)
	if len(nodes) == 0 {
		return ""
	}
	return fmt.Sprintf(", %s with what %s applied", few(named(nodes), maxNamed), verb(len(nodes), "it", "they"))
}

// leftWith are the Kustomizations among what has left the folder of a node that stands still, that
// head has no more, and what goes with them once Flux deletes them: until then they run on.
func (c *comparison) leftWith(v *dag.Vertex, left []Object, seen map[string]bool) []Object {
	var all []Object
	if target(v) != "" { // what it applies there is none of these
		return nil
	}
	for _, o := range left {
		child := o.kustomization()
		if child == "" || seen[child] || !c.base.has(child) || c.head.has(child) || c.end(child).gone || o.Kept || c.awake(v, o) {
			continue
		}
		seen[child] = true
		all = append(all, o)
		if c.finalizes(o) {
			all = append(all, c.lost(c.had(child), child)...)
			all = append(all, c.leftWith(c.base.Graph.Lookup(child), c.base.build(child).Objects, seen)...)
		}
	}
	return all
}

// finalizes reports whether an object is a Kustomization of the base that deletes what it applied
// when it goes.
func (c *comparison) finalizes(o Object) bool {
	if o.kustomization() == "" || !c.base.has(o.kustomization()) {
		return false
	}
	goes, _ := c.deletes(o.kustomization())
	return goes
}

// awake reports whether another node of the base, which is not suspended, applies an object of a
// suspended one: it is its own then.
func (c *comparison) awake(v *dag.Vertex, o Object) bool {
	c.base.owner(v, o) // finds all of them
	return slices.ContainsFunc(c.base.shared[target(v)][o.identity()], func(key string) bool {
		return key != v.Key() && !c.base.Graph.Lookup(key).Object().Spec.Suspend
	})
}
