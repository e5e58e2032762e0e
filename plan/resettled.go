package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// settler is an object that is new in head, and the node that applies it.
type settler struct {
	Object
	by string
}

// resettled says of objects that a node loses that another one, or itself, applies them from now
// on in another namespace, where that is so of most: to Flux that is another object, and data does
// not go over.
func (c *comparison) resettled(lost []Object, by string) []phrase {
	var come, anew []Object
	at := target(c.either(by))
	namespaced := having(lost, func(o Object) bool { return o.Namespace != "" })
	to := most(namespaced, len(namespaced), func(o Object) string { return c.twin(o, by).by })
	if to == "" {
		return nil
	}
	for _, o := range namespaced {
		if s := c.twin(o, by); s.by == to {
			come = append(come, s.Object)
			if p, same := c.sameRelease(o, at); !same || p.identity() != s.identity() {
				anew = append(anew, s.Object)
			}
		}
	}
	if len(come) < 2 && !slices.ContainsFunc(come, Object.stateful) {
		return nil
	}
	const lead = " This looks like a move: "
	same := " applies the same in another namespace, " + few(distinct(come, func(o Object) string { return o.Namespace }), 3) + "."
	all := []phrase{{said: lead + to + same, many: lead + "another node" + same}}
	if data := having(anew, func(o Object) bool { return o.stateful() && !c.runs(o, at) }); len(data) > 0 {
		const others = " To Flux these are others, and data does not move with them: new, and without data at first: "
		rest := ". So let both stand side by side, migrate the data, and delete the old ones in a later commit."
		if slices.ContainsFunc(data, Object.release) {
			rest += " Where a chart makes objects without a namespace, such as ClusterRoles, Helm refuses the new release while the old one is there: then the old one has to go first."
		}
		all = append(all, phrase{said: others + few(named(data), 3) + rest, many: others + "each " + strings.Join(distinct(data, func(o Object) string { return o.Kind }), ", ") + rest})
	}
	return all
}

// runs reports whether a release is taken for an operator: its data is not in it, and two of them
// side by side would be after the same definitions.
func (c *comparison) runs(o Object, at string) bool {
	return o.release() && len(c.base.operated(o, at)) > 0
}

// twin returns the only new object of head that has the kind and name of another one, in another
// namespace of its cluster; nothing where there are several.
func (c *comparison) twin(o Object, by string) settler {
	if c.newcomers == nil {
		c.newcomers = map[identity]map[string][]settler{}
		for v := range c.head.Graph.Vertices() {
			c.arriving(v)
		}
	}
	at := o.identity()
	at.Namespace = ""
	if all := c.newcomers[at][target(c.either(by))]; len(all) == 1 && all[0].Namespace != o.Namespace {
		return all[0]
	}
	return settler{}
}

// arriving notes the new objects of a node of head.
func (c *comparison) arriving(v *dag.Vertex) {
	to := target(v)
	for _, o := range c.head.Objects[v.Key()] {
		if o.Namespace == "" || o.kustomization() != "" || c.base.ownerIn(to, o) != "" {
			continue
		}
		at := o.identity()
		at.Namespace = ""
		if c.newcomers[at] == nil {
			c.newcomers[at] = map[string][]settler{}
		}
		c.newcomers[at][to] = append(c.newcomers[at][to], settler{o, v.Key()})
	}
}
