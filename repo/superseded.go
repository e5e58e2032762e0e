package repo

import (
	"path"
	"slices"
	"strings"
)

// dropSuperseded drops the roots that are left over from before a repository was
// moved to another one: a folder of a root's that is a root too, and brings the same
// Kustomizations. Both in one cluster would be two of each; the one whose
// declaration is applied is in use, and without a sign the outer, which holds all.
func (l *loader) dropSuperseded() {
	dropped := map[*cluster]bool{}
	for _, outer := range l.clusters {
		for _, inner := range l.clusters {
			if outer.root.prefix != inner.root.prefix || outer.root.path == inner.root.path || !under(outer.root.path, inner.root.path) || !outer.includes(inner) {
				continue
			}
			if inner.declared() {
				dropped[outer] = true
			} else {
				dropped[inner] = true
			}
		}
	}
	l.clusters = slices.DeleteFunc(l.clusters, func(c *cluster) bool { return dropped[c] })
}

// includes reports whether a cluster has every Kustomization of another one, from
// the same documents, and there are any.
func (c *cluster) includes(other *cluster) bool {
	written := 0
	for k, n := range other.nodes {
		if n.document == nil || len(n.appliers) == 0 {
			continue // the root itself
		}
		if same := c.nodes[k]; same == nil || same.document != n.document {
			return false
		}
		written++
	}
	return written > 0
}

// declared reports whether the cluster applies what declares its own root. The values
// of a chart are no object: the kustomization.yaml that makes a ConfigMap of them
// stands beside them or one folder above.
func (c *cluster) declared() bool {
	declaration := c.root.pos.File
	if c.reached[declaration] {
		return true
	}
	if !strings.Contains(path.Base(declaration), "values") {
		return false
	}
	above := path.Dir(path.Dir(declaration))
	for file := range c.reached {
		if dir := path.Dir(file); dir == path.Dir(declaration) || dir == above {
			return true
		}
	}
	return false
}
