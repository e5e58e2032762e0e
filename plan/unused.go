package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// unused reports whether all objects are sources of Flux, or ConfigMaps of variables, that
// nothing uses any more: when such a one is deleted, nothing is lost with it.
func (c *comparison) unused(objects []Object, by string) bool {
	if len(objects) == 0 || target(c.either(by)) != "" || slices.ContainsFunc(objects, func(o Object) bool { return !o.serves() || c.heirIn("", o) != "" }) || c.generates() {
		return false
	}
	boundaries := c.head.Graph.Boundaries()
	if slices.ContainsFunc(boundaries, func(b dag.Boundary) bool { return b.Kind == "missing" }) {
		return false
	}
	open := len(boundaries) > 0 || slices.ContainsFunc(c.head.users(use{"", "group", sourceGroup}), func(u user) bool { return u.object.Kind == "HelmChart" })
	return !slices.ContainsFunc(objects, func(o Object) bool {
		return len(c.head.usersOf("", o)) > 0 || c.stays(o) || (open || o.Group == "") && len(c.base.usersOf("", o)) == 0 || o.Group == "" && c.head.reads(o.Namespace)
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
	return Change{Kind: Content, Node: prune.Node, Position: prune.Position, Objects: prune.Objects, traits: ofSparing, Effect: "Flux deletes what nothing here uses any more (prune: true): " + plural(len(objects), "object") + ", with which nothing is lost."}
}

// stillUsed makes deletions again of what only nodes use no longer that do not get there.
func (c *comparison) stillUsed() {
	for i, ch := range c.out.Changes {
		s, is := c.spared[ch.Node]
		if !is || !ch.is(ofSparing) {
			continue
		}
		users := c.lingering(ch.Node, s.objects)
		if len(users) == 0 {
			c.out.Changes[i].Effect += c.switching(ch.Node, s.objects)
			continue
		}
		s.change.Effect += fmt.Sprintf(" But %s still %s some of it, by what %s from the base: what is new of that does not get there with this revision.", few(users, 3), verb(len(users), "uses", "use"), verb(len(users), "it has", "they have"))
		c.out.Changes[i] = s.change
	}
}

// lingering are the nodes by whose old spec or content something is used of what a node deletes,
// where the new one does not come with this revision.
func (c *comparison) lingering(by string, objects []Object) []string {
	goes := map[use]bool{}
	for _, o := range objects {
		for _, what := range o.usedAs("") {
			goes[what] = true
		}
	}
	var users []string
	at := c.standings[by]
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		if key == by || !c.head.has(key) || at.still != moving && c.standings[key].on == at.on {
			continue
		}
		uses := !c.arrived(key) && slices.ContainsFunc(specUses(v), func(what use) bool { return goes[what] })
		for _, o := range c.oldContent(v) {
			o.uses(target(v), func(what use) { uses = uses || goes[what] })
		}
		if uses {
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
	return s.still == moving || s.still == stuck && c.stopped(key) && !c.mute(key)
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

// readerGroups are the API groups of what may make what is not known, and name any source.
var readerGroups = []string{operatorGroup, "infra.contrib.fluxcd.io", "source.extensions.fluxcd.io"}

// stays reports whether a release uses an object that no file holds any more, and that is not known
// to be deleted.
func (c *comparison) stays(o Object) bool {
	return slices.ContainsFunc(c.base.usersOf("", o), func(u user) bool {
		return u.object != nil && u.object.release() && c.heir(u.node, *u.object) == "" && !c.lostBy(u.node.Key())[u.object.identity()]
	})
}

// reads reports whether there may be something in a namespace that reads its ConfigMaps, beside
// Flux's own controllers: what a release installs there from another one may, too.
func (s *side) reads(namespace string) bool {
	return slices.ContainsFunc(s.users(use{"", "namespace", namespace}), func(u user) bool {
		o := u.object
		return o != nil && (o.Namespace == namespace || o.Installs == namespace) && !o.Flux && (o.works() || o.custom())
	})
}
