package plan

import (
	"cmp"
	"fmt"
	"slices"
)

// note says what concerns the cluster as a whole.
func (c *comparison) note(m matched) {
	add := func(text string) { c.out.Notes = append(c.out.Notes, text) }
	c.out.Notes = append(c.out.Notes, c.head.Notes...)
	switch {
	case m.within != nil: // see alsoIn
	case m.base == nil && m.from != "":
		add("the folder is new to Flux: where this is the cluster of " + m.from + ", " + m.head.SyncRoot + " goes over to it, and what " + m.from + " still holds in this commit stays; where it is another cluster, all of it is new")
	case m.base == nil:
		add("the cluster is new: Flux applies it once something syncs " + c.head.Root)
	case m.head == nil && m.base.SyncRoot == "":
		add("the folder " + c.base.Root + " is gone, which nothing in the repository synced; where something else does, it fails with \"kustomization path not found\" and deletes nothing")
	case m.head == nil:
		add("the folder " + c.base.Root + " is gone: while Flux still syncs it, it fails with \"kustomization path not found\" and deletes nothing; to take the cluster down, see plan --destroy. Its nodes go on running, and prune what leaves their own folders, of which nothing is said here")
	case c.operated():
		add(c.noteOperated())
	case c.moved:
		add("the root moved from " + m.base.Root + " to " + m.head.Root + ": this commit does not reach the cluster, whose " + cmp.Or(m.base.SyncRoot, "own Kustomization") + " goes on with the old path and fails with \"kustomization path not found\", and so deletes nothing. Its nodes go on with their old specs, and prune what has left their folders. The rest of what is said below comes true once " + c.syncFile() + " is applied by hand. To do without: in one commit copy the folder, with the new path in both, and delete the old one in a later commit")
	case c.migrated: // see goesOverToOperator
	case c.endsItself() && c.head.made(m.base.SyncRoot):
		instance, _ := c.head.instance()
		add(c.noteMigratedAtOnce(instance))
	case c.endsItself():
		file := fileOf(c.head.Graph.Lookup(m.base.SyncRoot))
		add(fmt.Sprintf("%s stays, and what %s builds holds it no longer, as where a kustomization.yaml leaves it out: %s, which applies itself, deletes itself and everything that it applied. List it in the resources of that kustomization.yaml, with the rest of its folder%s", file, m.head.Root, m.base.SyncRoot, c.unlessBroken()))
	case m.head.SyncGone && c.base.made(m.base.SyncRoot):
		add("nothing in the repository syncs " + m.base.Root + " any more: " + m.base.SyncRoot + ", which the Flux Operator made, goes on as long as its FluxInstance is in the cluster")
	case m.head.SyncGone && c.syncDeletes():
		add("nothing in the repository syncs " + m.base.Root + " any more: " + m.base.SyncRoot + ", which applies itself, deletes itself and everything that it applied, whether its files stay or not; to detach a cluster, set prune: false on it in a commit before, or suspend it" + c.unlessBroken())
	case m.head.SyncGone:
		add("nothing in the repository syncs " + m.base.Root + " any more: " + m.base.SyncRoot + " goes on with the spec that it has in the cluster")
	}
}

// unlessBroken qualifies what Flux does with a folder that it perhaps cannot build.
func (c *comparison) unlessBroken() string {
	if c.doubt(onlyHead) {
		return ". As long as Flux cannot build the folder, it deletes nothing: see what could not be read"
	}
	return ""
}

// syncDeletes reports whether the Kustomization that Flux began with deletes itself, since
// it applies itself and no file holds it any more.
func (c *comparison) syncDeletes() bool {
	return !c.head.has(c.base.SyncRoot) && c.goes(c.base.SyncRoot)
}

// endsItself reports whether the Kustomization that Flux begins with deletes itself, though its
// file stays: it applies itself, and what it builds holds it no longer.
func (c *comparison) endsItself() bool {
	root := c.base.SyncRoot
	if root == "" || !c.head.has(root) || len(c.head.AppliedBy[root]) > 0 || !c.vanishes(root) {
		return false
	}
	goes, _ := c.deletes(root)
	return goes && c.end(root).by == root && !c.goesOver(root)
}

// ended reports whether nothing of the cluster is reconciled any more.
func (c *comparison) ended() bool {
	return c.endsItself() || c.head.SyncGone && c.syncDeletes() || c.fluxGoes
}

// noteUnreached says which changes do not arrive in the cluster, since nothing that runs
// applies the nodes.
func (c *comparison) noteUnreached() {
	byReason := map[string][]string{}
	for v := range c.head.Graph.Vertices() {
		before := c.base.Graph.Lookup(v.Key())
		if !c.reached(v.Key()) && (before == nil || specFields(before, v) != nil) {
			why := c.unreached(v.Key())
			byReason[why] = append(byReason[why], v.Key())
		}
	}
	for _, why := range sortedKeys(byReason) {
		slices.Sort(byReason[why])
		c.out.Notes = append(c.out.Notes, fmt.Sprintf("what this change does to the Kustomizations themselves of %s does not arrive: %s", few(byReason[why], 5), why))
	}
}

// noteMended says how to learn what a change that mends the base deletes.
func (c *comparison) noteMended() {
	unsaid := func(ch Change) bool { return ch.Kind == Unknown }
	if slices.ContainsFunc(c.out.Unread, func(u Unread) bool { return u.Mended }) && slices.ContainsFunc(c.out.Changes, unsaid) {
		c.out.Notes = append(c.out.Notes, "head mends what could not be read of the base: to see what Flux deletes, compare with the last commit of which all could be read (--base REV)")
	}
	if slices.ContainsFunc(c.out.Changes, c.ofMending) {
		c.out.Notes = append(c.out.Notes, "head mends what Flux did not apply of the base: to see what it deletes, compare with the last commit of which it applied all (--base REV)")
	}
}

// ofMending reports whether a change is of what a node deletes of which Flux applied nothing in the
// base, though it could be built.
func (c *comparison) ofMending(ch Change) bool {
	v := c.base.Graph.Lookup(ch.Node)
	return v != nil && (ch.Kind == Unknown && (c.base.refuses[ch.Node] || c.base.refusal(ch.Node) != nil) || (ch.Kind == Unknown || ch.Kind == Prune) && c.freed(v) != "")
}

// noteUncompared says of what on both sides nothing is known, and what is not applied by any
// node.
func (c *comparison) noteUncompared() {
	elsewhere := map[string][]string{}
	for _, b := range c.head.Graph.Boundaries() {
		copied := c.base.Copies[b.What] && c.head.Copies[b.What] // of which is told where it differs
		if (b.Kind == "source" || b.Kind == "variable") && !copied && c.base.has(b.Node) && slices.Contains(c.base.beyond[b.Node], b.What) {
			elsewhere[b.What] = append(elsewhere[b.What], b.Node)
			c.out.Uncompared = append(c.out.Uncompared, b.Node)
		}
	}
	slices.Sort(c.out.Uncompared)
	var parts []string
	for _, what := range sortedKeys(elsewhere) {
		parts = append(parts, what+" ("+few(elsewhere[what], 3)+")")
	}
	if len(parts) > 0 {
		c.out.Notes = append(c.out.Notes, "not compared, since this repository does not hold it: "+few(parts, 5))
	}
	gone := named(minus(c.base.ByHand, c.head.ByHand))
	fresh, other := compareObjects(c.base.ByHand, c.head.ByHand)
	if c.base.Build != nil && c.base.SyncRoot == c.head.SyncRoot && !c.gone && len(gone)+len(fresh)+len(other) > 0 {
		text := "what applies " + c.out.Root + " itself is not in this repository"
		if len(gone) > 0 {
			text += "; where it prunes, it deletes " + few(gone, 5)
		}
		if come := named(slices.Concat(fresh, other)); len(come) > 0 {
			text += "; new or other in it: " + few(come, 5)
		}
		c.out.Notes = append(c.out.Notes, text)
	}
}
