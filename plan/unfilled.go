package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// unfilled says which objects of a node hold variables that Flux substituted in the base, and does
// no longer: it applies the text as it stands (fluxcd/pkg/kustomize: SubstituteVariables, which
// does nothing without a value). What is said of names is that the node is stuck.
func (c *comparison) unfilled(v *dag.Vertex) {
	key, at := v.Key(), target(v)
	literal := having(c.head.build(key).Objects, func(o Object) bool { return o.Literal != "" })
	if len(literal) == 0 || c.idle(key) || len(c.acting(key)) == 0 {
		return
	}
	var names []string
	literal = slices.DeleteFunc(literal, func(o Object) bool {
		was := byIdentity(c.base.Objects[c.base.ownerIn(at, o)])[o.identity()]
		if was.Filled {
			for name := range strings.FieldsSeq(o.Literal) {
				names = append(names, "${"+name+"}")
			}
		}
		return !was.Filled
	})
	if n := len(literal); n > 0 {
		names = unique(names)
		c.add(Change{Kind: Content, Node: key, Position: v.Position(), Objects: named(literal), Effect: fmt.Sprintf(
			"What Flux substituted before is applied as it stands: %s of %s. In a field that takes no text, the API server refuses that, and nothing of this node is applied.",
			few(names, maxNamed), plural(n, "object"))})
	}
}

// sameFilled reports whether two objects are the same, however they came by their values.
func sameFilled(a, b Object) bool {
	a.Filled, b.Filled = false, false
	return a == b
}
