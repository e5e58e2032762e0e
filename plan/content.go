package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// contents says what becomes of what a node applies: what it prunes, what it leaves, what
// is new and what is other.
func (c *comparison) contents(before, v *dag.Vertex, l loss) {
	key, told := v.Key(), !l.none()
	if !l.ofResuming() { // which is told with the field
		c.prunes(key, v.Position(), l)
	}
	old, now := c.base.build(key), c.head.build(key)
	c.leftAsleep(before, v)
	if old.Partial || now.breaks() || c.fails[key] || len(c.acting(key)) == 0 {
		return
	}
	if left := c.leaving(before, old, now); len(left) > 0 && !told && c.keepsLeft(v) {
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Objects: named(left), Effect: fmt.Sprintf("%s applied no longer; what is in the cluster stays (%s).", plural(len(left), "object"), staysWhy(v))})
	}
	if gone, come := subtract(old.Beyond, now.Beyond), subtract(now.Beyond, old.Beyond); len(gone)+len(come) > 0 && sameBuild(before, v) {
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Effect: beyondEffect(gone, come)})
	}
	if slices.Equal(old.Objects, now.Objects) {
		return
	}
	c.charts(v, old.Objects, now.Objects)
	fresh, other := compareObjects(old.Objects, now.Objects)
	fresh, other = slices.Concat(c.head.withoutNodes(v, fresh), c.contested(v, fresh)), c.head.withoutNodes(v, other)
	c.unchanging(v, having(other, func(o Object) bool { return o.Left }))
	if other = c.changeable(v, other); len(fresh)+len(other) > 0 && !v.Object().Spec.Suspend {
		c.scaled(v, old.Objects, slices.Concat(other, fresh))
		fields := facts(old.Objects, other)
		change := Change{Kind: Content, Node: key, Position: v.Position(), Fields: fields, Objects: named(slices.Concat(fresh, other)), Effect: contentEffect(fresh, other) + unkept(fields)}
		c.soFar(&change, v, fresh)
		c.twice(&change, v, slices.Concat(fresh, other))
		c.claimless(v, fields)
		c.undeciphered(&change, v)
		c.add(change)
	}
}

// unkept says which volumes are kept no longer.
func unkept(fields []Field) string {
	var volumes []string
	for _, f := range fields {
		if f.name() == "persistentVolumeReclaimPolicy" && f.New == quoted("Delete") {
			volumes = append(volumes, f.object())
		}
	}
	if len(volumes) == 0 {
		return ""
	}
	return " From now on " + few(volumes, maxNamed) + verb(len(volumes), " goes", " go") + ", with the data, when the claim goes (persistentVolumeReclaimPolicy: Delete)."
}

// changeable are the objects that are changed in place: of others it is told what becomes of
// them.
func (c *comparison) changeable(v *dag.Vertex, other []Object) []Object {
	return slices.DeleteFunc(other, func(o Object) bool { return o.Left || c.remade(o, v.Key()) })
}

// keepsLeft reports whether what a node applies no longer stays, for it does not prune. Where it
// does, and deletes nothing yet, that is told by withheld, and of a spec that was refused by admission.
func (c *comparison) keepsLeft(v *dag.Vertex) bool {
	return !v.Object().Spec.Prune || v.Object().Spec.Suspend || len(c.acting(v.Key())) == 0
}

// leaving are the objects that a node applies no longer. Those under another hash are not.
func (c *comparison) leaving(before *dag.Vertex, old, now Build) []Object {
	twins := generated(now.Objects)
	return slices.DeleteFunc(minus(c.base.withoutNodes(before, old.Objects), now.Objects), func(o Object) bool { return twins[unhashed(o)] })
}

// soFar says which other nodes apply objects that are new to a node, and which of them go on
// with it.
func (c *comparison) soFar(change *Change, v *dag.Vertex, fresh []Object) {
	rivals, names := c.applied(fresh, func(o Object) string { return c.rival(v, o) })
	if n := len(rivals); n > 0 {
		change.traits |= contested
		change.Effect += fmt.Sprintf(" %s by %s as well, which goes on: each overwrites the other, and the one that came last deletes %s when it stops: %s.",
			areApplied(n), names, verb(n, "it", "them"), few(named(rivals), maxNamed))
	}
	some, owners := c.applied(fresh, func(o Object) string {
		if owner := c.base.owner(v, o); owner != v.Key() && c.rival(v, o) == "" {
			return owner
		}
		return ""
	})
	if n := len(some); n > 0 {
		change.Effect += fmt.Sprintf(" Of the new ones, %s so far by %s.", areApplied(n), owners)
	}
}

// contested are the Kustomizations among objects that are nodes, and that another node goes on
// applying as well: of others all is said of themselves.
func (c *comparison) contested(v *dag.Vertex, objects []Object) []Object {
	return having(objects, func(o Object) bool {
		return c.head.node(v, o) != nil && c.rival(v, o) != ""
	})
}

// compareObjects returns those of now that are new, and those whose content is other.
func compareObjects(old, now []Object) (fresh, other []Object) {
	digests := map[identity]string{}
	for _, o := range old {
		digests[o.identity()] = o.Digest
	}
	for _, o := range now {
		switch digest, there := digests[o.identity()]; {
		case !there:
			fresh = append(fresh, o)
		case digest != o.Digest:
			other = append(other, o)
		}
	}
	return fresh, other
}

// subtract returns what is in a and not in b.
func subtract(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func beyondEffect(gone, come []string) string {
	var parts []string
	if len(come) > 0 {
		parts = append(parts, "It applies what is in "+few(come, 3)+" from now on")
	}
	if len(gone) > 0 {
		parts = append(parts, "it applies what is in "+few(gone, 3)+" no longer")
	}
	text := strings.Join(parts, ", and ")
	return strings.ToUpper(text[:1]) + text[1:] + ", which is not known here."
}
