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
	if stops := c.newStops(key); len(stops) > 0 {
		d := stops[0]
		effect := fmt.Sprintf("%s%s (%s).", strings.ToUpper(d.Message[:1]), d.Message[1:], d.Code)
		if d.Node != key {
			effect = fmt.Sprintf("Flux cannot apply %s, and so applies and deletes nothing of this node%s: %s (%s).", d.Node, c.butFirst(key), d.Message, d.Code)
		}
		if d.Code == "FD328" && v.Object().Spec.Prune {
			effect += " A Flux before 2.9 leaves the variable empty, and deletes what that gives another name (plan with its --flux-version)."
		}
		if slices.ContainsFunc(stops, func(d dag.Diagnostic) bool { return !slices.Contains(unready, d.Code) }) {
			c.stick(v, effect)
		} else {
			c.stickUnready(v, effect)
		}
		return
	}
	if len(c.acting(key)) == 0 {
		return
	}
	if sealed := c.newlySealed(v); sealed != "" {
		c.stick(v, sealed+" is encrypted, and spec.decryption is not set: Flux refuses to apply any of it (\"configuring decryption is required\").")
	} else if left := c.newlyNameless(v); left != "" && !c.stopped(key) {
		c.stick(v, "A variable is left in the name of "+left+": the API server refuses that, and Flux applies and deletes nothing of this node. Give it a value in spec.postBuild.")
	}
}

// butFirst says what Flux applies of a node all the same that stops at an object which the API server
// refuses: what others may need comes in stages of its own, and first (fluxcd/pkg/ssa: ApplyAllStaged).
func (c *comparison) butFirst(key string) string {
	first := having(c.head.Objects[key], func(o Object) bool {
		return o.Kind == "CustomResourceDefinition" || o.namespace() != "" || o.Kind == "ClusterRole" || strings.HasSuffix(o.Kind, "Class")
	})
	if len(first) == 0 {
		return ""
	}
	return ", but for what comes first, such as " + few(named(first), 2)
}

// allHalted says of every node that Flux reconciles none of the cluster, for the sake of one that
// the API server admits, and the controller cannot decode. What comes before, it may reconcile.
func (c *comparison) allHalted() {
	if !c.halts() {
		return
	}
	d := c.head.Halts[0]
	for v := range c.head.Graph.Vertices() {
		if c.head.Graph.Lookup(v.Key()) == v && !v.Object().Spec.Suspend {
			c.stickLast(v, fmt.Sprintf("In %s, %s (%s). Nor does a commit that mends it get there: mend it in the cluster by hand.", d.Node, d.Message, d.Code), perhaps)
		}
	}
}

// halts reports whether Flux comes to reconcile no node. Where it did not before, no commit changes
// that.
func (c *comparison) halts() bool { return len(c.head.Halts) > 0 && len(c.base.Halts) == 0 }

// newStops are the findings for which a node of head stops, and did not in the base.
func (c *comparison) newStops(key string) []dag.Diagnostic {
	return slices.DeleteFunc(slices.Clone([]dag.Diagnostic(c.head.Stops[key])), func(d dag.Diagnostic) bool { return stopsBy(c.base.Stops[key], d) })
}

// unserved is the rule about versions that Flux serves no more.
const unserved = "FD333"

// stopsBy reports whether a node stops by findings for what another one is about as well: of objects
// that the API server refuses, one is as bad as two.
func stopsBy(found []dag.Diagnostic, d dag.Diagnostic) bool {
	return slices.ContainsFunc(found, func(o dag.Diagnostic) bool {
		return o.Code == d.Code && o.Node == d.Node && (o.Message == d.Message || !slices.Contains(unready, d.Code))
	})
}

// newlySealed is what sealed names, where that is not so in the base.
func (c *comparison) newlySealed(v *dag.Vertex) string {
	if before := c.base.Graph.Lookup(v.Key()); before != nil && c.base.sealed(before) != "" {
		return ""
	}
	return c.head.sealed(v)
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
