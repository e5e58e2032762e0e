package plan

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// missing are the dependencies of a node that this change takes away, and those that it
// names for the first time and that are nowhere. One that goes on running without a file is
// there, and so is one that goes only when something is mended; others may come from beyond
// a boundary.
func (c *comparison) missing(v *dag.Vertex) (gone, never []string) {
	if !slices.ContainsFunc(v.Object().Spec.DependsOn, func(dep kustomizev1.DependencyReference) bool { return c.head.awaited(v, dep) == nil }) {
		return nil, nil // as nearly always
	}
	for _, key := range dependencies(v) {
		switch {
		case c.head.has(key):
		case c.base.has(key):
			if e := c.end(key); e.gone && !c.pending(e) {
				if to := c.pairs[key]; to != "" {
					key += " (now " + to + ")"
				}
				gone = append(gone, key)
			}
		case c.nowhere(v, key):
			never = append(never, key)
		}
	}
	return gone, never
}

// nowhere reports whether a dependency that a node names for the first time is not there, and
// cannot come from beyond a boundary either.
func (c *comparison) nowhere(v *dag.Vertex, key string) bool {
	namespace, _ := splitKey(key)
	return c.unheard(v, key) && c.bringer(namespace, nil) == ""
}

// unheard reports whether a node names a dependency for the first time that is not found here.
func (c *comparison) unheard(v *dag.Vertex, key string) bool {
	return c.foreign("", nodeObject(key)) && len(c.base.nodes(use{"", "dependency", key})) == 0
}

// neverThere says that dependencies of a node are nowhere.
func (c *comparison) neverThere(v *dag.Vertex, never []string) string {
	said := fmt.Sprintf("It depends on %s, which is nowhere: Flux does not reconcile it.", strings.Join(never, ", "))
	if meant := c.meant(v, "depends on "+never[0]+","); meant != "" && len(never) == 1 {
		return said + meant
	}
	if at := c.inOtherNamespaces(v, never); len(at) > 0 {
		return said + fmt.Sprintf(" There is %s: give that entry of dependsOn its namespace.", strings.Join(at, ", "))
	}
	return said + " \"fluxdag lint\" says what may have been meant."
}

// besides says what a node names in vain beside its source.
func (c *comparison) besides(v *dag.Vertex, never []string) string {
	if len(never) == 0 {
		return ""
	}
	return " " + c.neverThere(v, never)
}

// inOtherNamespaces are the nodes that an entry of dependsOn without a namespace may mean, where
// the node is in another one.
func (c *comparison) inOtherNamespaces(v *dag.Vertex, never []string) []string {
	var at []string
	for _, dep := range v.Object().Spec.DependsOn {
		if dep.Namespace != "" || !slices.Contains(never, dependency(v, dep)) {
			continue
		}
		for u := range c.head.Graph.Vertices() {
			if u.Object().Name == dep.Name {
				at = append(at, u.Key())
			}
		}
	}
	return unique(at)
}
