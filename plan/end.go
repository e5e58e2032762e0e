package plan

import (
	"path"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// end is what becomes of the Kustomization itself that the base put into the cluster, as
// far as those that apply it decide it. What becomes of its objects is another matter.
type end struct {
	gone bool // Flux deletes it; where head holds it, unless another node has applied it first
	// by is the node that deletes it, by pruning or by being deleted itself. It is empty
	// where nothing is known of that.
	by        string
	namespace string // the Namespace that by deletes, and it with it
	why       string // why it stays, where no file holds it any more
}

// end returns what becomes of a Kustomization of the base.
func (c *comparison) end(key string) end {
	if c.ends == nil {
		c.ends = make(map[string]end, c.base.Graph.Len())
		for v := range c.base.Graph.Vertices() {
			c.end(v.Key())
		}
		for c.spread() { // where nodes apply each other in a circle
			clear(c.namespaces)
		}
	}
	e, known := c.ends[key]
	if !known {
		c.ends[key] = end{}
		e = c.ending(key)
		c.ends[key] = e
	}
	return e
}

// vanishes reports whether Flux deletes a node itself that the base has, be its file still there.
func (c *comparison) vanishes(key string) bool { return c.base.has(key) && c.end(key).gone }

// spread looks at each Kustomization that stays again, and reports whether one goes after
// all, since another one does.
func (c *comparison) spread() bool {
	more := false
	for v := range c.base.Graph.Vertices() {
		if key := v.Key(); !c.ends[key].gone {
			c.ends[key] = c.ending(key)
			more = more || c.ends[key].gone
		}
	}
	return more
}

// ending asks every node that applied a Kustomization: one that deletes it is enough. What
// nobody is known to apply goes with its file.
func (c *comparison) ending(key string) end {
	v := c.base.Graph.Lookup(key)
	namespace, _ := splitKey(key)
	switch by := c.namespaceGoes(namespace); {
	case c.gone:
		return end{why: "the folder " + c.base.Root + " is gone, which Flux takes for an error"}
	case by != "":
		return end{gone: true, by: by, namespace: namespace}
	case c.hidden(key):
		return end{why: "what applies it cannot be built, and so deletes nothing"}
	case c.head.SyncGone && c.base.made(key):
		return end{why: "the Flux Operator made it, and Flux does not delete it"}
	case keptItself(v) && !c.unkept(key):
		return end{why: "its metadata says prune: disabled: it goes on running, and nothing in Git describes it"}
	}
	e := end{gone: !c.head.has(key)}
	for _, name := range c.base.AppliedBy[key] {
		if !c.base.has(name) {
			continue
		}
		if e = c.under(name, key); e.gone {
			return e
		}
	}
	for _, name := range c.adopters(key) {
		if late := c.under(name, key); late.gone {
			return late
		}
	}
	return e
}

// along reports whether a Kustomization only goes where one of head goes that applied it, and
// that prunes nothing of it itself.
func (c *comparison) along(e end, key string) bool {
	return e.by != "" && e.namespace == "" && c.head.has(e.by) && c.takesAll(e.by) && !slices.ContainsFunc(c.acting(e.by), func(v *dag.Vertex) bool {
		return v.Object().Spec.Prune && !c.build(v).breaks() && !c.failsAs(v) && !c.keeps(v, key)
	})
}

// adopters are the nodes of the base that apply a Kustomization from now on, if only for a
// moment: they may go themselves.
func (c *comparison) adopters(key string) []string {
	names := slices.Clone(c.head.AppliedBy[key])
	for _, v := range c.stray(key) {
		names = append(names, v.Key())
	}
	return slices.DeleteFunc(names, func(name string) bool { return !c.base.has(name) || slices.Contains(c.base.AppliedBy[key], name) })
}

// under returns what one of those that applied a Kustomization does with it: it prunes it,
// it goes itself and takes it along, or it leaves it.
func (c *comparison) under(name, key string) end {
	stays := name + ", which applied it, stays in the cluster"
	for _, v := range c.acting(name) {
		b := c.build(v)
		switch {
		case b.Fails:
			stays = name + ", which applied it, has no folder any more, and so deletes nothing"
		case c.keeps(v, key), !c.mayHave(v, key):
		case c.passes(name, key) != "":
			stays = name + ", which applied it, waits for " + c.holder(name) + ", which is suspended"
		case v.Object().Spec.Prune:
			return end{gone: true, by: name}
		case name == key:
			stays = "it applies itself, and deletes nothing: it goes on running with the spec that it has"
		default:
			stays = name + ", which applied it, has prune: false: it goes on running, and nothing in Git describes it"
		}
	}
	if c.between(name).unknown != "" { // what it applies from now on is not known
		return end{gone: true, by: name}
	}
	if name == key {
		if len(c.acting(name)) == 0 {
			stays = "it applies itself, and deletes nothing: it goes on running with the spec that it has"
		}
		return end{why: stays}
	}
	if c.end(name).gone {
		goes, why := c.deletes(name)
		if goes {
			return end{gone: true, by: name}
		}
		return end{why: name + ", which applied it, leaves what it applied (" + why + ")"}
	}
	if len(c.acting(name)) == 0 {
		stays = name + ", which applies it, is suspended: it is left until that is resumed"
	}
	return end{why: stays}
}

// keeps reports whether a spec of a node still applies a Kustomization that it applied. A
// node of head of which nobody is known to apply it is left alone, where that is not known.
func (c *comparison) keeps(v *dag.Vertex, key string) bool {
	if c.holds(v, key) {
		return true
	}
	return !c.build(v).whole() && c.head.has(key) && len(c.head.AppliedBy[key]) == 0 && !c.head.SyncGone
}

// goesOver reports whether the sync Kustomization of the base is told in its own folder, or by
// the Flux Operator, to begin in another one: it builds the old one once more, or may do so, and
// prunes what is not in it.
func (c *comparison) goesOver(key string) bool {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	return key == c.base.SyncRoot && now != nil && (c.base.Root == c.head.Root || c.operated()) && path.Join("/", before.Object().Spec.Path) != path.Join("/", now.Object().Spec.Path)
}

// takesAll reports whether a node of the base is deleted itself, and what it applied with it.
func (c *comparison) takesAll(key string) bool {
	if !c.vanishes(key) {
		return false
	}
	goes, _ := c.deletes(key)
	return goes
}
