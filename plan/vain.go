package plan

import (
	"fmt"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// inVain reports whether Flux applies nothing by the new spec of a node of both sides: that depends
// on what is nowhere, or on itself, runs as nobody, or has an expression that does not compile. By its old spec it
// may see this revision before.
func (c *comparison) inVain(key string) bool {
	v := c.head.Graph.Lookup(key)
	if v == nil || !c.base.has(key) {
		return false
	}
	return c.waitsInVain(v) || c.unknownAccount(v) != "" || slices.ContainsFunc(c.newStops(key), func(d dag.Diagnostic) bool { return c.uncompiled(key, d) })
}

// waitsInVain reports whether a node depends on itself, or on what is nowhere, and did not.
func (c *comparison) waitsInVain(v *dag.Vertex) bool {
	if before := c.base.Graph.Lookup(v.Key()); dependsOn(v, v.Key()) && (before == nil || !dependsOn(before, v.Key())) {
		return true
	}
	return slices.ContainsFunc(v.Object().Spec.DependsOn, func(dep kustomizev1.DependencyReference) bool {
		return c.head.awaited(v, dep) == nil && c.nowhere(v, dependency(v, dep))
	})
}

// uncompiled reports whether a finding is of an expression of a node that does not compile, where
// the spec that it has does: the controller stalls it at its new spec.
func (c *comparison) uncompiled(key string, d dag.Diagnostic) bool {
	const syntax = "FD225"
	return d.Code == syntax && d.Node == key && c.base.has(key) && !slices.ContainsFunc(c.base.Stops[key], func(o dag.Diagnostic) bool { return o.Code == syntax })
}

// bereaved are the dependencies of a node that this change takes away.
func (c *comparison) bereaved(key string) []string {
	v := c.head.Graph.Lookup(key)
	if v == nil || v.Object().Spec.Suspend {
		return nil
	}
	gone, _ := c.missing(v)
	return gone
}

// encircled reports whether a node lies in a cycle, and did not.
func (c *comparison) encircled(key string) bool {
	return c.head.circling(key) && !c.base.circling(key)
}

// mute reports whether Flux applies nothing of a node by what it has in head, so that nothing is
// told of what it applies.
func (c *comparison) mute(key string) bool {
	return c.idle(key) || c.inVain(key) || len(c.bereaved(key)) > 0 || c.encircled(key)
}

// onlyWhere says when a node deletes something that may not come to see this revision: it is stuck
// from then on.
func (c *comparison) onlyWhere(key, subject string) string {
	const only = " It does so only where %s sees this revision before "
	switch gone := c.bereaved(key); {
	case c.inVain(key):
		return fmt.Sprintf(only+"its new spec, by which Flux applies and deletes nothing of it; else once that is mended, and no later plan can tell.", subject)
	case len(gone) > 0 && c.outlived(key):
		return fmt.Sprintf(" Not yet: until %s no longer waits for %s, Flux deletes nothing of it.", subject, few(gone, 3))
	case len(gone) > 0:
		return fmt.Sprintf(only+"%s is deleted, for which it waits.", subject, few(gone, 3))
	case c.encircled(key):
		return fmt.Sprintf(only+"the new specs, by which it waits in a circle; else once that is mended, and no later plan can tell.", subject)
	}
	return ""
}

// outlived reports whether a node waits by its old spec too for a dependency that goes, and that
// never has this revision: it cannot be built from it.
func (c *comparison) outlived(key string) bool {
	before := c.base.Graph.Lookup(key)
	return before != nil && slices.ContainsFunc(dependencies(before), func(on string) bool {
		return !c.head.has(on) && c.base.orders(before, on) && !slices.ContainsFunc(c.acting(on), func(u *dag.Vertex) bool { return !c.build(u).breaks() })
	})
}
