package plan

import (
	"fmt"
	"path"
	"slices"
)

// A FluxInstance says where Flux begins, and a node may apply that. So a cluster goes over to another
// folder by a commit, whether the old one is still there or not: the Flux Operator writes the new
// path into the sync Kustomization.

// over is a cluster of head that one of the base becomes.
type over struct {
	base int    // its index
	by   string // the node that has it go over
}

// goingOver finds the clusters that go over to another folder, by their index in head, and returns
// head without what is only left in the old ones.
func goingOver(base, head []Side) ([]Side, map[int]over) {
	var rest []Side
	all := map[int]over{}
	for _, h := range head {
		if j := slices.IndexFunc(base, func(b Side) bool { return b.Root == h.Root && h.SyncRoot == "" }); j >= 0 && slices.ContainsFunc(head, func(to Side) bool { return goesOverTo(base, base[j], to) != "" }) {
			continue
		}
		for j, b := range base {
			if by := goesOverTo(base, b, h); by != "" {
				all[len(rest)] = over{j, by}
			}
		}
		rest = append(rest, h)
	}
	return rest, all
}

// goesOverTo names the node by which a cluster of the base goes over to the folder of one of head:
// by the spec that it has, it applies with the files of head what says so.
func goesOverTo(base []Side, b, h Side) string {
	if h.SyncRoot == "" || b.SyncRoot != h.SyncRoot || h.Build == nil || slices.ContainsFunc(base, func(b Side) bool { return b.Root == h.Root }) {
		return ""
	}
	for v := range b.Graph.Vertices() {
		syncs := func(o Object) bool { return o.Syncs != "" }
		if v.Object().Spec.Suspend || target(v) != "" || !slices.ContainsFunc(b.Objects[v.Key()], syncs) && !slices.ContainsFunc(h.Objects[v.Key()], syncs) {
			continue
		}
		if build := h.Build(v); !build.breaks() && slices.ContainsFunc(build.Objects, func(o Object) bool { return o.syncs(h) }) {
			return v.Key()
		}
	}
	return ""
}

// syncs reports whether the Flux Operator has Flux begin in the folder of a cluster by an object.
func (o Object) syncs(s Side) bool {
	v := s.Graph.Lookup(s.SyncRoot)
	return v != nil && o.Syncs != "" && !o.Suspended && path.Join("/", o.Syncs) == path.Join("/", v.Object().Spec.Path)
}

// operated reports whether the cluster goes over to another folder by this commit alone.
func (c *comparison) operated() bool {
	return c.moved && c.by != "" && !c.fails[c.by] && !c.stillHeld(c.by)
}

// noteOperated says how a cluster gets to its new folder.
func (c *comparison) noteOperated() string {
	old := c.base.Graph.Lookup(c.base.SyncRoot)
	until := "builds the old folder"
	if c.build(old).Fails {
		until = "fails with \"kustomization path not found\", and deletes nothing"
	}
	then := "builds the new folder, and deletes what that does not hold"
	if c.head.build(c.head.SyncRoot).Fails {
		then = "fails with \"kustomization path not found\", and deletes nothing"
	}
	return fmt.Sprintf("the root moves from %s to %s: %s applies %s with the new path, and the Flux Operator writes that into %s. Until then that %s; from then on it %s",
		c.base.Root, c.head.Root, c.by, c.syncing(), c.base.SyncRoot, until, then)
}

// syncing names what has Flux begin in another folder.
func (c *comparison) syncing() string {
	instance, _ := c.head.syncing(c.build(c.base.Graph.Lookup(c.by)).Objects)
	return instance.String()
}

// syncFile names what is to be applied by hand where a cluster does not get to its new folder.
func (c *comparison) syncFile() string {
	if instance, there := c.head.instance(); there {
		return instance.String()
	}
	return "the new sync file"
}
