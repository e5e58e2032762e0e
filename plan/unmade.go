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
// or a controller may make is taken to be there.
func (c *comparison) unmade(v *dag.Vertex) string {
	if len(v.Object().Spec.HealthChecks) == 0 || c.head.Build == nil {
		return ""
	}
	checks := func(u *dag.Vertex, o Object) bool {
		return u != nil && slices.ContainsFunc(needs(u), func(n need) bool { return n.as == "" && n.object.identity() == o.identity() })
	}
	before := c.base.Graph.Lookup(cmp.Or(c.sources[v.Key()], c.takes[v.Key()], v.Key()))
	for _, n := range needs(v) {
		if o := n.object; n.as == "" && o.workload() && !strings.Contains(o.String(), "${") && !checks(before, o) && !c.known(n.of, o) && !c.maker(v, o) {
			return fmt.Sprintf("Its healthChecks name %s, which is nowhere: unless something else makes that, it is never ready, and what depends on it waits.", o)
		}
	}
	return ""
}

// workload reports whether an object is of a kind that nearly only manifests and charts have.
func (o Object) workload() bool {
	return o.Namespace != "" && o.Name != "" && slices.Contains([]string{"apps", "batch", helmGroup, kustomizev1.GroupVersion.Group}, o.Group)
}

// known reports whether a node of either side applies an object of a cluster.
func (c *comparison) known(cluster string, o Object) bool {
	if c.knows == nil {
		c.knows = map[string]map[identity]bool{}
		for _, s := range []*side{c.base, c.head} {
			for v := range s.Graph.Vertices() {
				to := target(v)
				if c.knows[to] == nil {
					c.knows[to] = map[identity]bool{}
				}
				c.knows[to][identity{kustomizev1.GroupVersion.Group, kustomizev1.KustomizationKind, v.Object().Namespace, v.Object().Name}] = true
				for _, p := range s.Objects[v.Key()] {
					c.knows[to][p.identity()] = true
				}
			}
		}
	}
	return c.knows[cluster][o.identity()]
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
			if p.Kind == o.Kind && strings.Contains(p.Namespace+"/"+p.Name, "${") { // which may be it
				return true
			}
			makes := p.release() || p.custom() || p.Group == operatorGroup
			if makes && (u == v || p.Group == operatorGroup || slices.Contains(p.namespaces(), o.Namespace) && (strings.Contains(o.Name, p.Name) || strings.Contains(p.Name, o.Name))) {
				return true
			}
		}
	}
	return false
}
