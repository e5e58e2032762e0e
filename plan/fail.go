package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// unready are the rules about what is never ready, though Flux applies it, and prunes.
var unready = []string{"FD208", "FD209", "FD331", "FD332", "FD336", "FD341"}

// fail finds the nodes of which Flux applies nothing from now on, and so prunes nothing, though
// all of them can be read: what a rule says of a build or of one object, the whole node stops
// at. A Kustomization that the API server refuses goes on with the spec that it has, and so does one
// that the controller cannot decode, as far as anything goes on then.
func (c *comparison) fail() {
	for _, d := range c.head.Halts {
		c.unadmitted[d.Node] = c.halts()
	}
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		for _, d := range c.newStops(key) {
			if slices.Contains(unready, d.Code) || c.uncompiled(key, d) {
				continue
			}
			c.fails[key] = true
			if d.Node != key {
				c.unadmitted[d.Node] = true
			}
		}
		if c.newlySealed(v) != "" || c.newlyNameless(v) != "" {
			c.fails[key] = true
		}
	}
	var fixed []string
	for v := range c.head.Graph.Vertices() {
		if !v.Object().Spec.Suspend && slices.ContainsFunc(c.replacements(v), func(r replacement) bool {
			return r.now.Group != helmGroup && r.now.Group != operatorGroup && !r.forced && r.refused() && !r.early
		}) {
			fixed = append(fixed, v.Key())
		}
	}
	for _, key := range fixed {
		c.fails[key] = true
	}
	c.failWithout()
	clear(c.arrives)
	clear(c.replacing) // which go by what arrives
}

// idle reports whether Flux applies nothing of a node of head by its new spec.
func (c *comparison) idle(key string) bool {
	return c.fails[key] || c.head.build(key).breaks() && !c.away(c.head.Graph.Lookup(key))
}

// failsAs reports whether Flux applies nothing by a spec of a node, which it can build.
func (c *comparison) failsAs(v *dag.Vertex) bool { return c.fails[v.Key()] && c.sameAsHead(v) }

// newlyNameless is what nameless names, where that is not so in the base.
func (c *comparison) newlyNameless(v *dag.Vertex) string {
	if before := c.base.Graph.Lookup(v.Key()); before != nil && c.base.nameless(before) != "" {
		return ""
	}
	return c.head.nameless(v)
}

// nameless is what the build of a node of a side names that way.
func (s *side) nameless(v *dag.Vertex) string { return s.build(v.Key()).nameless() }

// nameless names an object in whose name or namespace a variable is left, as where nothing is
// substituted: the API server refuses it. Where Values are set, only the cluster knows its value.
func (b Build) nameless() string {
	if b.Values != "" {
		return ""
	}
	if i := slices.IndexFunc(b.Objects, func(o Object) bool { return strings.Contains(o.Namespace+o.Name, "${") }); i >= 0 {
		return b.Objects[i].String()
	}
	return ""
}

// failWithout finds the nodes of which nothing is applied for want of their source, of their
// variables, of a Namespace, or, of those that are new, of a dependency. One whose source goes may
// see this revision once more before.
func (c *comparison) failWithout() {
	var without []string
	for v := range c.head.Graph.Vertices() {
		if key := v.Key(); !c.base.has(key) && c.waitsInVain(v) || c.unprovided(v) != "" || c.outcast(v) != "" || c.sourceless(v) != "" && (!c.sourceGoes(v) || c.base.Changed != nil && c.base.has(key) && !c.base.Changed(key)) {
			without = append(without, key)
		}
	}
	for _, key := range without {
		c.fails[key] = true
	}
}
