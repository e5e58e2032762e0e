package plan

// spacesGoing are the Namespaces of a cluster that this change has Flux delete, whichever node does.
// Nothing orders what several nodes delete in one commit, and a node waits for nothing of what it
// deletes itself (fluxcd/pkg, ssa: DeleteAll): the records of a release in such a Namespace may be gone
// before helm-controller looks for them, which takes the release for uninstalled then
// (internal/reconcile/uninstall.go: ErrReleaseNotFound).
func (c *comparison) spacesGoing(at string) []Object {
	if c.spaceless == nil {
		c.spaceless = map[string][]Object{}
		for v, o := range c.base.applied() {
			if o.namespace() != "" && c.lostBy(v.Key())[o.identity()] && len(c.lost([]Object{o}, v.Key())) > 0 {
				c.spaceless[target(v)] = append(c.spaceless[target(v)], o)
			}
		}
	}
	return c.spaceless[at]
}

// tolls are what goes with objects that a node loses, with what this change deletes around them.
func (c *comparison) tolls(objects []Object, by string) []phrase {
	if len(having(objects, Object.release)) == 0 {
		return tolls(objects)
	}
	return tolls(objects, c.spacesGoing(target(c.either(by)))...)
}
