package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// heir returns the node of head that applies an object in the cluster to which a node
// applies its own, or nothing. Its spec has to arrive, and it must not be suspended.
func (c *comparison) heir(from *dag.Vertex, o Object) string {
	if c.head.owners == nil {
		c.head.own(func(v *dag.Vertex) bool { return !v.Object().Spec.Suspend && c.reached(v.Key()) })
	}
	return c.head.owner(from, o)
}

// owner returns the node that applies an object in the cluster to which a node applies its
// own; the last one where there are several.
func (s *side) owner(from *dag.Vertex, o Object) string {
	if s.owners == nil {
		s.own(func(*dag.Vertex) bool { return true })
	}
	return s.owners[target(from)][o.identity()]
}

func (s *side) own(counts func(*dag.Vertex) bool) {
	s.owners = map[string]map[Object]string{}
	for v := range s.Graph.Vertices() {
		b := s.build(v.Key())
		if b.Fails || b.Partial || !counts(v) {
			continue
		}
		to := target(v)
		if s.owners[to] == nil {
			s.owners[to] = map[Object]string{}
		}
		for _, o := range b.Objects {
			s.owners[to][o.identity()] = v.Key()
		}
	}
}

// other returns the node of head, not by, that applies an object which Flux does not keep.
func (c *comparison) other(o Object, by string) string {
	heir := c.heir(c.either(by), o)
	if o.Kept || heir == by {
		return ""
	}
	return heir
}

// either returns a node as the base has it, or as head has it.
func (c *comparison) either(key string) *dag.Vertex {
	if v := c.base.Graph.Lookup(key); v != nil {
		return v
	}
	return c.head.Graph.Lookup(key)
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

// alongWith says which nodes lose objects where definitions and namespaces go: the API
// server deletes all custom resources with their definition, and everything in a namespace
// with it, Kustomizations too.
func (c *comparison) alongWith(lost []Object, by string) string {
	var containers, inside []string
	losers := map[string]bool{}
	own := false
	for _, o := range lost {
		within := c.within(c.either(by), o.container())
		own = own || within[by]
		before := len(losers)
		maps.Copy(losers, within)
		delete(losers, by)
		if len(losers) > before {
			containers = append(containers, o.String())
		}
		if o.Group == "" && o.Kind == "Namespace" && target(c.either(by)) == "" {
			inside = append(inside, c.inside(o.Name)...)
		}
	}
	said := ""
	if len(losers) > 0 {
		said = fmt.Sprintf(" With %s goes what others apply there: %s.", few(containers, 3), few(sortedKeys(losers), 5))
	}
	if own {
		said += " What it applies there itself goes too."
	}
	if len(inside) > 0 {
		said += fmt.Sprintf(" So do the Kustomizations in it: %s.", few(inside, 5))
	}
	return said + c.withoutSource(lost)
}

// inside are the Kustomizations of the base that lie in a namespace.
func (c *comparison) inside(namespace string) []string {
	var keys []string
	for v := range c.base.Graph.Vertices() {
		if v.Object().Namespace == namespace {
			keys = append(keys, v.Key())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
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

// within returns the nodes of head that apply objects which go with a container, in the
// cluster to which a node applies its own.
func (c *comparison) within(from *dag.Vertex, container string) map[string]bool {
	if container == "" {
		return nil
	}
	if c.containers == nil {
		c.containers = map[string]map[string]bool{}
		for v := range c.head.Graph.Vertices() {
			for _, p := range c.head.Objects[v.Key()] {
				c.contain(target(v)+"group/"+p.Group, v.Key())
				c.contain(target(v)+"namespace/"+p.Namespace, v.Key())
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
