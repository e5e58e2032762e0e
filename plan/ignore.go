package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// A source's spec.ignore is in the revision that it packs: source-controller packs that by the
// old one first, and by the new one when a node has applied it.

// ignored is what another spec.ignore of a source means.
type ignored struct {
	differs bool
	// known is set where what is built is known on the way as well.
	known bool
}

// ignored compares what a source leaves out on both sides.
func (c *comparison) ignored(name string) ignored {
	i, known := c.ignores[name]
	if !known {
		was, had := c.base.Ignores[name]
		is, has := c.head.Ignores[name]
		i.differs = (had || has) && was != is
		i.known = i.differs && had && has && c.ignoresKnown(name)
		if c.ignores == nil {
			c.ignores = map[string]ignored{}
		}
		c.ignores[name] = i
	}
	return i
}

// ignoresKnown reports whether the new spec.ignore arrives, and whether nothing is built on the
// way that is in neither revision.
func (c *comparison) ignoresKnown(name string) bool {
	if c.head.Lagging == nil || c.gone || c.moved || !slices.ContainsFunc(c.bringingIgnore(name), func(v *dag.Vertex) bool { return !c.head.Lagging(v).breaks() }) {
		return false
	}
	for _, s := range []*side{c.base, c.head} {
		for v := range s.Graph.Vertices() {
			if sourceName(v) == name && slices.ContainsFunc(c.acting(v.Key()), func(u *dag.Vertex) bool { return !c.lagsKnown(u) }) {
				return false
			}
		}
	}
	return true
}

// bringingIgnore are the specs of nodes that apply a source from the files of head.
func (c *comparison) bringingIgnore(name string) []*dag.Vertex {
	is := func(o Object) bool { return o.Group == sourceGroup && o.String() == name && !o.Left }
	var all []*dag.Vertex
	for v := range c.head.Graph.Vertices() {
		if target(v) != "" || !slices.ContainsFunc(c.head.build(v.Key()).Objects, is) {
			continue
		}
		for _, u := range c.acting(v.Key()) {
			if b := c.build(u); !b.breaks() && !c.failsAs(u) && slices.ContainsFunc(b.Objects, is) {
				all = append(all, u)
			}
		}
	}
	return all
}

// lagsKnown reports whether all that a spec applies by the old spec.ignore is as in one of the
// two revisions, and whether each Kustomization is in it that the cluster has and keeps.
func (c *comparison) lagsKnown(v *dag.Vertex) bool {
	b, now := c.head.Lagging(v), c.build(v)
	if b.breaks() {
		return true // it applies and deletes nothing then
	}
	if b.Unknown != now.Unknown || b.Values != now.Values || !slices.Equal(b.Beyond, now.Beyond) {
		return false
	}
	same := map[Object]bool{}
	for _, o := range slices.Concat(c.base.build(v.Key()).Objects, now.Objects) {
		same[o] = true
	}
	if slices.ContainsFunc(b.Objects, func(o Object) bool { return !same[o] }) {
		return false
	}
	return !slices.ContainsFunc(minus(now.Objects, b.Objects), func(o Object) bool { return c.base.node(v, o) != nil })
}

// leftLagging are the objects that a node prunes when its source packs the files of head by its
// old spec.ignore.
func (c *comparison) leftLagging(v *dag.Vertex, objects []Object) []Object {
	if i := c.ignored(sourceName(v)); !i.known {
		return nil
	}
	b := c.head.Lagging(v)
	if b.breaks() {
		return nil
	}
	return b.without(objects)
}

// shutOut says of a node that brings a new spec.ignore that it needs it itself.
func (c *comparison) shutOut() {
	if c.head.Lagging == nil || c.gone || c.moved {
		return
	}
	for _, name := range sortedKeys(c.head.Ignores) {
		for _, v := range c.bringingIgnore(name) {
			if sourceName(v) == name && c.ignored(name).differs && c.head.Lagging(v).breaks() {
				c.stick(c.head.Graph.Lookup(v.Key()), fmt.Sprintf("It brings a new spec.ignore of %s, its own source, and cannot be built by the old one, which leaves out what it needs now: Flux fails, and the new one never arrives. Commit spec.ignore alone, and the rest when the cluster has it.", name))
			}
		}
	}
}

// ignoring adds to what a source fetches what it leaves out.
func ignoring(what, rules string) string {
	if rules == "" {
		return what
	}
	return what + " ignoring " + strings.ReplaceAll(rules, "\n", " ")
}
