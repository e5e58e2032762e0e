package plan

import (
	"fmt"
	"slices"
)

// remade reports whether a node does not change an object in place: what it does instead, no
// annotation against pruning holds off.
func (c *comparison) remade(o Object, by string) bool {
	v := c.head.Graph.Lookup(by)
	if v == nil {
		return false
	}
	all := c.replacements(v)
	i := slices.IndexFunc(all, func(r replacement) bool { return r.now.identity() == o.identity() })
	return i >= 0 && !all[i].guessed() && (all[i].now.Group == helmGroup || all[i].forced || all[i].refused())
}

// notInPlace says which of the objects no steps keep, since those that apply them from now on
// do not change them in place.
func (c *comparison) notInPlace(objects []Object, by string) string {
	asBefore := func(n int) string {
		return fmt.Sprintf(" Move %s as in the base, and change that in a commit of its own.", verb(n, "it", "them"))
	}
	said := ""
	some, heirs := c.applied(objects, func(o Object) string {
		if to := c.successorOf(o, by); c.remade(o, to) {
			return to
		}
		return ""
	})
	if n := len(some); n > 0 {
		said = fmt.Sprintf(" No annotation keeps %s: %s does not change %s in place.", few(named(some), maxNamed), heirs, verb(n, "it", "them")) + asBefore(n)
	}
	some, heirs = c.applied(objects, func(o Object) string { return c.refuser(o, by) })
	if n := len(some); n > 0 {
		said += fmt.Sprintf(" %s is to apply %s, which the API server does not let it change in place.", heirs, few(named(some), maxNamed)) + asBefore(n)
	}
	some, heirs = c.applied(objects, func(o Object) string {
		if !c.lostBy(by)[o.identity()] || c.successorOf(o, by) != "" {
			return ""
		}
		return c.sleeper(o, by)
	})
	if n := len(some); n > 0 {
		said += fmt.Sprintf(" %s is suspended, and takes over nothing before it is resumed: %s. To keep %s, move %s while that is not suspended.", heirs, few(named(some), maxNamed), verb(n, "it", "them"), verb(n, "it", "them"))
	}
	return said
}

// sleeper returns the node of head, not by, that builds an object and is suspended.
func (c *comparison) sleeper(o Object, by string) string {
	if c.sleepers == nil {
		c.sleepers = map[string]map[identity]string{}
		for v := range c.head.Graph.Vertices() {
			if !v.Object().Spec.Suspend {
				continue
			}
			at := target(v)
			if c.sleepers[at] == nil {
				c.sleepers[at] = map[identity]string{}
			}
			for _, p := range c.head.build(v.Key()).Objects {
				c.sleepers[at][p.identity()] = v.Key()
			}
		}
	}
	if key := c.sleepers[target(c.either(by))][o.identity()]; key != by {
		return key
	}
	return ""
}

// refuser returns the node of head that is to apply an object which another one deletes, and fails
// until that is gone.
func (c *comparison) refuser(o Object, by string) string {
	if c.refusers == nil {
		c.refusers = map[identity][]string{}
		for _, key := range sortedKeys(c.fails) {
			for _, r := range c.replacements(c.head.Graph.Lookup(key)) {
				if c.giver(key, r) != "" {
					c.refusers[r.now.identity()] = append(c.refusers[r.now.identity()], key)
				}
			}
		}
	}
	for _, key := range c.refusers[o.identity()] {
		if c.base.owner(c.head.Graph.Lookup(key), o) == by {
			return key
		}
	}
	return ""
}

// giver returns the node that deletes what another one is to apply from now on, and is refused.
func (c *comparison) giver(key string, r replacement) string {
	v := c.head.Graph.Lookup(key)
	by := c.base.owner(v, r.now)
	if by == "" || by == key || r.forced || !r.refused() || !c.lostBy(by)[r.now.identity()] {
		return ""
	}
	return by
}
