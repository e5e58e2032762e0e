package plan

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// heir returns the node of head that applies an object in the cluster to which a node
// applies its own, or nothing. Its spec has to arrive, and it must not be suspended.
func (c *comparison) heir(from *dag.Vertex, o Object) string { return c.heirIn(target(from), o) }

func (c *comparison) heirIn(cluster string, o Object) string {
	if c.head.owners == nil {
		c.head.own(func(v *dag.Vertex) bool { return !v.Object().Spec.Suspend && !c.fails[v.Key()] && c.reached(v.Key()) })
	}
	return c.head.ownerIn(cluster, o)
}

// owner returns the node that applies an object in the cluster to which a node applies its
// own; the last one where there are several.
func (s *side) owner(from *dag.Vertex, o Object) string { return s.ownerIn(target(from), o) }

func (s *side) ownerIn(cluster string, o Object) string {
	if s.owners == nil {
		s.own(func(*dag.Vertex) bool { return true })
	}
	return s.owners[cluster][o.identity()]
}

func (s *side) own(counts func(*dag.Vertex) bool) {
	s.owners, s.shared, s.spares = map[string]map[identity]string{}, map[string]map[identity][]string{}, map[string]map[identity]bool{}
	for v := range s.Graph.Vertices() {
		b := s.build(v.Key())
		if b.Fails || b.Partial || !counts(v) {
			continue
		}
		to := target(v)
		if s.owners[to] == nil {
			s.owners[to], s.shared[to] = map[identity]string{}, map[identity][]string{}
		}
		for _, o := range b.Objects {
			at := o.identity()
			if first := s.owners[to][at]; first != "" {
				if s.shared[to][at] == nil {
					s.shared[to][at] = []string{first}
				}
				s.shared[to][at] = append(s.shared[to][at], v.Key())
			}
			s.owners[to][at] = v.Key()
			if o.Left {
				if s.spares[v.Key()] == nil {
					s.spares[v.Key()] = map[identity]bool{}
				}
				s.spares[v.Key()][at] = true
			}
		}
	}
}

// other returns the node of head, not by, that applies an object which Flux does not keep,
// and may do so before by deletes it.
func (c *comparison) other(o Object, by string) string {
	heir := c.successorOf(o, by)
	if o.Kept || heir == "" || c.heldBack(heir, by) != "" {
		return ""
	}
	return heir
}

// successorOf returns the node of head, not by, that applies an object, be it in time or
// not. One that leaves it as it is does so only where it made it.
func (c *comparison) successorOf(o Object, by string) string {
	if heir := c.builder(o, by); heir != "" && (!c.head.spares[heir][o.identity()] || c.beside(o, heir)) {
		return heir
	}
	return ""
}

// builder returns the node of head, not by, among whose objects one is, and that stays.
func (c *comparison) builder(o Object, by string) string {
	if heir := c.heir(c.either(by), o); heir != by && !c.goes(heir) {
		return heir
	}
	return ""
}

// heldBack returns what keeps a node from applying this revision before another one has
// pruned: that one itself, for which it waits, or something that never becomes ready in it.
func (c *comparison) heldBack(key, by string) string {
	at := [2]string{key, by}
	if back, known := c.behindOf[at]; known {
		return back
	}
	c.behindOf[at] = "" // in a circle
	v := c.head.Graph.Lookup(key)
	if v == nil {
		return ""
	}
	for _, dep := range v.Object().Spec.DependsOn {
		if dep.ReadyExpr != "" { // it decides, whatever the revision is
			continue
		}
		name := dependency(v, dep)
		u := c.head.Graph.Lookup(name)
		switch {
		case name == by && (u == nil || sourceOf(u) == sourceOf(v)):
			c.behindOf[at] = by
			return by
		case c.nowhere(v, name):
			c.behindOf[at] = name
		case u == nil || sourceOf(u) != sourceOf(v):
			continue
		case c.holder(by) == name: // that waits for it as well
			continue
		case u.Object().Spec.Suspend, c.idle(name), c.head.circling(name):
			c.behindOf[at] = name
		default:
			c.behindOf[at] = cmp.Or(c.behindOf[at], c.heldBack(name, by))
		}
	}
	return c.behindOf[at]
}

// rival returns a node of head that goes on applying an object which another one applies as
// well.
func (c *comparison) rival(v *dag.Vertex, o Object) string {
	c.heir(v, o) // finds all of them
	for _, key := range c.head.shared[target(v)][o.identity()] {
		if key != v.Key() && !c.goes(key) {
			return key
		}
	}
	return ""
}

// goes reports whether Flux deletes a node of the base with what it applied.
func (c *comparison) goes(key string) bool {
	v := c.base.Graph.Lookup(key)
	if v == nil {
		return false
	}
	goes, _ := c.fate(v)
	return goes
}

// either returns a node as the base has it, or as head has it.
func (c *comparison) either(key string) *dag.Vertex {
	if v := c.base.Graph.Lookup(key); v != nil {
		return v
	}
	return c.head.Graph.Lookup(key)
}

// lost are the objects that nothing applies in time any more, less those that Flux keeps.
func (c *comparison) lost(objects []Object, by string) []Object {
	return slices.DeleteFunc(slices.Clone(objects), func(o Object) bool {
		return o.Kept || c.other(o, by) != ""
	})
}
