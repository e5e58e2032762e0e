package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// inhabitant is an object of the base that goes with a Namespace, or with its definition.
type inhabitant struct {
	Object
	by      string // the node that applies it
	of      Object // what it goes with
	release bool   // it lies elsewhere, but what its HelmRelease installs does not
}

// inhabitants returns what goes with the Namespaces and definitions among the objects that a node
// loses, and is not lost anyway. That Flux does not delete it, as where it is annotated so, is no
// help; nor is it that the node that applies it cannot be built any more.
func (c *comparison) inhabitants(lost []Object, by string) []inhabitant {
	known := map[identity]bool{}
	for _, o := range lost {
		known[o.identity()] = true
	}
	var all []inhabitant
	for _, o := range lost {
		what := o.container(target(c.either(by)))
		if what == (use{}) {
			continue
		}
		for _, u := range c.base.users(what) {
			switch {
			case u.object == nil, what.as == "namespace" && c.base.node(u.node, *u.object) != nil, what.as == "group" && !o.defines(u.object):
				continue
			}
			i := inhabitant{*u.object, u.node.Key(), o, what.as == "namespace" && o.Name != u.object.Namespace}
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

// withInhabitants returns objects with those that go along with the Namespaces and definitions
// among them.
func (c *comparison) withInhabitants(lost []Object, by string) []Object {
	all := slices.Clip(lost)
	for _, i := range c.inhabitants(lost, by) {
		if !i.release {
			all = append(all, i.Object)
		}
	}
	return all
}

// saidOfInhabitants says whose objects go with the Namespaces and definitions that a node loses.
func (c *comparison) saidOfInhabitants(lost []Object, by string) string {
	all := c.inhabitants(lost, by)
	releases := slices.DeleteFunc(slices.Clone(all), func(i inhabitant) bool { return !i.release })
	all = slices.DeleteFunc(all, func(i inhabitant) bool { return i.release })
	spaces := slices.DeleteFunc(slices.Clone(all), func(i inhabitant) bool { return i.of.namespace() == "" })
	customs := slices.DeleteFunc(slices.Clone(all), func(i inhabitant) bool { return i.of.namespace() != "" })
	said := goesWith(customs, "all that is of it") + goesWith(spaces, "all that is in it")
	var names []string
	for _, i := range releases {
		names = append(names, i.String())
	}
	if len(names) > 0 {
		said += fmt.Sprintf(" So does what is installed in it by %s, with its claims.", few(unique(names), 5))
	}
	var objects []Object
	for _, i := range all {
		objects = append(objects, i.Object)
	}
	return said + saying(c.tolls(objects, by))
}

// goesWith says what Kubernetes deletes with what it lies in, or is of.
func goesWith(all []inhabitant, what string) string {
	var of, owners []string
	for _, i := range all {
		of, owners = append(of, i.of.String()), append(owners, i.by)
	}
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprintf(" With %s goes %s, deleted by Kubernetes: %s of %s.", few(unique(of), 3), what, plural(len(all), "more object"), few(unique(owners), 5))
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
