package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// between are the specs that a node may get and that it has neither in the base nor in head.
type between struct {
	specs []*dag.Vertex
	by    string // a node that may give it one of which nothing is known, or does so time and again
}

// between finds what others may make of a node: by the specs that they have themselves in the
// base, or since two apply it in head that do not agree.
func (c *comparison) between(key string) between {
	if c.gone || len(c.head.AppliedBy[key]) < 2 && len(c.stray(key)) == 0 {
		return between{}
	}
	found, done := c.betweens[key]
	if !done {
		found = c.findBetween(key)
		c.betweens[key] = found
	}
	return found
}

func (c *comparison) findBetween(key string) between {
	known := map[string]bool{}
	for _, name := range c.base.AppliedBy[key] {
		known[digestOf(c.base.build(name), key)] = true
	}
	var found between
	add := func(v *dag.Vertex, lasts bool) {
		spec := c.spec(v, key)
		if spec != nil {
			found.specs = append(found.specs, spec)
		}
		if found.by == "" && (lasts || spec == nil) {
			found.by = v.Key()
		}
	}
	for i, name := range c.head.AppliedBy[key] {
		digest := digestOf(c.head.build(name), key)
		if v := c.head.Graph.Lookup(name); i > 0 && !known[digest] && v != nil {
			add(v, true) // the spec flips from now on
		}
		known[digest] = true
	}
	for _, v := range c.stray(key) {
		if digest := digestOf(c.build(v), key); !known[digest] {
			known[digest] = true
			add(v, false)
		}
	}
	return found
}

// spec returns what a spec of one node makes of another one from the files of head; nil where
// that is not known.
func (c *comparison) spec(v *dag.Vertex, key string) *dag.Vertex {
	if c.head.Specs == nil {
		return nil
	}
	all, done := c.children[v]
	if !done {
		all = c.head.Specs(v)
		c.children[v] = all
	}
	if i := slices.IndexFunc(all, func(u *dag.Vertex) bool { return u.Key() == key }); i >= 0 {
		return all[i]
	}
	return nil
}

// respecified returns a node that may give another one a spec of which nothing is known, or
// that goes on giving it another one.
func (c *comparison) respecified(key string) string { return c.between(key).by }

// digestOf tells apart how a build has a Kustomization.
func digestOf(b Build, key string) string {
	i := slices.IndexFunc(b.Objects, func(o Object) bool { return o.kustomization() == key })
	if i < 0 {
		return ""
	}
	return b.Objects[i].Digest
}
