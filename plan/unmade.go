package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// unmade says that a node checks the health of what is nowhere, for the first time. What a chart
// or a controller may make is taken to be there, unless something has nearly its name.
func (c *comparison) unmade(v *dag.Vertex) string {
	for _, o := range c.unfound(v) {
		switch meant := c.misspelt(target(v), o); {
		case meant != "":
			return fmt.Sprintf("Its healthChecks name %s, which is nowhere: unless something else makes that, it is never ready, and what depends on it waits. Did you mean %s?", o, meant)
		case !c.housemate(v, o):
			return fmt.Sprintf("Its healthChecks name %s, which is nowhere: unless something else makes that, it is never ready, and what depends on it waits.", o)
		}
	}
	return ""
}

// unfound are the objects that a node checks the health of, for the first time, and that are
// nowhere.
func (c *comparison) unfound(v *dag.Vertex) []Object {
	if len(v.Object().Spec.HealthChecks) == 0 {
		return nil
	}
	before := c.base.Graph.Lookup(cmp.Or(c.sources[v.Key()], c.takes[v.Key()], v.Key()))
	var all []Object
	for _, n := range needs(v) {
		if o := n.object; n.as == (use{}) && o.workload() && !checks(before, n.of, o) && c.foreign(n.of, o) && !c.maker(v, o) {
			all = append(all, o)
		}
	}
	return all
}

// unsure says that a chart of another node, or its like, has to make what a node checks the health of.
func (c *comparison) unsure(v *dag.Vertex) string {
	for _, o := range c.unfound(v) {
		if c.misspelt(target(v), o) == "" && c.housemate(v, o) {
			return fmt.Sprintf(" Its healthChecks name %s, which is not found here: unless a chart or a controller makes that, it is never ready, and what depends on it waits.", o)
		}
	}
	return ""
}

// misspelt returns the object that is known in a cluster and has nearly the name of one that is not.
func (c *comparison) misspelt(cluster string, o Object) string {
	meant := nearestTo(o.Name)
	for k := range c.knows[cluster] {
		if k.Group == o.Group && k.Kind == o.Kind && k.Namespace == o.Namespace {
			meant.offer(k.Name, k.String())
		}
	}
	return meant.found
}

// housemate reports whether there is something in the namespace of a workload that may make it,
// under whatever name.
func (c *comparison) housemate(v *dag.Vertex, o Object) bool {
	if o.Group != "apps" && o.Group != "batch" {
		return false
	}
	return slices.ContainsFunc(c.head.users(use{target(v), "namespace", o.Namespace}), func(u user) bool {
		return u.object != nil && (u.object.release() || u.object.custom())
	})
}

// workload reports whether an object is of a kind that nearly only manifests and charts have.
func (o Object) workload() bool {
	return o.Namespace != "" && o.Name != "" && slices.Contains([]string{"apps", "batch", helmGroup, kustomizev1.GroupVersion.Group}, o.Group)
}

// maker reports whether something may make an object, or be it: what lies beyond a boundary, a chart or a
// custom resource of the node itself, or one of that name in the namespace.
func (c *comparison) maker(v *dag.Vertex, o Object) bool {
	if target(v) != "" && len(c.head.Graph.Boundaries()) > 0 || c.bringer(o.Namespace, nil) != "" {
		return true
	}
	for u := range c.head.Graph.Vertices() {
		if target(u) != target(v) {
			continue
		}
		for _, p := range c.head.Objects[u.Key()] {
			makes := p.release() || p.custom() || p.Group == operatorGroup
			if makes && (u == v || p.Group == operatorGroup || slices.Contains(p.namespaces(), o.Namespace) && (strings.Contains(o.Name, p.Name) || strings.Contains(p.Name, o.Name))) {
				return true
			}
		}
	}
	return false
}
