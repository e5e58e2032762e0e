package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
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
		within := c.within(c.either(by), o.carries())
		own = own || within[by]
		before := len(losers)
		maps.Copy(losers, within)
		delete(losers, by)
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
	return said + c.withoutSource(lost, by) + c.withoutLost(lost, by) + c.withoutOperator(lost, by) + c.withoutClass(lost, by)
}

// inside are the Kustomizations that lie in a namespace, and those that come into it.
func (c *comparison) inside(namespace string) []string {
	if c.inhabited == nil {
		c.inhabited = map[string][]string{}
		for _, s := range []*side{c.base, c.head} {
			for v := range s.Graph.Vertices() {
				namespace := v.Object().Namespace
				c.inhabited[namespace] = append(c.inhabited[namespace], v.Key())
			}
		}
		for _, keys := range c.inhabited {
			slices.Sort(keys)
		}
	}
	return slices.Compact(slices.Clone(c.inhabited[namespace]))
}

// withoutSource says which nodes lose the source that they are built from: Kustomizations find
// theirs in the cluster where Flux runs.
func (c *comparison) withoutSource(lost []Object, by string) string {
	if target(c.either(by)) != "" {
		return ""
	}
	gone := map[identity]bool{}
	sources := having(lost, func(o Object) bool { return o.Group == sourceGroup && c.heirIn("", o) == "" })
	for _, o := range sources {
		gone[o.identity()] = true
	}
	if len(sources) == 0 {
		return ""
	}
	var nodes []string
	for v := range c.head.Graph.Vertices() {
		if c.vanishes(v.Key()) {
			continue
		}
		if s := sourceOf(v); gone[identity{sourceGroup, s.Kind, s.Namespace, s.Name}] {
			nodes = append(nodes, v.Key())
		}
	}
	if slices.Sort(nodes); len(nodes) == 0 {
		return ""
	}
	return fmt.Sprintf(" No further commit reaches what takes its manifests from %s: %s.", few(named(sources), 3), few(nodes, 5))
}

// container returns what of other objects goes with an object: "group/" and the group of a
// definition, or "namespace/" and the namespace.
func (o Object) container() string {
	switch {
	case o.Group == "apiextensions.k8s.io" && o.Kind == "CustomResourceDefinition":
		_, group, _ := strings.Cut(o.Name, ".")
		return "group/" + group
	case o.namespace() != "":
		return "namespace/" + o.Name
	}
	return ""
}

// carries is the container of an object, of one kind where it is known which one that defines.
func (o Object) carries() string {
	if o.Defines != "" {
		return "group/" + o.Defines
	}
	return o.container()
}

// namespace returns the name of a Namespace; nothing for any other object.
func (o Object) namespace() string {
	if o.Group == "" && o.Kind == "Namespace" {
		return o.Name
	}
	return ""
}

// within returns the nodes of head that apply custom resources of a group or a kind, in the cluster to
// which a node applies its own.
func (c *comparison) within(from *dag.Vertex, container string) map[string]bool {
	if container == "" {
		return nil
	}
	if c.containers == nil {
		c.containers = map[string]map[string]bool{}
		for v := range c.head.Graph.Vertices() {
			for _, p := range c.head.Objects[v.Key()] {
				c.contain(target(v)+"group/"+p.Group, v.Key())
				c.contain(target(v)+"group/"+p.Group+"/"+p.Kind, v.Key())
			}
		}
	}
	return c.containers[target(from)+container]
}

func (c *comparison) contain(container, key string) {
	if c.containers[container] == nil {
		c.containers[container] = map[string]bool{}
	}
	c.containers[container][key] = true
}
