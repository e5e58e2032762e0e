package plan

import (
	"fmt"
	"slices"
)

// together is the commit that moves what is annotated to be kept. What the change does to the
// nodes that lose and get it, and to those that wait for these, is part of it: without its new
// owner nothing takes it over, and one that loses its last file cannot be built, nor does what
// waits for it go on.
func (c *comparison) together(all []moved, from string) string {
	const safe = ", with the annotation: whoever comes first, none of them is deleted."
	parts := c.belonging(all, from)
	if len(parts) == 0 {
		return "Commit and merge the move of these alone" + safe
	}
	said := "Commit and merge the move of these" + safe + " With it goes what this change does to " + few(parts, maxNamed) + "."
	return said + c.lostWith(from, all)
}

// belonging names the nodes that change with a move, and their files.
func (c *comparison) belonging(all []moved, from string) []string {
	keys, ends := []string{from}, map[string]bool{from: true}
	for _, m := range all {
		if ends[m.to] = true; !slices.Contains(keys, m.to) {
			keys = append(keys, m.to)
		}
		if child := c.head.node(c.either(from), m.Object); child != nil {
			keys = append(keys, child.Key())
		}
	}
	for i := 0; i < len(keys); i++ { // what is new, and waited for
		if v := c.head.Graph.Lookup(keys[i]); v != nil {
			for _, dep := range dependencies(v) {
				if c.head.has(dep) && !c.base.has(dep) && !slices.Contains(keys, dep) {
					keys = append(keys, dep)
				}
			}
		}
	}
	for end := range ends {
		keys = append(keys, c.redirected(end)...)
	}
	var parts []string
	for _, key := range unique(keys) {
		if said := c.changed(key); said != "" {
			parts = append(parts, said)
		}
	}
	return parts
}

// redirected are the nodes of both sides that wait for a node on one of them only.
func (c *comparison) redirected(key string) []string {
	if c.redirects == nil {
		c.redirects = map[string][]string{}
		for v := range c.head.Graph.Vertices() {
			if before := c.base.Graph.Lookup(v.Key()); before != nil {
				old, now := dependencies(before), dependencies(v)
				for _, on := range slices.Concat(subtract(old, now), subtract(now, old)) {
					c.redirects[on] = append(c.redirects[on], v.Key())
				}
			}
		}
	}
	return c.redirects[key]
}

// changed names a node whose file this change touches, and that; nothing for any other.
func (c *comparison) changed(key string) string {
	before, now := c.base.Graph.Lookup(key), c.head.Graph.Lookup(key)
	switch {
	case before == nil:
		return fmt.Sprintf("%s (new: %s)", key, fileOf(now))
	case now == nil:
		return fmt.Sprintf("%s (deleted from %s)", key, fileOf(before))
	case fileOf(before) != fileOf(now):
		return fmt.Sprintf("%s (%s, before %s)", key, fileOf(now), fileOf(before))
	case len(specFields(before, now)) > 0:
		return fmt.Sprintf("%s (%s)", key, fileOf(now))
	}
	return ""
}
