package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// heir returns the node of head that applies an object, or nothing.
func (c *comparison) heir(o Object) string {
	if c.heirs == nil {
		c.inherit()
	}
	return c.heirs[o.identity()]
}

// other returns the node of head, not by, that applies an object which Flux does not keep.
func (c *comparison) other(o Object, by string) string {
	heir := c.heir(o)
	if o.Kept || heir == by {
		return ""
	}
	return heir
}

func (c *comparison) inherit() {
	c.heirs = map[Object]string{}
	for v := range c.head.Graph.Vertices() {
		if v.Object().Spec.Suspend {
			continue // it applies nothing
		}
		objects, _ := c.head.applies(v.Key())
		for _, o := range objects {
			c.heirs[o.identity()] = v.Key()
		}
	}
}

// lost are the objects that nothing applies any more, less those that Flux keeps.
func (c *comparison) lost(objects []Object, by string) []Object {
	return slices.DeleteFunc(slices.Clone(objects), func(o Object) bool {
		return o.Kept || c.other(o, by) != ""
	})
}

// takenOver says of the objects that another node applies from now on that it may be too
// late for them.
func (c *comparison) takenOver(objects []Object, by string) string {
	heirs := map[string]bool{}
	n := 0
	for _, o := range objects {
		if heir := c.other(o, by); heir != "" {
			heirs[heir] = true
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %s from now on by %s, and stays only if that comes first; to be certain, suspend %s in a commit before.",
		applied(n), few(sortedKeys(heirs), 3), by)
}

func applied(n int) string {
	if n == 1 {
		return "1 object is applied"
	}
	return fmt.Sprintf("%d objects are applied", n)
}

// alongWith says which other nodes lose objects where definitions and namespaces go: the
// API server deletes all custom resources with their definition, and everything in a
// namespace with it.
func (c *comparison) alongWith(lost []Object, by string) string {
	var containers []string
	losers := map[string]bool{}
	for _, o := range lost {
		before := len(losers)
		maps.Copy(losers, c.within(o.container()))
		delete(losers, by)
		if len(losers) > before {
			containers = append(containers, o.String())
		}
	}
	if len(losers) == 0 {
		return c.withoutSource(lost)
	}
	return fmt.Sprintf(" With %s goes what others apply there: %s.", few(containers, 3), few(sortedKeys(losers), 5)) + c.withoutSource(lost)
}

// withoutSource says which nodes lose the source that they are built from.
func (c *comparison) withoutSource(lost []Object) string {
	gone := map[Object]bool{}
	for _, o := range lost {
		if o.Group == "source.toolkit.fluxcd.io" {
			gone[Object{Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
		}
	}
	if len(gone) == 0 {
		return ""
	}
	var nodes []string
	for v := range c.head.Graph.Vertices() {
		if s := sourceOf(v); gone[Object{Kind: s.Kind, Namespace: s.Namespace, Name: s.Name}] {
			nodes = append(nodes, v.Key())
		}
	}
	if slices.Sort(nodes); len(nodes) == 0 {
		return ""
	}
	return fmt.Sprintf(" No further commit reaches what takes its manifests from %s: %s.", few(named(slices.Collect(maps.Keys(gone))), 3), few(nodes, 5))
}

// container returns what of other objects goes with an object: "group/" and the group of a
// definition, or "namespace/" and the namespace.
func (o Object) container() string {
	switch {
	case o.Group == "apiextensions.k8s.io" && o.Kind == "CustomResourceDefinition":
		_, group, _ := strings.Cut(o.Name, ".")
		return "group/" + group
	case o.Group == "" && o.Kind == "Namespace":
		return "namespace/" + o.Name
	}
	return ""
}

// within returns the nodes of head that apply objects which go with a container.
func (c *comparison) within(container string) map[string]bool {
	if container == "" {
		return nil
	}
	if c.containers == nil {
		c.containers = map[string]map[string]bool{}
		for key, objects := range c.head.Objects {
			for _, p := range objects {
				c.contain("group/"+p.Group, key)
				c.contain("namespace/"+p.Namespace, key)
			}
		}
	}
	return c.containers[container]
}

func (c *comparison) contain(container, key string) {
	if c.containers[container] == nil {
		c.containers[container] = map[string]bool{}
	}
	c.containers[container][key] = true
}
