package plan

import (
	"fmt"
	"path"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// broken says which nodes Flux cannot build any more: it applies and deletes nothing of
// them, and goes on with what it applied before.
func (c *comparison) broken() {
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		acting := c.acting(key)
		if len(acting) == 0 || c.head.Graph.Lookup(key) != v || v.Object().Spec.Suspend && c.reached(key) {
			continue // or it is suspended, and so it is built no more
		}
		if b := c.build(acting[len(acting)-1]); !b.breaks() || c.brokeBefore(v) || c.unapplied(key) {
			continue
		}
		any := ""
		if c.base.has(key) {
			any = " any more"
		}
		why, unread := c.whyBroken(acting[len(acting)-1])
		c.stickUnread(v, "Flux cannot build it"+any+", and applies and deletes nothing of it until that is mended: "+why+"."+c.underBroken(key), unread)
	}
	if v := c.head.Graph.Lookup(c.base.SyncRoot); v != nil && c.moved && !c.operated() {
		c.stick(v, fmt.Sprintf("It goes on with the path that it has in the cluster, %s, which is not there any more: no commit reaches the cluster, this one and later ones, until %s is applied by hand.", c.base.Root, c.syncFile()))
	}
	for v := range c.base.Graph.Vertices() { // where nobody is known to apply it
		if d := c.unreadable(c.head, v); d != nil && c.hidden(v.Key()) && !slices.ContainsFunc(c.base.AppliedBy[v.Key()], c.head.has) {
			c.stickUnread(v, fmt.Sprintf("Its file cannot be read: %s. What applies it cannot be built, so nothing of that is applied or deleted until it is mended.", d.Message), d.Message)
		}
	}
}

// brokeBefore reports whether a node could not be built in the base either, be it under
// another name; or whether none of the same source can: then the folders are elsewhere.
func (c *comparison) brokeBefore(v *dag.Vertex) bool {
	if before := c.base.Graph.Lookup(v.Key()); before != nil && before.Object().Spec.Suspend && !v.Object().Spec.Suspend {
		return false // it was not built there
	}
	for _, key := range []string{v.Key(), c.sources[v.Key()], c.takes[v.Key()]} {
		if c.base.has(key) {
			return c.base.build(key).breaks()
		}
	}
	return c.away(v)
}

// away reports whether the folders of a node's source lie elsewhere: none of them could be
// built in the base. Then it is no fault that this one cannot be.
func (c *comparison) away(v *dag.Vertex) bool {
	if c.elsewhere == nil {
		c.elsewhere = map[kustomizev1.CrossNamespaceSourceReference]bool{}
		for u := range c.base.Graph.Vertices() {
			of, known := c.elsewhere[sourceOf(u)]
			c.elsewhere[sourceOf(u)] = (of || !known) && c.base.build(u.Key()).breaks()
		}
	}
	return c.elsewhere[sourceOf(v)]
}

// unapplied reports whether all of a node can be built and still nothing is applied: see refused.
func (c *comparison) unapplied(key string) bool {
	return c.head.unapplied(key) && !slices.ContainsFunc(c.head.Unread, func(d dag.Diagnostic) bool { return d.Node == key })
}

// stickUnread says that a node is stuck at what could not be read.
func (c *comparison) stickUnread(v *dag.Vertex, effect, unread string) {
	if change := c.stickAs(v, effect, halted); change != nil {
		change.unread = unread
	}
}

// whyBroken says why Flux cannot build a spec of a node, and what of that could not be read.
func (c *comparison) whyBroken(v *dag.Vertex) (why, unread string) {
	if c.build(v).Fails && !c.sameAsHead(v) {
		return fmt.Sprintf("the path %s that it has in the cluster is not there, and its new spec does not arrive", text(v.Object().Spec.Path)), ""
	}
	for _, d := range c.head.Unread {
		if d.Node == v.Key() && d.Message != "" {
			if _, why, said := strings.Cut(d.Message, ": "); said && strings.HasPrefix(d.Message, "Flux cannot build ") {
				return why, d.Message
			}
			return d.Message, d.Message
		}
	}
	return "not all that it is built from is there", ""
}

// underBroken names what a node that cannot be built applied, and of which it is not known
// whether it will.
func (c *comparison) underBroken(key string) string {
	if c.below == nil {
		c.below = map[string][]string{}
		for v := range c.base.Graph.Vertices() {
			if !c.hidden(v.Key()) {
				continue
			}
			for _, name := range c.base.AppliedBy[v.Key()] {
				c.below[name] = append(c.below[name], v.Key())
			}
		}
	}
	hidden := slices.Sorted(slices.Values(c.below[key]))
	if len(hidden) == 0 {
		return ""
	}
	return fmt.Sprintf(" These go on running; whether they go once it is mended is not known: %s.", few(hidden, 5))
}

// pathless reports whether the folder that a node of the base builds is in the other revision
// no longer: then it deletes nothing.
func (c *comparison) pathless(v *dag.Vertex) bool {
	if c.base.Shares == nil || c.base.Reads == nil {
		return false
	}
	folder := path.Clean("/" + v.Object().Spec.Path)
	i := slices.IndexFunc(c.base.Reads(v.Key()), func(read string) bool { return strings.HasSuffix("/"+read, folder) })
	return i >= 0 && !c.base.Shares(c.base.Reads(v.Key())[i])
}
