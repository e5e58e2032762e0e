package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// inhabitant is an object of the base that goes with a Namespace.
type inhabitant struct {
	Object
	by      string // the node that applies it
	release bool   // it lies elsewhere, but what its HelmRelease installs does not
}

// inhabitants returns what goes with the Namespaces among the objects that a node loses, and
// is not lost anyway. That Flux does not delete it, as where it is annotated so, is no help.
func (c *comparison) inhabitants(lost []Object, by string) []inhabitant {
	known := map[identity]bool{}
	for _, o := range lost {
		known[o.identity()] = true
	}
	var all []inhabitant
	for _, o := range lost {
		if o.namespace() == "" {
			continue
		}
		for _, u := range c.base.users(o.container(target(c.either(by)))) {
			if u.object == nil || c.base.node(u.node, *u.object) != nil {
				continue
			}
			i := inhabitant{*u.object, u.node.Key(), o.Name != u.object.Namespace}
			if id := i.identity(); !known[id] && !c.losesItself(i) {
				known[id] = true
				all = append(all, i)
			}
		}
	}
	return all
}

// losesItself reports whether it is told of an object elsewhere that Flux deletes it.
func (c *comparison) losesItself(i inhabitant) bool {
	if i.Kept || c.heir(c.base.Graph.Lookup(i.by), i.Object) != "" {
		return false
	}
	if c.head.has(i.by) {
		return c.lostBy(i.by)[i.identity()]
	}
	return c.goes(i.by)
}

// withInhabitants returns objects with those that go along with the Namespaces among them.
func (c *comparison) withInhabitants(lost []Object, by string) []Object {
	all := slices.Clip(lost)
	for _, i := range c.inhabitants(lost, by) {
		if !i.release {
			all = append(all, i.Object)
		}
	}
	return all
}

// saidOfNamespaces says whose objects go with the Namespaces that a node loses.
func (c *comparison) saidOfNamespaces(lost []Object, by string) string {
	spaces, owners := []string{}, map[string]bool{}
	var inside []Object
	var releases []string
	for _, i := range c.inhabitants(lost, by) {
		if i.release {
			releases = append(releases, i.String())
			continue
		}
		spaces, owners[i.by], inside = append(spaces, "Namespace "+i.Namespace), true, append(inside, i.Object)
	}
	said := ""
	if n := len(inside); n > 0 {
		said = fmt.Sprintf(" With %s goes all that is in it, deleted by Kubernetes: %s of %s.", few(unique(spaces), 3), plural(n, "more object"), few(sortedKeys(owners), 5))
	}
	if len(releases) > 0 {
		said += fmt.Sprintf(" So does what is installed in it by %s, with its claims.", few(unique(releases), 5))
	}
	return said + toll(inside)
}

// desert notes that a Namespace goes and nothing applies it any more.
func (c *comparison) desert(o Object, by string) {
	if v := c.either(by); c.heir(v, o) == "" {
		c.deserted[target(v)+"|"+o.Name] = by
	}
}

// homeless says which nodes apply objects into a Namespace that this change deletes: nothing
// of them is applied from then on.
func (c *comparison) homeless() {
	for v := range c.head.Graph.Vertices() {
		key, b := v.Key(), c.head.build(v.Key())
		if len(c.deserted) == 0 || v.Object().Spec.Suspend || b.breaks() || c.head.Graph.Lookup(key) != v || c.vanishes(key) {
			continue
		}
		if namespace, by := c.desertedBy(v, b.Objects); by != "" {
			c.stickLast(v, fmt.Sprintf("It applies objects into Namespace %[1]s, which %[2]s applies no longer and Flux deletes: where nothing else makes it, Flux fails from then on (namespaces %[1]q not found), and applies nothing of it.", namespace, by), lastBy(by, key))
		}
	}
}

func (c *comparison) desertedBy(v *dag.Vertex, objects []Object) (namespace, by string) {
	for _, o := range objects {
		if by := c.deserted[target(v)+"|"+o.Namespace]; by != "" {
			return o.Namespace, by
		}
	}
	return "", ""
}
