package plan

import "fmt"

// remade reports whether a node does not change an object in place: what it does instead, no
// annotation against pruning holds off.
func (c *comparison) remade(o Object, by string) bool {
	all, known := c.remakes[by]
	if !known {
		all = map[identity]bool{}
		if v := c.head.Graph.Lookup(by); v != nil {
			for _, r := range c.replacements(v) {
				all[r.now.identity()] = r.now.Group == helmGroup || r.forced || r.refused()
			}
		}
		if c.remakes == nil {
			c.remakes = map[string]map[identity]bool{}
		}
		c.remakes[by] = all
	}
	return all[o.identity()]
}

// notInPlace says which of the objects no steps keep, since those that apply them from now on
// do not change them in place.
func (c *comparison) notInPlace(objects []Object, by string) string {
	some, heirs := c.applied(objects, func(o Object) string {
		if to := c.successorOf(o, by); c.remade(o, to) {
			return to
		}
		return ""
	})
	if len(some) == 0 {
		return ""
	}
	return fmt.Sprintf(" No annotation keeps %s: %s does not change %s in place. Move %s as in the base, and change that in a commit of its own.",
		few(named(some), maxNamed), heirs, verb(len(some), "it", "them"), verb(len(some), "it", "them"))
}
