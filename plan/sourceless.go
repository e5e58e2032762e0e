package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// sourceKnown reports whether the source of a node of head is there as far as can be told: a
// node applies it, the base builds from it, or the cluster begins with it. What a controller
// makes is taken to be there; a kind that is none of a source is refused by the API server, which is
// told beside (FD218).
func (c *comparison) sourceKnown(v *dag.Vertex) bool {
	s := v.Object().Spec.SourceRef
	fetched := s.Kind == "GitRepository" || s.Kind == "OCIRepository" || s.Kind == "Bucket"
	return !fetched || s.Name == "" || !c.tells() || !c.foreign("", sourceObject(v))
}

// sourceObject is what a node builds from.
func sourceObject(v *dag.Vertex) Object {
	s := sourceOf(v)
	return Object{Group: sourceGroup, Kind: s.Kind, Namespace: s.Namespace, Name: s.Name}
}

// sourceless says that the source of a node is nowhere, or goes with this change; nothing where
// it may be there.
func (c *comparison) sourceless(v *dag.Vertex) string {
	switch s := sourceOf(v); {
	case v.Object().Spec.Suspend:
		return ""
	case c.sourceGoes(v):
		return fmt.Sprintf("Its source, %s, goes with this change: once Flux has deleted that, it builds nothing of this node (\"not found\"), and applies and deletes nothing of it.", sourceName(v))
	case c.sourceKnown(v):
		return ""
	case c.bringer(s.Namespace, v) == "":
		return fmt.Sprintf("Its source, %s, is nowhere: unless somebody makes it by hand, Flux builds nothing of this node (\"not found\"), and applies and deletes nothing of it.%s", sourceName(v), cmp.Or(c.inOther(v), c.meant(v, "the source "+sourceName(v)+" ")))
	case c.meant(v, "the source "+sourceName(v)+" ") != "":
		return c.doubtfulSource(v)
	}
	return ""
}

// inOther says where a source of that kind and name is, where a node looks for it in its own
// namespace.
func (c *comparison) inOther(v *dag.Vertex) string {
	wanted := v.Object().Spec.SourceRef
	if wanted.Namespace != "" {
		return ""
	}
	for _, s := range []*side{c.head, c.base} {
		for _, name := range sortedKeys(s.Fetches) {
			kind, key, _ := strings.Cut(name, " ")
			if namespace, of := splitKey(key); kind == wanted.Kind && of == wanted.Name {
				return fmt.Sprintf(" There is one in namespace %[1]s: set spec.sourceRef.namespace: %[1]s.", namespace)
			}
		}
	}
	return ""
}

// sourceGoes reports whether the source of a node goes, and nothing else brings it.
func (c *comparison) sourceGoes(v *dag.Vertex) bool {
	return c.sourcePruned(v) && c.bringer(sourceOf(v).Namespace, v) == ""
}

// sourcePruned reports whether the node of the base that applied the source of a node deletes it.
func (c *comparison) sourcePruned(v *dag.Vertex) bool {
	name := sourceName(v)
	pruned, known := c.pruned[name]
	if _, applied := c.base.Fetches[name]; applied && !known && c.head.Build != nil && !c.gone {
		_, still := c.head.Fetches[name]
		pruned = !still && c.prunesSource(sourceObject(v))
		c.pruned[name] = pruned
	}
	return pruned
}

func (c *comparison) prunesSource(o Object) bool {
	by := c.base.ownerIn("", o)
	v := c.base.Graph.Lookup(by)
	if v == nil || !v.Object().Spec.Prune || v.Object().Spec.Suspend || c.fails[by] || c.head.build(by).breaks() {
		return false
	}
	if goes, _ := deletes(&v.Object().Spec); !goes && !c.head.has(by) {
		return false
	}
	return !slices.ContainsFunc(c.base.build(by).Objects, func(p Object) bool { return p.identity() == o.identity() && p.Kept })
}
