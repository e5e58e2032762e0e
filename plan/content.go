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
	c.prunes(key, v.Position(), l)
	old, now := c.base.build(key), c.head.build(key)
	if old.Partial || now.Partial || now.Fails || len(c.acting(key)) == 0 {
		return
	}
	if left := c.leaving(old, now); len(left) > 0 && !told {
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Objects: named(left), Effect: fmt.Sprintf("%s applied no longer; what is in the cluster stays (%s).", plural(len(left), "object"), staysWhy(v))})
	}
	if gone, come := subtract(old.Beyond, now.Beyond), subtract(now.Beyond, old.Beyond); len(gone)+len(come) > 0 && sameBuild(before, v) {
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Effect: beyondEffect(gone, come)})
	}
	if slices.Equal(old.Objects, now.Objects) {
		return
	}
	if fresh, other := compareObjects(old.Objects, c.head.withoutNodes(now.Objects)); len(fresh)+len(other) > 0 && !v.Object().Spec.Suspend {
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Objects: named(slices.Concat(fresh, other)), Effect: contentEffect(fresh, other) + c.soFar(v, fresh)})
	}
}

// leaving are the objects that a node applies no longer. Those under another hash are not.
func (c *comparison) leaving(old, now Build) []Object {
	twins := generated(now.Objects)
	return slices.DeleteFunc(minus(c.base.withoutNodes(old.Objects), now.Objects), func(o Object) bool { return twins[unhashed(o)] })
}

// soFar says which other nodes apply objects that are new to a node.
func (c *comparison) soFar(v *dag.Vertex, fresh []Object) string {
	said, owners := applied(fresh, func(o Object) string {
		if owner := c.base.owner(v, o); owner != v.Key() {
			return owner
		}
		return ""
	})
	if owners == "" {
		return ""
	}
	return fmt.Sprintf(" Of the new ones, %s so far by %s.", said, owners)
}

// compareObjects returns those of now that are new, and those whose content is other.
func compareObjects(old, now []Object) (fresh, other []Object) {
	digests := map[Object]string{}
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

// prunes is the change of a node that deletes what it applies no longer.
func (c *comparison) prunes(key string, position dag.Position, l loss) {
	if l.none() {
		return
	}
	lost := c.lost(l.objects, key)
	taken := c.takenOver(l.objects, key)
	change := Change{Kind: Prune, Node: key, Position: position, Objects: named(c.withInhabitants(lost, key))}
	switch {
	case len(lost) == 0 && taken == "" && len(l.unknown) == 0: // all of them are annotated to be kept
		c.add(Change{Kind: Content, Node: key, Position: position, Objects: named(l.objects), Effect: "Applied no longer, and kept by their annotations."})
		return
	case len(l.unknown) > 0 && len(lost) == 0:
		change.Kind, change.Objects = Unknown, nil
		change.Effect = "Flux deletes what it applied before and does not any more (prune: true). Which objects those are, if any, cannot be said: " + few(l.unknown, 3) + "." + taken
	case len(lost) == 0:
		change.Effect = strings.TrimSpace(taken)
	default:
		change.Effect = fmt.Sprintf("Flux deletes what is no longer in what it builds (prune: true): %s.", plural(len(lost), "object"))
		if len(l.unknown) > 0 {
			change.Effect += " There may be more: " + few(l.unknown, 3) + "."
		}
		if come := subtract(c.head.build(key).Beyond, c.base.build(key).Beyond); len(come) > 0 {
			change.Effect += " What " + few(come, 3) + " brings is not known, and stays if it is among them."
		}
		change.Effect += taken + c.alongWith(lost, key)
	}
	if l.late {
		change.Effect += " It may see its files before the ConfigMap of its variables: commit that first."
	}
	switch now := c.head.Graph.Lookup(key); {
	case now == nil && c.end(key).gone:
		change.Effect += " It may do so before it goes itself."
	case now == nil:
		change.Effect += " No file holds it any more, but it goes on running."
	case l.early && !c.reached(key):
		change.Effect += " It does so by the spec that it has: the new one does not arrive."
	case l.early:
		change.Effect += " It may see this revision before its new spec, which would keep them: commit that first."
	}
	c.add(change)
}

// staysWhy says why what a node applies no longer stays.
func staysWhy(v *dag.Vertex) string {
	if v.Object().Spec.Suspend {
		return "it is suspended"
	}
	return "prune: false"
}
