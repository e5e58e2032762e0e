package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// heir returns the node of head that applies an object in the cluster to which a node
// applies its own, or nothing. Its spec has to arrive, and it must not be suspended.
func (c *comparison) heir(from *dag.Vertex, o Object) string {
	if c.head.owners == nil {
		c.head.own(func(v *dag.Vertex) bool { return !v.Object().Spec.Suspend && c.reached(v.Key()) })
	}
	return c.head.owner(from, o)
}

// owner returns the node that applies an object in the cluster to which a node applies its
// own; the last one where there are several.
func (s *side) owner(from *dag.Vertex, o Object) string {
	if s.owners == nil {
		s.own(func(*dag.Vertex) bool { return true })
	}
	return s.owners[target(from)][o.identity()]
}

func (s *side) own(counts func(*dag.Vertex) bool) {
	s.owners = map[string]map[Object]string{}
	for v := range s.Graph.Vertices() {
		b := s.build(v.Key())
		if b.Fails || b.Partial || !counts(v) {
			continue
		}
		to := target(v)
		if s.owners[to] == nil {
			s.owners[to] = map[Object]string{}
		}
		for _, o := range b.Objects {
			s.owners[to][o.identity()] = v.Key()
		}
	}
}

// other returns the node of head, not by, that applies an object which Flux does not keep.
func (c *comparison) other(o Object, by string) string {
	heir := c.heir(c.either(by), o)
	if o.Kept || heir == by || c.goes(heir) {
		return ""
	}
	return heir
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

// lost are the objects that nothing applies any more, less those that Flux keeps.
func (c *comparison) lost(objects []Object, by string) []Object {
	return slices.DeleteFunc(slices.Clone(objects), func(o Object) bool {
		return o.Kept || c.other(o, by) != ""
	})
}

// takenOver says of the objects that another node applies from now on that it may be too
// late for them.
func (c *comparison) takenOver(objects []Object, by string) string {
	said, heirs := applied(objects, func(o Object) string { return c.other(o, by) })
	if heirs == "" {
		return ""
	}
	return fmt.Sprintf(" %s from now on by %s, and stays only if that comes first; to be certain, suspend %s in a commit before.", said, heirs, by)
}

// applied says how many objects have an owner, and names the owners; nothing where none has
// one.
func applied(objects []Object, owner func(Object) string) (said, owners string) {
	names := map[string]bool{}
	n := 0
	for _, o := range objects {
		if name := owner(o); name != "" {
			names[name] = true
			n++
		}
	}
	said = fmt.Sprintf("%d objects are applied", n)
	if n == 1 {
		said = "1 object is applied"
	}
	return said, few(sortedKeys(names), 3)
}
