package plan

import (
	"maps"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// borrow builds the nodes of head with the ConfigMaps of the base that give their variables,
// where head holds these no longer only since the node that applies them cannot be built:
// they stay in the cluster as they are.
func (c *comparison) borrow() {
	if c.head.Late == nil {
		return
	}
	cloned := false // they are not ours
	for v := range c.head.Graph.Vertices() {
		if !c.borrows(v) {
			continue
		}
		key := v.Key()
		b, differs := c.head.Late(v)
		if !differs {
			continue
		}
		if !cloned {
			c.head.Objects, c.head.Stops, cloned = maps.Clone(c.head.Objects), maps.Clone(c.head.Stops), true
			if c.head.Stops == nil {
				c.head.Stops = map[string]dag.Diagnostics{}
			}
		}
		c.head.Objects[key], c.head.partial[key], c.head.fails[key] = b.Objects, b.Partial, b.Fails
		c.head.Stops[key] = slices.DeleteFunc(slices.Clone(c.head.Stops[key]), func(d dag.Diagnostic) bool { return d.Code == "FD328" }) // a variable without a value
		if before := c.base.Graph.Lookup(key); before != nil && !c.sameAsHead(before) {
			c.builds[before], _ = c.head.Late(before)
		}
	}
}

// borrows reports whether a node takes variables from a ConfigMap that is applied by one which
// cannot be built any more.
func (c *comparison) borrows(v *dag.Vertex) bool {
	if v.Object().Spec.PostBuild == nil {
		return false
	}
	for _, ref := range v.Object().Spec.PostBuild.SubstituteFrom {
		if ref.Kind != "ConfigMap" {
			continue
		}
		by := c.base.ownerIn("", Object{Kind: ref.Kind, Namespace: v.Object().Namespace, Name: ref.Name})
		if by != "" && by != v.Key() && c.head.has(by) && c.head.build(by).breaks() {
			return true
		}
	}
	return false
}
