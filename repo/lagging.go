package repo

import (
	"maps"
	"reflect"
)

// Ignores returns the lines of spec.ignore of the sources from which everything is built by
// just these lines, by "Kind namespace/name". That is the root's own, unless what it says in
// the cluster is not what its file says.
func (c *Cluster) Ignores() map[string]string { return maps.Clone(c.ignores) }

// ignoresAsRead reports whether the root's source, as it is in the cluster, leaves out what was
// left out here.
func (c *cluster) ignoresAsRead(object map[string]any) bool {
	ignore := text(object, "spec", "ignore")
	return !IsSymbolic(ignore) && reflect.DeepEqual(ignoreRules(ignore), ignoreRules(c.root.ignore))
}

// Lagging returns the cluster for [Cluster.Applies] as it is while its source leaves out what
// it did at an earlier revision: source-controller packs the new files by the spec.ignore that
// the source has, until the new one is applied from them. It is nil where both are the same.
func (c *Cluster) Lagging(earlier *Cluster) *Cluster {
	if len(c.ignores) == 0 || len(earlier.ignores) == 0 || maps.Equal(c.ignores, earlier.ignores) || earlier.ArtifactRoot != c.ArtifactRoot {
		return nil
	}
	out, site := *c, *c.site
	site.root.ignore = earlier.site.root.ignore
	t, err := newTree(c.index.base, site.root.prefix, site.root.ignore, c.index)
	if err != nil {
		return nil
	}
	site.tree, site.artifacts, out.site = t, nil, &site
	site.arrange()
	return &out
}
