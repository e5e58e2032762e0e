package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

func contentEffect(fresh, other []Object) string {
	var parts []string
	if len(fresh) > 0 {
		parts = append(parts, plural(len(fresh), "new object"))
	}
	if len(other) > 0 {
		parts = append(parts, plural(len(other), "object")+" with other content")
	}
	return "Applies " + strings.Join(parts, " and ") + "."
}

// addition is the change of a new node.
func (c *comparison) addition(v *dag.Vertex) Change {
	change := Change{Kind: Add, Node: v.Key(), Position: v.Position(), Effect: "Flux creates it, and applies it as soon as the source is there."}
	if deps := dependencies(v); c.idle(v.Key()) {
		change.Effect = "Flux creates it, and applies nothing of it."
	} else if len(deps) > 0 {
		change.Effect = fmt.Sprintf("Flux creates it, and applies it when %s ready.", are(few(deps, 3), len(deps)))
	}
	if v.Object().Spec.Suspend {
		change.Effect = "Flux creates it, suspended: nothing is applied."
	}
	if objects, known := c.head.applies(v.Key()); known {
		change.Objects = named(objects)
	}
	if !v.Object().Spec.Suspend && !c.idle(v.Key()) {
		b := c.head.build(v.Key())
		c.soFar(&change, v, slices.Concat(c.head.withoutNodes(v, b.Objects), c.contested(v, b.Objects)))
		c.twice(&change, v, b.Objects)
		c.undeciphered(&change, v)
		if b.elsewhere() {
			change.Effect += " What it applies is in " + few(b.Beyond, 3) + ", which is not known here."
		}
	}
	if c.doubt(onlyBase) {
		change.Effect += " Not certain: it may be in the base as well, in what could not be read."
	}
	return change
}

func are(names string, n int) string { return names + " " + verb(n, "is", "are") }
