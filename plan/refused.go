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
