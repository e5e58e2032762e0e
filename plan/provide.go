package plan

// provider returns an object of the base that provides what a node needs and goes, with the
// node that deletes it, where nothing that provides it stays or comes; else nothing.
func (c *comparison) provider(what string) (gone Object, by string) {
	for _, o := range c.head.providers(what) {
		if c.heirIn("", o) != "" {
			return Object{}, ""
		}
	}
	for _, o := range c.base.providers(what) {
		owner := c.base.ownerIn("", o)
		if !c.lostBy(owner)[o.identity()] {
			return Object{}, ""
		}
		gone, by = o, owner
	}
	return gone, by
}

// providers are the objects of the cluster that Flux is in which provide what nodes need.
func (s *side) providers(what string) []Object {
	if s.provided == nil {
		s.provided = map[string][]Object{}
		for v := range s.Graph.Vertices() {
			for _, o := range s.build(v.Key()).Objects {
				if target(v) != "" {
					break
				}
				for _, as := range o.provides() {
					s.provided[as] = append(s.provided[as], o)
				}
			}
		}
	}
	return s.provided[what]
}
