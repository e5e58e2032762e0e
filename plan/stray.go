package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// stray are the specs that apply a Kustomization from the files of head though head has them no
// more, or other ones: those of the base, and those that nodes of the base get by such.
func (c *comparison) stray(key string) []*dag.Vertex {
	if c.strays == nil {
		c.strays = map[string][]*dag.Vertex{}
		if !c.gone {
			c.findStrays()
		}
	}
	return c.strays[key]
}

func (c *comparison) findStrays() {
	queue := slices.Collect(c.base.Graph.Vertices())
	seen := map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		if v.Object().Spec.Suspend || c.sameAsHead(v) || target(v) != "" {
			continue
		}
		b := c.build(v)
		for _, o := range b.Objects {
			child := o.kustomization()
			if child == "" {
				continue
			}
			c.strays[child] = append(c.strays[child], v)
			if u, gets := b.spec(child), child+" "+actsIn(b, child); u != nil && c.base.has(child) && !seen[gets] {
				seen[gets] = true
				queue = append(queue, u)
			}
		}
	}
}

// had returns what a node applied in the base, Kustomizations that are nodes left out. What
// an annotation keeps is kept no longer where the node may apply it without.
func (c *comparison) had(key string) []Object {
	objects := c.base.withoutNodes(c.base.Graph.Lookup(key), c.base.build(key).Objects)
	if !slices.ContainsFunc(objects, func(o Object) bool { return o.Kept || o.rests() }) {
		return objects
	}
	ran := !c.base.Graph.Lookup(key).Object().Spec.Suspend // what it applies then has the annotation
	objects = slices.Clone(objects)
	for i := range objects {
		o := &objects[i]
		o.Kept = o.Kept && ran && !c.released(key, *o)
		if o.rests() {
			o.Suspended = ran && !c.may(key, *o, func(now Object) bool { return !now.Suspended })
		}
	}
	return objects
}

// released reports whether a node may apply an object of the base without what kept Flux
// from deleting it.
func (c *comparison) released(key string, o Object) bool {
	return c.may(key, o, func(now Object) bool { return !now.Kept })
}

// may reports whether a node may apply an object of the base as one of which something is so.
func (c *comparison) may(key string, o Object, is func(Object) bool) bool {
	return slices.ContainsFunc(c.acting(key), func(v *dag.Vertex) bool {
		return slices.ContainsFunc(c.build(v).Objects, func(now Object) bool { return now.identity() == o.identity() && is(now) })
	})
}

// takesAlong returns what a node may own when it goes: what it applied, and what it takes
// over from others before.
func (c *comparison) takesAlong(key string) []Object {
	all := slices.Clip(c.had(key))
	for _, v := range c.acting(key) {
		all = append(all, c.takesOver(v, all)...)
	}
	return all
}

// takesOver returns what is in a build of a spec, and was others' in the base; but for what is
// known. A Kustomization that neither revision has takes over too: it goes with what made it.
func (c *comparison) takesOver(v *dag.Vertex, known []Object) []Object {
	b := c.build(v)
	var all []Object
	for _, o := range minus(c.base.withoutNodes(v, b.Objects), known) {
		child := o.kustomization()
		switch {
		case c.base.owner(v, o) != "":
			all = append(all, o)
		case child == "" || target(v) != "" || c.head.has(child):
		default:
			if u := b.spec(child); u != nil && !u.Object().Spec.Suspend {
				all = append(all, slices.DeleteFunc(slices.Clone(c.build(u).Objects), func(o Object) bool { return c.base.owner(u, o) == "" })...)
			}
		}
	}
	return all
}
