package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// uses are the sources and ConfigMaps of variables that are named on a side.
type uses struct {
	named map[string]bool
	// open is set where something may name sources of which it is not known which, and unread
	// where not even that is known.
	open, unread bool
}

// unused reports whether all objects are sources of Flux, or ConfigMaps of variables, that
// nothing uses any more: when such a one is deleted, nothing is lost with it.
func (c *comparison) unused(objects []Object, by string) bool {
	if len(objects) == 0 || target(c.either(by)) != "" || slices.ContainsFunc(objects, func(o Object) bool { return !o.serves() || c.heirIn("", o) != "" }) {
		return false
	}
	if c.usedBefore == nil {
		c.usedBefore, c.usedNow = c.base.uses(), c.head.uses()
		c.usedNow.add(c.stay())
	}
	before, now := c.usedBefore, c.usedNow
	return !now.unread && !slices.ContainsFunc(objects, func(o Object) bool {
		name := o.String()
		return now.named[name] || !before.named[name] && (now.open || o.Group == "") || o.Group == "" && c.head.reads(o.Namespace)
	})
}

// spared is what is told of objects that are unused in case that they are not.
type spared struct {
	objects []Object
	change  Change
}

// spare is the change of a node that deletes only what is unused, instead of another one: unless
// what used it does not change yet, which is known later.
func (c *comparison) spare(prune Change, objects []Object) Change {
	if c.spared == nil {
		c.spared = map[string]spared{}
	}
	c.spared[prune.Node] = spared{objects, prune}
	return Change{Kind: Content, Node: prune.Node, Position: prune.Position, Objects: prune.Objects, Effect: unusedGoes + plural(len(objects), "object") + ", with which nothing is lost."}
}

const unusedGoes = "Flux deletes what nothing here uses any more (prune: true): "

// stillUsed makes deletions again of what only nodes use no longer that do not get there.
func (c *comparison) stillUsed() {
	for i, ch := range c.out.Changes {
		s, is := c.spared[ch.Node]
		if !is || ch.Kind != Content || !strings.HasPrefix(ch.Effect, unusedGoes) {
			continue
		}
		if users := c.lingering(ch.Node, s.objects); len(users) > 0 {
			s.change.Effect += fmt.Sprintf(" But %s still %s some of it, by what %s from the base: what is new of that does not get there with this revision.", few(users, 3), verb(len(users), "uses", "use"), verb(len(users), "it has", "they have"))
			c.out.Changes[i] = s.change
		}
	}
}

// lingering are the nodes by whose old spec or content something is used of what a node deletes,
// where the new one does not come with this revision.
func (c *comparison) lingering(by string, objects []Object) []string {
	var users []string
	at := c.standings[by]
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		if key == by || !c.head.has(key) || at.still != moving && c.standings[key].on == at.on {
			continue
		}
		u := &uses{named: map[string]bool{}}
		if !c.arrived(key) {
			u.node(v)
		}
		u.add(c.oldContent(v))
		if slices.ContainsFunc(objects, func(o Object) bool { return u.named[o.String()] }) {
			users = append(users, key)
		}
	}
	return users
}

// arrived reports whether the spec that a node has in head arrives with this revision.
func (c *comparison) arrived(key string) bool {
	appliers := c.head.AppliedBy[key]
	return !c.unadmitted[key] && c.reached(key) && (len(appliers) == 0 || slices.ContainsFunc(appliers, func(name string) bool { return name == key || c.applying(name) }))
}

// applying reports whether Flux applies a node of head with this revision: what is stuck may
// only never be ready.
func (c *comparison) applying(key string) bool {
	s := c.standings[key]
	return s.still == moving || s.still == stuck && c.stops[key] && !c.mute(key)
}

// oldContent is what is still there of a node that is in head as well, where it is not what it
// applies in head.
func (c *comparison) oldContent(v *dag.Vertex) []Object {
	switch key := v.Key(); {
	case !c.applying(key):
		return c.base.Objects[key]
	case !c.arrived(key) && !c.sameAsHead(v):
		return c.build(v).Objects
	}
	return nil
}

// serves reports whether an object may only be there for others to name it.
func (o Object) serves() bool {
	if o.Group == sourceGroup {
		return slices.Contains([]string{"HelmRepository", "OCIRepository", "GitRepository", "Bucket"}, o.Kind)
	}
	return o.Group == "" && o.Kind == "ConfigMap"
}

// uses lists what the nodes of a side name, and what they apply.
func (s *side) uses() *uses {
	u := &uses{named: map[string]bool{}}
	for v := range s.Graph.Vertices() {
		u.node(v)
		u.add(s.Objects[v.Key()])
	}
	for _, b := range s.Graph.Boundaries() {
		u.open, u.unread = true, u.unread || b.Kind == "missing"
	}
	return u
}

func (u *uses) node(v *dag.Vertex) {
	source := sourceOf(v)
	u.named[source.Kind+" "+source.Namespace+"/"+source.Name] = true
	for _, n := range needs(v) {
		u.named[n.object.String()] = true
	}
	if build := v.Object().Spec.PostBuild; build != nil { // also what it can do without
		for _, ref := range build.SubstituteFrom {
			u.named[ref.Kind+" "+v.Object().Namespace+"/"+ref.Name] = true
		}
	}
}

// readers are the kinds that may name sources of which it is not known which, and the groups of which
// all kinds may name any.
var (
	readers      = []string{"HelmChart"}
	readerGroups = []string{operatorGroup, "infra.contrib.fluxcd.io", "source.extensions.fluxcd.io"}
)

func (u *uses) add(objects []Object) {
	for _, o := range objects {
		u.named[o.Chart] = true
		u.open = u.open || ofFlux(o.Group) && slices.Contains(readers, o.Kind)
		u.unread = u.unread || slices.Contains(readerGroups, o.Group)
	}
}

// stay are the releases that no file holds any more, and that are not known to be deleted.
func (c *comparison) stay() []Object {
	var all []Object
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		all = append(all, having(c.base.Objects[key], func(o Object) bool {
			return o.release() && c.heir(v, o) == "" && !c.lostBy(key)[o.identity()]
		})...)
	}
	return all
}

// reads reports whether there may be something in a namespace that reads its ConfigMaps, beside
// Flux's own controllers.
func (s *side) reads(namespace string) bool {
	for v := range s.Graph.Vertices() {
		if slices.ContainsFunc(s.Objects[v.Key()], func(o Object) bool {
			return o.Namespace == namespace && !o.Flux && (o.works() || o.custom())
		}) {
			return true
		}
	}
	return false
}
