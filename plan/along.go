package plan

import (
	"fmt"
	"slices"
)

// alongWith says what else goes where definitions and namespaces go: the API server deletes
// all custom resources with their definition, and everything in a namespace with it,
// Kustomizations too.
func (c *comparison) alongWith(lost []Object, by string) string {
	var definitions, inside []string
	losers := map[string]bool{}
	own := false
	for _, o := range lost {
		if o.namespace() != "" {
			c.desert(o, by)
			if target(c.either(by)) == "" {
				inside = append(inside, c.inside(o.Name)...)
			}
			continue
		}
		before := len(losers)
		for _, u := range c.customs(o, target(c.either(by))) {
			if key := u.node.Key(); key == by {
				own = true
			} else {
				losers[key] = true
			}
		}
		if len(losers) > before {
			definitions = append(definitions, o.String())
		}
	}
	said := ""
	if len(losers) > 0 {
		said = fmt.Sprintf(" With %s goes what others apply there: %s.", few(definitions, 3), few(sortedKeys(losers), 5))
	}
	if own {
		said += " What it applies there itself goes too."
	}
	if said += c.saidOfNamespaces(lost, by); len(inside) > 0 {
		said += fmt.Sprintf(" So do the Kustomizations in it: %s.", few(inside, 5))
	}
	return said + c.uninstalling(lost, by) + c.ofOneRelease(lost, by) + c.withoutLost(lost, by) + c.withoutOperator(lost, by) + c.withoutClass(lost, by)
}

// customs are what is applied in a cluster of what an object defines there.
func (c *comparison) customs(o Object, cluster string) []user {
	what := o.container(cluster)
	if what.as != "group" {
		return nil
	}
	return slices.DeleteFunc(c.head.users(what), func(u user) bool { return !o.defines(u.object) })
}

// inside are the Kustomizations that lie in a namespace, and those that come into it.
func (c *comparison) inside(namespace string) []string {
	var keys []string
	for _, s := range []*side{c.base, c.head} {
		for _, u := range s.nodes(use{"", "namespace", namespace}) {
			if u.node.Object().Namespace == namespace { // or its source does
				keys = append(keys, u.node.Key())
			}
		}
	}
	return unique(keys)
}
