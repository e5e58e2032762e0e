package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// retargeted returns the objects of a node that get another name or namespace, and whether all that it
// applies is known on both sides. What only goes is no part of them, nor what is only new.
func (c *comparison) retargeted(before, v *dag.Vertex) (renamed []Object, known bool) {
	old, whole := c.base.applies(v.Key())
	now, wholeNow := c.head.applies(v.Key())
	if !whole || !wholeNow {
		return nil, false
	}
	there := map[identity]bool{}
	for _, o := range minus(now, old) {
		there[unprefixed(o, v)] = true
	}
	return having(minus(old, now), func(o Object) bool { return there[unprefixed(o, before)] }), true
}

// unprefixed identifies an object of a node without what its spec adds to names.
func unprefixed(o Object, v *dag.Vertex) identity {
	spec := &v.Object().Spec
	return identity{o.Group, o.Kind, "", strings.TrimSuffix(strings.TrimPrefix(o.Name, spec.NamePrefix), spec.NameSuffix)}
}

// keepsNames reports whether nothing that a node applied gets another name.
func (c *comparison) keepsNames(before, v *dag.Vertex) bool {
	renamed, known := c.retargeted(before, v)
	return known && len(renamed) == 0
}

// targetEffect says what other names mean for the objects of a node.
func (c *comparison) targetEffect(before, v *dag.Vertex) (string, traits) {
	if c.base.build(v.Key()).breaks() {
		return "Its objects get other names. What it applied under the old ones, before it could not be built any more, is not known here.", 0
	}
	renamed, known := c.retargeted(before, v)
	old, whole := c.base.applies(v.Key())
	subject := "Its objects"
	if known && len(renamed) < len(old) {
		old, subject = renamed, "Some of its objects"
	}
	if v.Object().Spec.Prune {
		return subject + " get other names: Flux deletes the old ones (prune: true), and creates new ones" + interruption(old, whole), renews
	}
	return subject + " get other names: Flux creates new ones, and the old ones stay (prune: false).", 0
}

// keepingNames says, with what other fields do, that those for names change none.
func keepingNames(effect string, fields []Field) string {
	const none = "None of its objects gets another name or namespace by it."
	isTarget := func(f Field) bool { return kindOf[f.Path] == Target }
	switch {
	case !slices.ContainsFunc(fields, isTarget):
		return effect
	case slices.ContainsFunc(fields, func(f Field) bool { return !isTarget(f) }):
		return effect + " " + none
	}
	return none
}
