package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// absent reports whether an object that head names, in the cluster that Flux is in, is nowhere:
// nothing here has it, and nothing beyond a boundary may bring it, but for one of a node itself.
func (c *comparison) absent(o Object, but *dag.Vertex) bool {
	return c.foreign("", o) && c.tells() && c.bringer(o.Namespace, but) == "" && !c.generates()
}

// foreign reports whether nothing here has an object of a cluster: no node of either side applies it,
// or what provides it, and the base does not use it, so that it was not made by hand either.
func (c *comparison) foreign(cluster string, o Object) bool {
	return c.head.Build != nil && !strings.Contains(o.String(), "${") && !c.there(cluster, o) && len(c.base.usersOf(cluster, o)) == 0
}

// tells reports whether the base tells of what was made by hand: that of a new cluster does not.
func (c *comparison) tells() bool { return c.base.Graph.Len() > 0 }

// there reports whether a node of either side applies an object of a cluster, or something that
// provides it, or may, by a name that only the cluster knows.
func (c *comparison) there(cluster string, o Object) bool {
	_, fetched := c.head.Fetches[o.String()]
	return c.known(cluster, o) || c.unnamed[cluster][identity{Group: o.Group, Kind: o.Kind}] || slices.ContainsFunc(o.provides(cluster), c.made) ||
		cluster == "" && o.Group == sourceGroup && (fetched || o.String() == c.rootSource())
}

// known reports whether a node of either side applies an object of a cluster, or it is applied with the root.
func (c *comparison) known(cluster string, o Object) bool {
	if c.knows == nil {
		c.knows, c.unnamed = map[string]map[identity]bool{}, map[string]map[identity]bool{}
		for _, s := range []*side{c.base, c.head} {
			c.know("", s.ByHand)
			for v := range s.Graph.Vertices() {
				c.know("", []Object{nodeObject(v.Key())})
				c.know(target(v), s.Objects[v.Key()])
			}
		}
	}
	return c.knows[cluster][o.identity()]
}

func (c *comparison) know(cluster string, objects []Object) {
	if c.knows[cluster] == nil {
		c.knows[cluster], c.unnamed[cluster] = map[identity]bool{}, map[identity]bool{}
	}
	for _, o := range objects {
		c.knows[cluster][o.identity()] = true
		if strings.Contains(o.Namespace+"/"+o.Name, "${") {
			c.unnamed[cluster][identity{Group: o.Group, Kind: o.Kind}] = true
		}
	}
}

// made reports whether a node of either side applies what provides something.
func (c *comparison) made(what use) bool {
	return len(c.head.providers(what))+len(c.base.providers(what)) > 0
}

// rootSource names what the cluster begins with.
func (c *comparison) rootSource() string {
	if root := c.head.Graph.Lookup(c.head.SyncRoot); root != nil {
		return sourceName(root)
	}
	return ""
}

// generates reports whether something in head may make releases and sources that are not known. A
// FluxInstance makes none but Flux's own, and the source that the cluster begins with.
func (c *comparison) generates() bool {
	return slices.ContainsFunc(readerGroups, func(group string) bool {
		return slices.ContainsFunc(c.head.users(use{"", "group", group}), func(u user) bool { return u.object.Kind != "FluxInstance" && u.object.Kind != "FluxReport" })
	})
}
