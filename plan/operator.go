package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// withoutOperator says what becomes of custom resources while what is taken, by its name, for the
// operator of their API group goes. Nothing runs what was made of those that stay any more, nor
// takes their finalizers off.
func (c *comparison) withoutOperator(lost []Object, by string) string {
	at, said := target(c.either(by)), ""
	for _, o := range having(lost, Object.operator) {
		switch {
		case c.heirIn(at, o) != "":
		case o.definer():
			said += c.withoutDefiner(o, at)
		default:
			said += c.withIts(o, at, by)
		}
	}
	return said
}

// left are the custom resources that stay without an operator when that goes.
func (c *comparison) left(o Object, at string) []owned {
	var all []owned
	for _, name := range o.names() {
		for _, s := range c.bereft()[at+"|"+name] {
			if !c.undefines(at, s.Object) { // then it goes
				all = append(all, s)
			}
		}
	}
	return all
}

// withIts says what stays without the operator, and what goes all the same: custom resources of other
// nodes at once with it, and the definitions of its chart.
func (c *comparison) withIts(o Object, at, by string) string {
	left, all := c.left(o, at), c.base.operated(o, at)
	if len(left)+len(all) == 0 {
		return ""
	}
	var going []owned
	for _, s := range all {
		if s.by != by && (c.undefines(at, s.Object) || c.vanishes(s.by) && c.heirIn(at, s.Object) == "" && !s.Kept) {
			going = append(going, s)
		}
	}
	objects, _ := ofOwned(append(all, left...))
	said, its := fmt.Sprintf(" By its name %s is taken for the operator of %s", o, few(distinct(objects, Object.inGroup), 3)), "definitions, all custom resources of them"
	if n := len(left); n > 0 {
		customs, keys := ofOwned(left)
		said += fmt.Sprintf(": %s of %s %s, and nothing runs or finalizes %s", few(named(customs), 3), few(keys, 3), verb(n, "stays", "stay"), verb(n, "it", "them"))
		its = "their definitions, they"
	}
	said += "."
	if n := len(going); n > 0 {
		customs, keys := ofOwned(going)
		said += fmt.Sprintf(" %s %s at once with it: where the operator is gone first, nothing finalizes %s, and %s.",
			few(named(customs), 3), verb(n, "goes", "go"), verb(n, "it", "them"), verb(n, "it hangs", "they hang"))
		if keys = slices.DeleteFunc(keys, func(key string) bool { return !c.vanishes(key) }); len(keys) > 0 && c.vanishes(by) {
			said += fmt.Sprintf(" So delete %s in a commit before, and once %s gone from the cluster, %s.", few(keys, 3), verb(n, "it is", "they are"), by)
		}
	}
	if o.release() {
		said += fmt.Sprintf(" Where its chart deletes %s go too, with any data.", its)
	}
	return said
}

// ofOwned are objects, and the nodes that apply them.
func ofOwned(all []owned) (objects []Object, keys []string) {
	for _, s := range all {
		objects, keys = append(objects, s.Object), append(keys, s.by)
	}
	return objects, unique(keys)
}

// anew says of what is taken for an operator, and is deleted and created anew, what goes with the
// definitions of its chart.
func (c *comparison) anew(going []Object, from *dag.Vertex) string {
	said := ""
	for _, o := range having(going, Object.operator) {
		if o.definer() && c.heirIn(target(from), o) != "" {
			said += c.withoutDefiner(o, target(from))
			continue
		}
		customs, _ := ofOwned(c.base.operated(o, target(from)))
		if !o.release() || len(customs) == 0 || c.heirIn(target(from), o) == "" { // without one, more is said
			continue
		}
		said += fmt.Sprintf(" By its name %s is taken for the operator of %s (%s). Where its chart deletes definitions, all custom resources of them go with it, and any data too.",
			o, few(distinct(customs, Object.inGroup), 3), few(named(customs), 3))
	}
	return said
}

// operated are the custom resources that a side applies to a cluster, and for the operator of which an
// object is taken.
func (s *side) operated(o Object, at string) []owned {
	if s.customs == nil {
		s.customs = map[string][]owned{}
		for v := range s.Graph.Vertices() {
			for _, custom := range having(s.Objects[v.Key()], Object.custom) {
				for _, name := range custom.operatorNames() {
					s.customs[target(v)+"|"+name] = append(s.customs[target(v)+"|"+name], owned{custom, v.Key()})
				}
			}
		}
	}
	var all []owned
	names := o.names()
	for i, name := range names {
		for _, custom := range s.customs[at+"|"+name] {
			if i == 0 || !slices.Contains(custom.operatorNames(), names[0]) {
				all = append(all, custom)
			}
		}
	}
	return all
}

// bereft are the custom resources that stay for which there was something by the name of an
// operator in the base, and is nothing any more, by its cluster and name.
func (c *comparison) bereft() map[string][]owned {
	if c.unserved != nil {
		return c.unserved
	}
	c.unserved = map[string][]owned{}
	before, after := c.base.operatorNames(), c.head.operatorNames()
	for v, o := range c.staying() {
		if !o.custom() {
			continue
		}
		if name := nameIn(v, o, before); name != "" && nameIn(v, o, after) == "" {
			at := target(v) + "|" + name
			c.unserved[at] = append(c.unserved[at], owned{o, v.Key()})
		}
	}
	return c.unserved
}

// nameIn returns the first name under which something is that may be the operator of an object,
// where there is any.
func nameIn(v *dag.Vertex, o Object, named map[string][]string) string {
	for _, name := range o.operatorNames() {
		if len(named[target(v)+"|"+name]) > 0 {
			return name
		}
	}
	return ""
}

// operatorNames are those that the operator of a custom resource may have: the label before the
// last of its API group, with or without a surname. k8s is the name of none.
func (o Object) operatorNames() []string {
	if strings.HasSuffix(o.Group, ".k8s.io") {
		return nil
	}
	labels := strings.Split(o.Group, ".")
	name := labels[max(0, len(labels)-2)]
	return []string{name, name + "-operator", name + "-controller", name + "-controller-manager"}
}
