package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// refused says what a node stops at that the base did not have: what a rule calls an error
// that Flux does not get over, and fields that cannot be changed in place.
func (c *comparison) refused(v *dag.Vertex) {
	key := v.Key()
	old := c.base.Stops[key]
	for _, d := range c.head.Stops[key] {
		if !slices.ContainsFunc(old, func(o dag.Diagnostic) bool { return o.Code == d.Code && o.Message == d.Message }) {
			effect := fmt.Sprintf("%s%s (%s).", strings.ToUpper(d.Message[:1]), d.Message[1:], d.Code)
			if d.Node != key {
				effect = fmt.Sprintf("Flux cannot apply %s, and so applies and deletes nothing of this node: %s (%s).", d.Node, d.Message, d.Code)
			}
			c.stick(v, effect)
			return
		}
	}
	if sealed := c.head.sealed(v); sealed != "" && (c.base.Graph.Lookup(key) == nil || c.base.sealed(c.base.Graph.Lookup(key)) == "") && len(c.acting(key)) > 0 {
		c.stick(v, sealed+" is encrypted, and spec.decryption is not set: Flux refuses to apply any of it (\"configuring decryption is required\").")
	}
	if fixed := c.unchangeable(v); len(fixed) > 0 && len(c.acting(key)) > 0 {
		effect := fmt.Sprintf("Kubernetes refuses to change %s in what cannot be changed in place: nothing of the node is applied from then on (\"field is immutable\"). With spec.force Flux would delete it and create it anew, and the data of claims with it.", few(named(fixed), 5))
		if slices.ContainsFunc(fixed, func(o Object) bool { return o.Kind == "Job" }) {
			effect += " A Job that is gone already is no hindrance."
		}
		c.stick(v, effect)
	}
}

// unchangeable are the objects of a node that stay under their names, and differ in what
// cannot be changed in place, where nothing has Flux create them anew.
func (c *comparison) unchangeable(v *dag.Vertex) []Object {
	old, now := c.base.build(v.Key()), c.head.build(v.Key())
	if v.Object().Spec.Force || old.breaks() || now.breaks() {
		return nil
	}
	before := map[Object]Object{}
	for _, o := range old.Objects {
		before[o.identity()] = o
	}
	return slices.DeleteFunc(slices.Clone(now.Objects), func(o Object) bool {
		was, there := before[o.identity()]
		return !there || was.Fixed == "" || was.Fixed == o.Fixed || o.Forced || was.Forced || o.Group == "helm.toolkit.fluxcd.io" || o.Group == "fluxcd.controlplane.io"
	})
}

// sealed names an encrypted Secret of a node that cannot decrypt it.
func (s *side) sealed(v *dag.Vertex) string {
	if v.Object().Spec.Decryption != nil {
		return ""
	}
	objects := s.build(v.Key()).Objects
	if i := slices.IndexFunc(objects, func(o Object) bool { return o.Sealed }); i >= 0 {
		return objects[i].String()
	}
	return ""
}
