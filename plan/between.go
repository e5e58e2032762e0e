package plan

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// between are the specs of a node that are neither that of the base nor that of head, which
// it may have in between.
type between struct {
	specs   []*dag.Vertex
	from    []string // the nodes that may give it these
	unknown string   // a node that may give it one which is not known
}

// between returns the specs of a node of the base that something may give it in between:
// one that applies it by the spec that it has itself in the base, from the files of head;
// or one of two that apply it in head and do not agree. What makes it act as another one is
// that one.
func (c *comparison) between(key string) between {
	if c.gone || len(c.head.AppliedBy[key]) < 2 && len(c.stray(key)) == 0 {
		return between{}
	}
	b, known := c.betweens[key]
	if !known {
		b = c.inBetween(key)
		c.betweens[key] = b
	}
	return b
}

func (c *comparison) inBetween(key string) (all between) {
	known := map[string]bool{}
	for _, name := range c.base.AppliedBy[key] {
		known[actsIn(c.base.build(name), key)] = true
	}
	add := func(parent string, b Build) {
		if acts := actsIn(b, key); !known[acts] {
			known[acts] = true
			if v := b.spec(key); v != nil {
				all.specs, all.from = append(all.specs, v), append(all.from, parent)
			} else {
				all.unknown = cmp.Or(all.unknown, parent)
			}
		}
	}
	for i, name := range c.head.AppliedBy[key] {
		if b := c.head.build(name); i > 0 {
			add(name, b)
		} else {
			known[actsIn(b, key)] = true
		}
	}
	for _, v := range c.stray(key) {
		add(v.Key(), c.build(v))
	}
	return all
}

// mayHave reports whether a node may have applied another one before it runs by one of its specs,
// so that it prunes that by this one: in the base, or by a spec that comes before. That of the
// base is the first, and does not come back.
func (c *comparison) mayHave(v *dag.Vertex, key string) bool {
	name := v.Key()
	if slices.Contains(c.base.AppliedBy[key], name) {
		return true
	}
	first := v == c.base.Graph.Lookup(name) && !c.returns(name)
	return !first && slices.ContainsFunc(c.acting(name), func(u *dag.Vertex) bool { return u != v && c.keeps(u, key) })
}

// returns reports whether something gives a node from the files of head what it has in the base.
func (c *comparison) returns(key string) bool {
	old := map[string]bool{}
	for _, name := range c.base.AppliedBy[key] {
		old[actsIn(c.base.build(name), key)] = true
	}
	return slices.ContainsFunc(c.head.AppliedBy[key], func(name string) bool { return old[actsIn(c.head.build(name), key)] }) ||
		slices.ContainsFunc(c.stray(key), func(v *dag.Vertex) bool { return old[actsIn(c.build(v), key)] })
}
