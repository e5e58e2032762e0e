package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// served is a custom resource of a node.
type served struct {
	Object
	by string
}

// withoutOperator says which custom resources stay while what is taken, by its name, for the
// operator of their API group goes: nothing runs what was made of them any more, nor takes their
// finalizers off.
func (c *comparison) withoutOperator(lost []Object, by string) string {
	at, said := target(c.either(by)), ""
	for _, o := range having(lost, Object.operator) {
		if c.heirIn(at, o) != "" {
			continue
		}
		var customs []Object
		var owners []string
		for _, name := range o.names() {
			for _, s := range c.bereft()[at+"|"+name] {
				customs, owners = append(customs, s.Object), append(owners, s.by)
			}
		}
		if n := len(customs); o.definer() {
			said += c.withoutDefiner(o, at)
		} else if n > 0 {
			said += fmt.Sprintf(" By its name %s is taken for the operator of %s: %s of %s %s, and nothing runs or finalizes %s. Where its chart deletes their definitions, they go too, with any data.",
				o, few(groupsOf(customs), 3), few(named(customs), 3), few(unique(owners), 3), verb(n, "stays", "stay"), verb(n, "it", "them"))
		} else {
			said += c.withItsOwn(o, at, by)
		}
	}
	return said
}

// withItsOwn says of what is taken for an operator, and leaves nothing without one, what goes all
// the same: the definitions of its chart, and custom resources of other nodes at once with it.
func (c *comparison) withItsOwn(o Object, at, by string) string {
	all := c.base.operated(o, at)
	if len(all) == 0 {
		return ""
	}
	var customs, going []Object
	var keys []string
	for _, s := range all {
		customs = append(customs, s.Object)
		if s.by != by && c.vanishes(s.by) && c.heirIn(at, s.Object) == "" && !s.Kept {
			going, keys = append(going, s.Object), append(keys, s.by)
		}
	}
	said := fmt.Sprintf(" By its name %s is taken for the operator of %s.", o, few(groupsOf(customs), 3))
	if n := len(going); n > 0 {
		said += fmt.Sprintf(" %s %s at once with it: where the operator is gone first, nothing finalizes %s, and %s.",
			few(named(going), 3), verb(n, "goes", "go"), verb(n, "it", "them"), verb(n, "it hangs", "they hang"))
		if c.vanishes(by) {
			said += fmt.Sprintf(" So delete %s in a commit before, and once %s gone from the cluster, %s.", few(unique(keys), 3), verb(n, "it is", "they are"), by)
		}
	}
	if o.release() {
		said += " Where its chart deletes definitions, all custom resources of them go too, with any data."
	}
	return said
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
		var customs []Object
		for _, s := range c.base.operated(o, target(from)) {
			customs = append(customs, s.Object)
		}
		if !o.release() || len(customs) == 0 || c.heirIn(target(from), o) == "" { // without one, more is said
			continue
		}
		said += fmt.Sprintf(" By its name %s is taken for the operator of %s (%s). Where its chart deletes definitions, all custom resources of them go with it, and any data too.",
			o, few(groupsOf(customs), 3), few(named(customs), 3))
	}
	return said
}

// operated are the custom resources that a side applies to a cluster, and for the operator of which an
// object is taken.
func (s *side) operated(o Object, at string) []served {
	if s.customs == nil {
		s.customs = map[string][]served{}
		for v := range s.Graph.Vertices() {
			for _, custom := range having(s.Objects[v.Key()], Object.custom) {
				for _, name := range custom.operatorNames() {
					s.customs[target(v)+"|"+name] = append(s.customs[target(v)+"|"+name], served{custom, v.Key()})
				}
			}
		}
	}
	var all []served
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

// bereft are the custom resources of head for which there was something by the name of an
// operator in the base, and is nothing any more, by its cluster and name.
func (c *comparison) bereft() map[string][]served {
	if c.unserved != nil {
		return c.unserved
	}
	c.unserved = map[string][]served{}
	before, after := c.base.operatorNames(), c.head.operatorNames()
	for v := range c.head.Graph.Vertices() {
		if c.vanishes(v.Key()) {
			continue
		}
		for _, o := range having(c.head.Objects[v.Key()], Object.custom) {
			if name := nameIn(v, o, before); name != "" && nameIn(v, o, after) == "" {
				at := target(v) + "|" + name
				c.unserved[at] = append(c.unserved[at], served{o, v.Key()})
			}
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

func groupsOf(objects []Object) []string {
	var groups []string
	for _, o := range objects {
		groups = append(groups, o.Group)
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// operatorNames are those that the operator of a custom resource may have: the label before the
// last of its API group, with or without a surname.
func (o Object) operatorNames() []string {
	labels := strings.Split(o.Group, ".")
	name := labels[max(0, len(labels)-2)]
	return []string{name, name + "-operator", name + "-controller", name + "-controller-manager"}
}
