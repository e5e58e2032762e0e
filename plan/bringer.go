package plan

import "github.com/tazlab/fluxdag/dag"

// What a node names and nothing here applies may be applied all the same: by hand, or by what
// lies beyond a boundary. The base tells of the first: what its nodes use is there. Of the
// second only those boundaries count that can bring something into the namespace.
//
// So there are two answers for what nothing here applies, and the base does not use: it is nowhere
// where no boundary can bring it (nowhere, sourceless, unprovided, unmade, outcast), which makes the
// node stuck; or else doubtful (doubtful, unsure, strange), which is said with another change of it.
// Of both, unheard, unfound and unhoused are the candidates: dependencies, health checks, Namespaces.
// What is the same for all of these is in foreign (nothing here has it) and absent (nor does anything
// bring it); of Namespaces and Secrets more is known, see spacesOf and namers.

// bringer is what may apply objects that are not known here.
type bringer struct {
	node string // that is why; empty where none is known
	into string // the only namespace into which it applies anything; empty for all
	what string
}

// bringers are those of Flux's own cluster.
func (c *comparison) bringers() []bringer {
	if c.bring != nil {
		return c.bring
	}
	c.bring = []bringer{}
	add := func(node, kind, what string) {
		b := bringer{node: node, what: what}
		if u := c.head.Graph.Lookup(node); u != nil {
			if target(u) != "" || kind == "source" && (!c.sourceKnown(u) || c.sourcePruned(u)) {
				return
			}
			b.into = u.Object().Spec.TargetNamespace
		}
		c.bring = append(c.bring, b)
	}
	for _, b := range c.head.Graph.Boundaries() {
		add(b.Node, b.Kind, b.Kind+" "+b.What)
	}
	for _, d := range c.head.Unread {
		add(d.Node, "", "what cannot be read")
	}
	return c.bring
}

// bringer names what may apply objects into a namespace that are not known here, but for a node
// itself; nothing where all is known.
func (c *comparison) bringer(namespace string, but *dag.Vertex) string {
	for _, b := range c.bringers() {
		if (b.into == "" || b.into == namespace) && (but == nil || b.node != but.Key()) {
			return b.what
		}
	}
	return ""
}
