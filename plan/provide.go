package plan

// provider returns an object of the base that provides what a node or a release needs and goes, with the
// node that deletes it, where nothing that provides it stays or comes; else nothing.
func (c *comparison) provider(what use) (gone Object, by string) {
	for _, o := range c.head.providers(what) {
		if c.heirIn(what.cluster, o) != "" {
			return Object{}, ""
		}
	}
	for _, o := range c.base.providers(what) {
		owner := c.base.ownerIn(what.cluster, o)
		if !c.lostBy(owner)[o.identity()] {
			return Object{}, ""
		}
		gone, by = o, owner
	}
	return gone, by
}

// providers are the objects of a side that provide something.
func (s *side) providers(what use) []Object {
	if s.provided == nil {
		s.provided = map[use][]Object{}
		for v := range s.Graph.Vertices() {
			for _, o := range s.build(v.Key()).Objects {
				for _, as := range o.provides(target(v)) {
					s.provided[as] = append(s.provided[as], o)
				}
			}
		}
	}
	return s.provided[what]
}
