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

// removal is the change of a node that is gone and has no other name.
func (c *comparison) removal(v *dag.Vertex) Change {
	key := v.Key()
	goes, why := c.fate(v)
	change := Change{Kind: Leave, Node: key, Position: v.Position()}
	if to := c.successor(v); to != "" && !goes {
		change.Kind, change.Node, change.From = Move, to, key
		h := c.inherit(v, c.head.Graph.Lookup(to))
		change.Effect = fmt.Sprintf("The last step of a rename: %s goes, and nothing with it (%s). %s", key, why, c.whenOwned(h)) + h.abandons()
		if change.Steps = c.rest(h); len(change.Steps) == len(relabelled(h.unwritten, v)) && !h.to.Object().Spec.Suspend { // what it applied before it was suspended may be more than its files say
			change.Steps = append(change.Steps, stillLabelled(v))
		}
		return change
	}
	if goes {
		c.deletion(v, &change, why)
	} else {
		c.leaves(v, &change, why)
	}
	if waiting := c.orphans(v); len(waiting) > 0 {
		change.Effect += fmt.Sprintf(" Still depending on it, and waiting for ever: %s.", strings.Join(waiting, ", "))
	}
	if c.doubt(onlyHead) {
		change.Effect += " Not certain: it may be in what could not be read."
	}
	return change
}

// whenOwned says when what a suspended node built is another one's, so that it can be deleted.
func (c *comparison) whenOwned(h inheritance) string {
	to := h.to.Key()
	if before := c.takes[to]; before != "" { // which has another name from now on itself
		to = before
	}
	switch {
	case h.to.Object().Spec.Suspend:
		return fmt.Sprintf("%s is suspended too, and takes over what it applies itself, once it is resumed.", to)
	case !c.base.has(to):
		return fmt.Sprintf("%s, which comes with this change, takes over what it applies itself.", to)
	}
	return fmt.Sprintf("Merge this only when %s is ready in the cluster: from then on it owns what both build.", to)
}

// runsOn says what a node of a cluster whose folder is gone may delete: it runs on, and where
// its own files differ, it sees that.
func (c *comparison) runsOn(v *dag.Vertex) {
	if spec := &v.Object().Spec; c.gone && spec.Prune && !spec.Suspend && c.base.Changed != nil && c.base.Changed(v.Key()) && !c.pathless(v) {
		c.add(Change{Kind: Unknown, Node: v.Key(), Position: v.Position(), Effect: "It runs on, though nothing describes it any more, and files that it is built from differ: Flux deletes what is no longer in them (prune: true). Which objects those are, if any, is not told here."})
	}
}

// pending reports whether what deletes a Kustomization cannot be built before something is
// mended.
func (c *comparison) pending(e end) bool {
	if e.by == "" || e.namespace != "" || c.takesAll(e.by) {
		return false
	}
	for _, v := range c.acting(e.by) {
		if !c.build(v).Partial && !c.failsAs(v) {
			return false
		}
	}
	return len(c.acting(e.by)) > 0
}

// doubt reports whether nodes may be missing on one side for what could not be read.
func (c *comparison) doubt(side string) bool {
	return slices.ContainsFunc(c.out.Unread, func(u Unread) bool { return u.Side == side || u.Side == both })
}

// successor returns the node that took over from a suspended one, before; or that does once it is
// resumed.
func (c *comparison) successor(v *dag.Vertex) string {
	if !v.Object().Spec.Suspend {
		return ""
	}
	for _, other := range c.alike(v) {
		if !other.Object().Spec.Suspend && other.Key() != v.Key() && c.shares(v.Key(), other.Key()) {
			return other.Key()
		}
	}
	old, _ := c.base.applies(v.Key()) // under another path
	if to := most(old, len(old), func(o Object) string { return c.successorOf(o, v.Key()) }); to != "" {
		return to
	}
	for _, other := range c.alike(v) {
		if other.Object().Spec.Suspend && other.Key() != v.Key() && c.shares(v.Key(), other.Key()) {
			return other.Key()
		}
	}
	return ""
}

// shares reports whether a node of head applies something that one of the base applied, or
// whether that is not known.
func (c *comparison) shares(from, to string) bool {
	old, known := c.base.applies(from)
	now, knownNow := c.head.applies(to)
	if !known || !knownNow {
		return true
	}
	return len(minus(old, now)) < len(old)
}

// minus returns the objects of a that are not in b.
func minus(a, b []Object) []Object {
	if slices.Equal(a, b) {
		return nil
	}
	there := map[identity]bool{}
	for _, o := range b {
		there[o.identity()] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(o Object) bool { return there[o.identity()] })
}

// alike returns the nodes of head that build what a node does.
func (c *comparison) alike(v *dag.Vertex) []*dag.Vertex {
	if c.origins == nil {
		c.origins = map[origin][]*dag.Vertex{}
		for u := range c.head.Graph.Vertices() {
			at := originOf(u)
			c.origins[at] = append(c.origins[at], u)
		}
		c.building = map[origin]map[string][]*dag.Vertex{}
	}
	at := originOf(v)
	if c.building[at] == nil { // most are never asked for
		c.building[at] = map[string][]*dag.Vertex{}
		for _, u := range c.origins[at] {
			c.building[at][builds(u)] = append(c.building[at][builds(u)], u)
		}
	}
	return c.building[at][builds(v)]
}

// orphans are the nodes of head that depend on one that is gone.
func (c *comparison) orphans(v *dag.Vertex) []string {
	var keys []string
	for _, u := range c.base.Graph.Dependents(v) {
		if now := c.head.Graph.Lookup(u.Key()); now != nil && dependsOn(now, v.Key()) {
			keys = append(keys, now.Key())
		}
	}
	return slices.Compact(keys)
}
