package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// definition is what defines a kind in a cluster.
type definition struct {
	object   Object
	by       string   // the node that applies it
	versions []string // that it serves, or others of the same name do; none where none lists them
}

// versionless says that a node applies an object by a version that its definition does not serve, or no
// longer, where that definition is in a file. A definition that comes with the version is waited
// for: Flux tries again until it is there.
func (c *comparison) versionless(v *dag.Vertex) string {
	for _, o := range c.head.Objects[v.Key()] {
		d, lacking := c.head.lacksVersion(v, o)
		if !lacking || !c.arrivesFrom(d.by) || c.unservedBefore(v, o) {
			continue
		}
		return fmt.Sprintf("It applies %s by %s/%s, which its definition, %s of %s, does not serve (it serves %s): Flux fails (no matches for kind %q in version %q), and applies nothing of it. Write it by a version that is served, in the same commit or before.",
			o, o.Group, o.Version, d.object, d.by, few(d.versions, 5), o.Kind, o.Group+"/"+o.Version)
	}
	return ""
}

// arrivesFrom reports whether what a node of head applies gets into the cluster.
func (c *comparison) arrivesFrom(by string) bool {
	v := c.head.Graph.Lookup(by)
	return v != nil && !v.Object().Spec.Suspend && c.reached(by) && !c.fails[by] && !c.head.build(by).breaks()
}

// unservedBefore reports whether a node applied an object by a version that was not served in the base.
func (c *comparison) unservedBefore(v *dag.Vertex, o Object) bool {
	before := c.base.Graph.Lookup(v.Key())
	return before != nil && slices.ContainsFunc(c.base.Objects[v.Key()], func(p Object) bool {
		_, lacking := c.base.lacksVersion(before, p)
		return lacking && p.identity() == o.identity() && p.Version == o.Version
	})
}

// lacksVersion returns the definition of an object of a node, and whether that does not serve its
// version. Of the kinds of Flux a rule tells.
func (s *side) lacksVersion(v *dag.Vertex, o Object) (definition, bool) {
	if !strings.Contains(o.Group, ".") || strings.HasSuffix(o.Group, ".toolkit.fluxcd.io") || o.Version == "" || strings.Contains(o.Version, "${") {
		return definition{}, false
	}
	d, known := s.definitions()[target(v)+"|"+o.Group+"/"+o.Kind]
	return d, known && len(d.versions) > 0 && !slices.Contains(d.versions, o.Version)
}

// definitions are those of a side, by the cluster and the kind; of several the last one that Flux
// updates and that says what it serves.
func (s *side) definitions() map[string]definition {
	if s.defines == nil {
		s.defines = map[string]definition{}
		for v := range s.Graph.Vertices() {
			for _, o := range s.Objects[v.Key()] {
				if o.Defines == "" {
					continue
				}
				at := target(v) + "|" + o.Defines
				d, known := s.defines[at]
				if serves := o.Serves != "" && !o.Left; serves {
					d = definition{o, v.Key(), unique(append(d.versions, strings.Fields(o.Serves)...))}
				} else if !known {
					d = definition{object: o, by: v.Key()}
				}
				s.defines[at] = d
			}
		}
	}
	return s.defines
}
