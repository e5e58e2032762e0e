package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// A FluxInstance may have Flux begin in a second folder of a cluster, as where it takes that over.
// To what is read, that is a cluster of its own, and it is not: what both hold is there already.

// beside finds, of a folder that is new, the cluster in which a node has Flux begin in it too.
func (m *matched) beside(all []matched) {
	for _, other := range all {
		if m.base != nil || m.head == nil || other.head == nil || other.head.Root == m.head.Root {
			continue
		}
		for v := range other.head.Graph.Vertices() {
			i := slices.IndexFunc(other.head.Objects[v.Key()], func(o Object) bool { return o.syncs(*m.head) })
			if i >= 0 && target(v) == "" {
				m.within, m.by, m.instance = &other, v.Key(), other.head.Objects[v.Key()][i].String()
				return
			}
		}
	}
}

// twin returns a node of a second folder as its cluster has it anyway, or nil.
func (m matched) twin(key string) *dag.Vertex {
	for _, s := range []*Side{m.within.head, m.within.base} {
		if s != nil && s.Graph.Lookup(key) != nil {
			return s.Graph.Lookup(key)
		}
	}
	return nil
}

// alsoIn leaves out what is told of the cluster anyway in which a folder is the second one, and
// says what that means.
func (c *comparison) alsoIn(m matched) {
	if m.within == nil {
		return
	}
	is := func(key string) bool { return m.twin(key) != nil }
	for _, list := range []*[]string{&c.out.Added, &c.out.Changed, &c.out.Stuck, &c.out.Unknown} {
		*list = slices.DeleteFunc(*list, is)
	}
	c.out.Changes = slices.DeleteFunc(c.out.Changes, func(ch Change) bool { return is(ch.Node) })
	var taken, other []string
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		if !is(key) {
			continue
		}
		c.out.Unchanged = append(c.out.Unchanged, key)
		if slices.Contains(c.head.AppliedBy[key], c.head.SyncRoot) {
			taken = append(taken, key)
		}
		if specFields(m.twin(key), v) != nil {
			other = append(other, key)
		}
	}
	note := fmt.Sprintf("this is the cluster of %s: by %s, which %s applies there, Flux begins here as well, with %s. What both hold is told of there, and not as new (%s)",
		m.within.root(), m.instance, m.by, c.head.SyncRoot, plural(len(c.out.Unchanged), "node"))
	if len(taken) > 0 {
		note += fmt.Sprintf(". %s applies these too from now on: %s", c.head.SyncRoot, few(unique(taken), 5))
	}
	if len(other) > 0 {
		note += fmt.Sprintf(". These are not the same in both, and what applies them last decides: %s", few(unique(other), 5))
	}
	c.out.Notes = append(c.out.Notes, note)
}
