package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// usersOf returns the nodes of head, but for the one that applied an object, that need it: as
// their source or that of a chart, to run with, as a Namespace or a definition.
func (c *comparison) usersOf(from *dag.Vertex, o Object) []string {
	if c.users == nil {
		c.users = map[string][]string{}
		for v := range c.head.Graph.Vertices() {
			for what := range c.head.usedBy(v) {
				c.users[what] = append(c.users[what], v.Key())
			}
		}
	}
	what := o.provides()
	if o.Group == sourceGroup {
		what = append(what, "source/"+o.Kind+"/"+o.Namespace+"/"+o.Name)
	}
	if in := o.container(); in != "" {
		what = append(what, in)
	}
	var users []string
	for _, w := range what {
		users = append(users, c.users[target(from)+"|"+w]...)
	}
	return slices.DeleteFunc(unique(users), func(key string) bool { return key == from.Key() })
}

// usedBy returns what a node needs, as [teardown.uses] calls it.
func (s *side) usedBy(v *dag.Vertex) map[string]bool {
	used := map[string]bool{"|namespace/" + v.Object().Namespace: true}
	for _, what := range slices.Concat(sourceUses(v), accountUses(v), configUses(v), valueUses(v)) {
		used[what] = true
	}
	at := target(v) + "|"
	for _, o := range s.build(v.Key()).Objects {
		used[at+"group/"+o.Group] = true
		for _, namespace := range o.namespaces() {
			used[at+"namespace/"+namespace] = true
		}
		if kind, name, is := strings.Cut(o.Chart, " "); is {
			used[at+"source/"+kind+"/"+name] = true
		}
	}
	return used
}

// needed splits objects by whether nodes of head need them, and names the ones that are with
// those nodes.
func (c *comparison) needed(from *dag.Vertex, objects []Object) (names []string, others []Object) {
	for _, o := range objects {
		if users := c.usersOf(from, o); len(users) > 0 {
			names = append(names, fmt.Sprintf("%s (for %s)", o, few(users, 2)))
		} else {
			others = append(others, o)
		}
	}
	return names, others
}
