package plan

import (
	"fmt"
	"slices"
)

// calledAnew says of StatefulSets that a node loses which new ones look like them under another name:
// a claim is called TEMPLATE-SET-N, so the pods of these do not find what the old ones made.
func (c *comparison) calledAnew(lost []Object, by string) string {
	said := ""
	sets := having(c.lost(lost, by), func(o Object) bool { return len(templatesOf(o)) > 0 })
	for _, o := range sets {
		now, found := c.otherName(o, by)
		if !found || len(having(sets, func(p Object) bool { return alikeSets(o, p) })) > 1 {
			continue
		}
		said += fmt.Sprintf(" This looks like another name for %s: %s starts with empty claims, %s.", o, now, claimsOf(now))
		if !o.sheds() {
			said += fmt.Sprintf(" Those of the old one, %s, stay with their data, and nothing mounts them any more.", claimsOf(o))
		}
		said += " So keep the name, or migrate the data first."
	}
	return said
}

// otherName returns the only new StatefulSet of a node that is like one which it loses, and for which
// no file has a claim.
func (c *comparison) otherName(o Object, by string) (Object, bool) {
	key := by
	if !c.head.has(key) {
		key = c.pairs[by]
	}
	v := c.head.Graph.Lookup(key)
	if v == nil || target(v) != target(c.either(by)) {
		return Object{}, false
	}
	now := having(c.head.Objects[key], func(p Object) bool { return alikeSets(o, p) && c.base.ownerIn(target(v), p) == "" })
	if len(now) != 1 || slices.ContainsFunc(templatesOf(now[0]), func(template string) bool {
		return c.heirIn(target(v), Object{Kind: "PersistentVolumeClaim", Namespace: o.Namespace, Name: template + "-" + now[0].Name + "-0"}) != ""
	}) {
		return Object{}, false
	}
	return now[0], true
}

// alikeSets reports whether two StatefulSets have the same claim templates, in one namespace.
func alikeSets(o, p Object) bool {
	return o.Kind == p.Kind && o.Group == p.Group && o.Namespace == p.Namespace && slices.Equal(templatesOf(o), templatesOf(p))
}

// claimsOf names the claims that are made for a StatefulSet.
func claimsOf(o Object) string {
	var names []string
	for _, template := range templatesOf(o) {
		names = append(names, template+"-"+o.Name+"-N")
	}
	return few(names, 3)
}
