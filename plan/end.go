package plan

import (
	"path"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// end is what becomes of the Kustomization itself that the base put into the cluster, as
// far as those that apply it decide it. What becomes of its objects is another matter.
type end struct {
	gone bool // Flux deletes it; where head holds it, unless another node has applied it first
	// by is the node that deletes it, by pruning or by being deleted itself. It is empty
	// where nothing is known of that.
	by  string
	why string // why it stays, where no file holds it any more
}

// end returns what becomes of a Kustomization of the base.
func (c *comparison) end(key string) end {
	if e, known := c.ends[key]; known {
		return e
	}
	c.ends[key] = end{gone: !c.head.has(key)} // where nodes apply each other in a circle
	e := c.ending(key)
	c.ends[key] = e
	return e
}

// ending asks every node that applied a Kustomization: one that deletes it is enough. What
// nobody is known to apply goes with its file.
func (c *comparison) ending(key string) end {
	switch {
	case c.gone:
		return end{why: "its whole folder is gone, which Flux takes for an error"}
	case keptItself(c.base.Graph.Lookup(key)):
		return end{why: "its metadata says prune: disabled: it goes on running, and nothing in Git describes it"}
	}
	e := end{gone: !c.head.has(key)}
	for _, name := range c.base.AppliedBy[key] {
		parent := c.base.Graph.Lookup(name)
		if parent == nil {
			continue
		}
		if name == key { // as the sync Kustomization does, which prunes itself
			if spec := &parent.Object().Spec; e.gone && (!spec.Prune || spec.Suspend) {
				e = end{why: "it applies itself, and deletes nothing: it goes on running with the spec that it has"}
			}
			continue
		}
		if e = c.under(parent, key); e.gone {
			return e
		}
	}
	return e
}

// under returns what one of those that applied a Kustomization does with it. It prunes by
// the spec that it has when it reconciles, which need not be the one of the same commit: so
// it has to say on both sides that it keeps what is gone.
func (c *comparison) under(parent *dag.Vertex, key string) end {
	name, spec := parent.Key(), &parent.Object().Spec
	now := c.head.Graph.Lookup(name)
	if c.head.has(key) && len(c.head.AppliedBy[key]) == 0 && !c.head.SyncGone {
		return end{} // not known
	}
	if c.goesOver(name) && c.leaves(key) {
		return c.pruned(parent, now, key)
	}
	if now == nil || slices.Contains(c.head.AppliedBy[key], name) {
		switch goes, why := deletes(spec); {
		case !c.end(name).gone:
			return end{why: name + ", which applied it, stays in the cluster"}
		case !goes:
			return end{why: name + ", which applied it, leaves what it applied (" + why + ")"}
		}
		return end{gone: true, by: name}
	}
	return c.pruned(parent, now, key)
}

// goesOver reports whether the sync Kustomization of the base is told in its own folder to
// begin in another one: it builds the old one once more, and prunes what is not in it.
func (c *comparison) goesOver(key string) bool {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	return key == c.base.SyncRoot && now != nil && c.base.Root == c.head.Root && path.Join("/", before.Object().Spec.Path) != path.Join("/", now.Object().Spec.Path)
}

// leaves reports whether a node of the folder that the sync Kustomization goes over from is
// in it no longer.
func (c *comparison) leaves(key string) bool {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	inside := func(v *dag.Vertex) bool { return strings.HasPrefix(v.Position().File, c.base.Root+"/") }
	return now != nil && inside(before) && !inside(now)
}

// pruned returns what a Kustomization that stays does with one that it applies no longer.
func (c *comparison) pruned(parent, now *dag.Vertex, key string) end {
	name, spec := parent.Key(), &parent.Object().Spec
	switch {
	case spec.Suspend && now.Object().Spec.Suspend:
		return end{why: name + ", which applies it, is suspended: it is left until that is resumed"}
	case !spec.Prune && !now.Object().Spec.Prune:
		return end{why: name + ", which applied it, has prune: false: it goes on running, and nothing in Git describes it"}
	case c.head.has(key) && spec.Suspend:
		return end{} // it is resumed when the other one has applied it
	}
	return end{gone: true, by: name}
}

// keptItself reports whether the metadata of a Kustomization keeps Flux from deleting it. The
// annotations reconcile and ssa do not: what has them is not applied, nor are they.
func keptItself(v *dag.Vertex) bool {
	for _, metadata := range []map[string]string{v.Object().Annotations, v.Object().Labels} {
		if strings.EqualFold(metadata["kustomize.toolkit.fluxcd.io/prune"], kustomizev1.DisabledValue) {
			return true
		}
	}
	return false
}

// fate says whether Flux deletes what a node applied that no file holds any more, and why.
func (c *comparison) fate(v *dag.Vertex) (bool, string) {
	if e := c.end(v.Key()); !e.gone {
		return false, e.why
	}
	return deletes(&v.Object().Spec)
}
