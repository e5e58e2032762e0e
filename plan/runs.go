package plan

import (
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// A Kustomization sees the new revision when it reconciles, and its new spec when what
// applies it has reconciled. Nothing orders the two. So it may run by its old spec with the
// files of head, by its new one, or by both, one after the other.

// acting returns the specs by which a node applies the files of head: the one of the base,
// the one of head where that arrives, and what it may have in between. What is suspended does
// nothing.
func (c *comparison) acting(key string) []*dag.Vertex {
	var all []*dag.Vertex
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	if before != nil && (!before.Object().Spec.Suspend || frozen(before)) {
		all = append(all, before)
	}
	if before != nil {
		for _, v := range c.between(key).specs {
			if !v.Object().Spec.Suspend {
				all = append(all, v)
			}
		}
	}
	if now != nil && !now.Object().Spec.Suspend && (len(all) == 0 || !c.actsAsHead(before)) && c.reached(key) {
		all = append(all, now)
	}
	return all
}

// actsAsHead reports whether a spec of a node of head applies and prunes what the one of head does.
func (c *comparison) actsAsHead(v *dag.Vertex) bool {
	return v.Object().Spec.Prune == c.head.Graph.Lookup(v.Key()).Object().Spec.Prune && c.sameAsHead(v)
}

// reached reports whether the spec that a node has in head arrives in the cluster: whether
// something that applies it runs. What nobody is known to apply, a person does.
func (c *comparison) reached(key string) bool {
	if r, known := c.arrives[key]; known {
		return r
	}
	c.arrives[key] = true // where nodes apply each other in a circle
	r := c.reaching(key)
	c.arrives[key] = r
	return r
}

func (c *comparison) reaching(key string) bool {
	appliers := c.head.AppliedBy[key]
	if c.base.has(key) && frozen(c.head.Graph.Lookup(key)) {
		return false
	}
	if len(appliers) == 0 || key == c.head.SyncRoot && (c.base.SyncRoot != key || c.base.Root != c.head.Root) {
		return true
	}
	// Those that held it in the base may hold it by their old spec only.
	for _, name := range appliers {
		if c.stillHeld(name) {
			continue
		}
		if slices.ContainsFunc(c.runners(name, key), func(v *dag.Vertex) bool { return !c.failsAs(v) && c.holds(v, key) }) {
			return true
		}
	}
	return len(c.stray(key)) > 0
}

// frozen reports whether the metadata of a Kustomization keeps Flux from applying its file to
// one that is there (fluxcd/pkg/ssa: ResourceManager.Apply).
func frozen(v *dag.Vertex) bool {
	return marked(v, "reconcile", kustomizev1.DisabledValue) || marked(v, "ssa", kustomizev1.IgnoreValue) || marked(v, "ssa", kustomizev1.IfNotPresentValue)
}

// unreached says why the spec that a node has in head does not arrive.
func (c *comparison) unreached(key string) string {
	if frozen(c.head.Graph.Lookup(key)) {
		return "its metadata keeps Flux from applying it (reconcile: disabled, ssa: Ignore or IfNotPresent)"
	}
	for _, name := range c.head.AppliedBy[key] {
		switch v := c.head.Graph.Lookup(name); {
		case v == nil:
		case v.Object().Spec.Suspend:
			return name + ", which applies it, is suspended"
		case c.head.build(name).Fails:
			return name + ", which applies it, has no folder"
		case c.fails[name]:
			return name + ", which applies it, is stuck"
		case c.stillHeld(name):
			return name + ", which applies it, waits for " + c.holder(name) + ", which is suspended"
		case name != key && !c.reached(name):
			return "what applies " + name + ", which applies it, does not either"
		}
	}
	return "nothing that runs applies it"
}

// runners are the specs by which a node may apply another one, or itself. By its new spec a
// node can only apply itself where its old one has.
func (c *comparison) runners(name, key string) []*dag.Vertex {
	if name != key {
		return c.acting(name)
	}
	if before := c.base.Graph.Lookup(key); before != nil && !before.Object().Spec.Suspend {
		return []*dag.Vertex{before}
	}
	return nil
}

// holds reports whether a spec of a node applies another node from the files of head. Where
// not all of its build is known, those that are known to apply it in head decide.
func (c *comparison) holds(v *dag.Vertex, key string) bool {
	b := c.build(v)
	if b.Fails || target(v) != "" {
		return false
	}
	if c.head.has(key) && (c.sameAsHead(v) || !b.whole()) {
		return slices.Contains(c.head.AppliedBy[key], v.Key())
	}
	return slices.ContainsFunc(b.Objects, func(o Object) bool { return o.kustomization() == key })
}
