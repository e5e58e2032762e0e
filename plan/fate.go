package plan

import (
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// deletes reports whether a node deletes what it applied when it goes, by any of the specs
// that it may have by then.
func (c *comparison) deletes(key string) (bool, string) {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	spec := before.Object().Spec
	if spec.Suspend && (!c.settled(key) || frozen(before)) {
		spec.Suspend = false
	}
	goes, why := deletes(&spec)
	if !goes && now != nil && c.reached(key) {
		if late, reason := deletes(&now.Object().Spec); late {
			return late, reason
		}
	}
	if !goes {
		if reason := c.deletesBetween(key); reason != "" {
			return true, reason
		}
	}
	return goes, why
}

// deletesBetween says by which spec that a node may have in between it deletes what it applied,
// such as the one that its old parent builds from head before it goes; nothing by none.
func (c *comparison) deletesBetween(key string) string {
	b := c.between(key)
	for i, v := range b.specs {
		if goes, why := deletes(&v.Object().Spec); goes {
			return why + ", by the spec that it may get from " + b.from[i] + " before"
		}
	}
	if b.unknown != "" {
		return "it may get another spec from " + b.unknown + " before, which is not known"
	}
	return ""
}

// settled reports whether the spec that a node has in the base is in the cluster: where all
// that apply it are suspended there, an older one may be.
func (c *comparison) settled(key string) bool {
	appliers := c.base.AppliedBy[key]
	return len(appliers) == 0 || slices.ContainsFunc(appliers, func(name string) bool {
		v := c.base.Graph.Lookup(name)
		return v == nil || name == key || !v.Object().Spec.Suspend
	})
}

// keptItself reports whether the metadata of a Kustomization keeps Flux from deleting it. The
// annotations reconcile and ssa do not: what has them is not applied, nor are they.
func keptItself(v *dag.Vertex) bool { return marked(v, "prune", kustomizev1.DisabledValue) }

// marked reports whether a Kustomization has one of kustomize-controller's annotations, or
// the label of that name, with a value in any case (fluxcd/pkg/ssa/utils: AnyInMetadata).
func marked(v *dag.Vertex, name, value string) bool {
	name = kustomizev1.GroupVersion.Group + "/" + name
	return strings.EqualFold(v.Object().Annotations[name], value) || strings.EqualFold(v.Object().Labels[name], value)
}

// unkept reports whether one of those that applied a Kustomization may apply it without what
// kept it.
func (c *comparison) unkept(key string) bool {
	namespace, name := splitKey(key)
	o := Object{Group: kustomizev1.GroupVersion.Group, Kind: kustomizev1.KustomizationKind, Namespace: namespace, Name: name}
	return slices.ContainsFunc(c.base.AppliedBy[key], func(parent string) bool { return c.released(parent, o) })
}

// fate says whether Flux deletes what a node applied that no file holds any more, and why.
func (c *comparison) fate(v *dag.Vertex) (bool, string) {
	if e := c.end(v.Key()); !e.gone {
		return false, e.why
	}
	return c.deletes(v.Key())
}
