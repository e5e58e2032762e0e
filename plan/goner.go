package plan

import "slices"

// goners counts as deleted the nodes whose file stays, and that Flux deletes all the same. Of
// them nothing else is told but what they delete before, unless all goes at once.
func (c *comparison) goners() {
	going := map[string][]string{}
	for _, change := range c.out.Changes {
		if change.Kind == Delete && c.head.has(change.Node) {
			going[change.Node] = append([]string{}, change.Objects...)
			delete(c.stops, change.Node)
		}
	}
	goes := func(key string) bool { return going[key] != nil }
	for _, list := range []*[]string{&c.out.Changed, &c.out.Unchanged} {
		for _, key := range *list {
			if goes(key) {
				c.out.Deleted = append(c.out.Deleted, key)
			}
		}
		*list = slices.DeleteFunc(*list, goes)
	}
	ends := c.endsItself()
	c.out.Changes = slices.DeleteFunc(c.out.Changes, func(change Change) bool {
		switch change.Kind {
		case Delete, Rename, Unknown:
			return false
		case Prune:
			return goes(change.Node) && ends && len(subtract(change.Objects, going[change.Node])) == 0
		}
		return goes(change.Node)
	})
}
