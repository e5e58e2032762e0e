package plan

import "fmt"

// alongWith says what else goes where definitions and namespaces go: the API server deletes
// all custom resources with their definition, and everything in a namespace with it,
// Kustomizations too.
func (c *comparison) alongWith(lost []Object, by string) string {
	var inside []string
	for _, o := range lost {
		if o.namespace() != "" {
			c.desert(o, by)
			if target(c.either(by)) == "" {
				inside = append(inside, c.inside(o.Name)...)
			}
		}
	}
	said := c.saidOfInhabitants(lost, by)
	if len(inside) > 0 {
		said += fmt.Sprintf(" So do the Kustomizations in it: %s.", few(inside, 5))
	}
	return said + c.uninstalling(lost, by) + c.ofOneRelease(lost, by) + c.withoutLost(lost, by) + c.withoutOperator(lost, by) + c.withoutClass(lost, by) + c.calledAnew(lost, by)
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
