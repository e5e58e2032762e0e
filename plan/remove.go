package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// deletes reports whether Flux deletes what a Kustomization applied when it is deleted
// itself, and why, as the controller's finalizer decides it.
func deletes(spec *kustomizev1.KustomizationSpec) (bool, string) {
	policy := cmp.Or(spec.DeletionPolicy, kustomizev1.DeletionPolicyMirrorPrune)
	switch {
	case spec.Suspend:
		return false, "it is suspended, and so deletes nothing"
	case policy == kustomizev1.DeletionPolicyMirrorPrune && spec.Prune:
		return true, "prune: true"
	case policy == kustomizev1.DeletionPolicyMirrorPrune:
		return false, "prune: false"
	case policy == kustomizev1.DeletionPolicyDelete || policy == kustomizev1.DeletionPolicyWaitForTermination:
		return true, "deletionPolicy: " + policy
	}
	return false, "deletionPolicy: " + policy
}

// fate says whether Flux deletes what a node applied that no file holds any more.
func (c *comparison) fate(v *dag.Vertex) (bool, string) {
	if c.gone {
		return false, "its whole folder is gone, which Flux takes for an error"
	}
	if by := c.keeper(v.Key()); by != "" {
		return false, by
	}
	return deletes(&v.Object().Spec)
}

// keeper says why a Kustomization that no file holds any more stays in the cluster, or
// nothing: what applied it prunes nothing. That must have been so before: a parent prunes
// by the spec that it has when it reconciles, not by the one that the same commit brings.
func (c *comparison) keeper(key string) string {
	reason := ""
	for _, parent := range c.base.AppliedBy[key] {
		now, before := c.head.Graph.Lookup(parent), c.base.Graph.Lookup(parent)
		switch {
		case parent == key || before == nil:
			continue
		case now != nil && now.Object().Spec.Suspend && before.Object().Spec.Suspend:
			reason = parent + ", which applies it, is suspended: it is left until that is resumed"
		case now != nil && !now.Object().Spec.Prune && !before.Object().Spec.Prune:
			reason = parent + ", which applied it, has prune: false: it goes on running, and nothing in Git describes it"
		case now == nil && c.survives(before):
			reason = parent + ", which applied it, is gone without deleting anything"
		default:
			return ""
		}
	}
	return reason
}

// survives reports whether what a deleted Kustomization applied stays.
func (c *comparison) survives(v *dag.Vertex) bool {
	key := v.Key()
	if stays, known := c.stays[key]; known {
		return stays
	}
	c.stays[key] = false // where parents apply each other in a circle
	gone, _ := c.fate(v)
	c.stays[key] = !gone
	return !gone
}

// removal is the change of a node that is gone and has no other name.
func (c *comparison) removal(v *dag.Vertex) Change {
	key := v.Key()
	goes, why := c.fate(v)
	change := Change{Kind: Leave, Node: key, Position: v.Position()}
	if to := c.successor(v); to != "" {
		change.Kind, change.Node, change.From = Move, to, key
		change.Effect = fmt.Sprintf("The last step: %s goes, and nothing with it (%s). Merge this only when %s is ready in the cluster: from then on it owns the objects.", key, why, to)
		return change
	}
	objects, known := c.base.applies(key)
	if !goes {
		change.Effect = fmt.Sprintf("What %s applied stays (%s).", key, why)
	} else {
		change.Kind = Delete
		change.Effect = fmt.Sprintf("Flux deletes everything that %s applied (%s).", key, why)
		if known {
			change.Objects = named(c.lost(objects, key))
			change.Effect += c.handover(objects, key)
		}
	}
	if waiting := c.orphans(v); len(waiting) > 0 {
		change.Effect += fmt.Sprintf(" Still depending on it, and waiting for ever: %s.", strings.Join(waiting, ", "))
	}
	if len(c.head.Unread) > 0 {
		change.Effect += " Not certain: it may be in what could not be read."
	}
	return change
}

// successor returns the node that took over from a suspended one, before.
func (c *comparison) successor(v *dag.Vertex) string {
	if !v.Object().Spec.Suspend {
		return ""
	}
	for _, other := range c.alike()[builds(v)] {
		if !other.Object().Spec.Suspend && other.Key() != v.Key() {
			return other.Key()
		}
	}
	return ""
}

// alike groups the nodes of head by what they build.
func (c *comparison) alike() map[string][]*dag.Vertex {
	if c.building == nil {
		c.building = map[string][]*dag.Vertex{}
		for v := range c.head.Graph.Vertices() {
			c.building[builds(v)] = append(c.building[builds(v)], v)
		}
	}
	return c.building
}

// orphans are the nodes of head that depend on one that is gone.
func (c *comparison) orphans(v *dag.Vertex) []string {
	var keys []string
	for _, u := range c.base.Graph.Dependents(v) {
		now := c.head.Graph.Lookup(u.Key())
		if now == nil {
			continue
		}
		for _, dep := range now.Object().Spec.DependsOn {
			if cmp.Or(dep.Namespace, now.Object().Namespace)+"/"+dep.Name == v.Key() {
				keys = append(keys, now.Key())
			}
		}
	}
	return slices.Compact(keys)
}

// heir returns the node of head that applies an object, or nothing.
func (c *comparison) heir(o Object) string {
	if c.heirs == nil {
		c.inherit()
	}
	return c.heirs[o.identity()]
}

func (c *comparison) inherit() {
	c.heirs = map[Object]string{}
	for v := range c.head.Graph.Vertices() {
		if v.Object().Spec.Suspend {
			continue // it applies nothing
		}
		objects, _ := c.head.applies(v.Key())
		for _, o := range objects {
			c.heirs[o.identity()] = v.Key()
		}
	}
}

// lost are the objects that nothing applies any more, less those that Flux keeps.
func (c *comparison) lost(objects []Object, by string) []Object {
	return slices.DeleteFunc(slices.Clone(objects), func(o Object) bool {
		heir := c.heir(o)
		return o.Kept || heir != "" && heir != by
	})
}

// handover says of the objects that another node applies from now on that it may be too
// late for them.
func (c *comparison) handover(objects []Object, by string) string {
	heirs := map[string]bool{}
	n := 0
	for _, o := range objects {
		if heir := c.heir(o); !o.Kept && heir != "" && heir != by {
			heirs[heir] = true
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %s from now on by %s, and stays only if that comes first; to be certain, suspend %s in a commit before.",
		applied(n), few(sortedKeys(heirs), 3), by)
}

func applied(n int) string {
	if n == 1 {
		return "1 object is applied"
	}
	return fmt.Sprintf("%d objects are applied", n)
}
