package plan

// namespaceGoes returns the node that deletes a Namespace, and all Kustomizations in it.
func (c *comparison) namespaceGoes(namespace string) string {
	if c.namespaces == nil {
		c.namespaces, c.namespaced = map[string]string{}, map[string][]string{}
		for v := range c.base.Graph.Vertices() {
			for _, o := range c.base.Objects[v.Key()] {
				if o.Group == "" && o.Kind == "Namespace" && !o.Kept && v.Object().Spec.KubeConfig == nil {
					c.namespaced[o.Name] = append(c.namespaced[o.Name], v.Key())
				}
			}
		}
	}
	if by, known := c.namespaces[namespace]; known {
		return by
	}
	c.namespaces[namespace] = "" // where a node applies its own
	for _, key := range c.namespaced[namespace] {
		if c.drops(key, namespace) {
			c.namespaces[namespace] = key
			delete(c.ends, key) // it may lie in the Namespace itself
		}
	}
	return c.namespaces[namespace]
}

// drops reports whether a node deletes a Namespace that it applied, and no other one
// applies.
func (c *comparison) drops(key, namespace string) bool {
	o := Object{Kind: "Namespace", Name: namespace}
	if heir := c.heir(c.base.Graph.Lookup(key), o); heir != "" && heir != key && !c.head.spares[heir][o.identity()] && c.heldBack(heir, key) == "" {
		return false
	}
	if c.end(key).gone {
		return c.goes(key)
	}
	return c.loses(key).namespaces[namespace]
}
