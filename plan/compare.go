package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// comparison is one cluster on its way to a plan.
type comparison struct {
	base, head *side
	gone       bool // the cluster is not in head any more
	out        ClusterPlan

	pairs   map[string]string // from to to, of nodes that have another name
	sources map[string]string // to to from
	ends    map[string]end    // see there
	heirs   map[Object]string // which node of head applies an object
	taken   map[string]string // by a suspended node, the new one that takes over
	takes   map[string]string // taken, the other way round

	building   map[string][]*dag.Vertex   // see alike
	containers map[string]map[string]bool // see within
}

func compareSides(m matched) ClusterPlan {
	c := &comparison{gone: m.head == nil, pairs: map[string]string{}, sources: map[string]string{}, ends: map[string]end{}, taken: map[string]string{}, takes: map[string]string{}}
	any := m.any()
	base, head := Side{Name: any.Name, Root: any.Root}, Side{Name: any.Name, Root: any.Root}
	if m.base != nil {
		base = *m.base
	}
	if m.head != nil {
		head = *m.head
	}
	c.base, c.head = newSide(base), newSide(head)
	c.out = ClusterPlan{Name: any.Name, Root: any.Root, Added: []string{}, Deleted: []string{}, Changed: []string{}, Renamed: []Pair{}, Unchanged: []string{},
		Changes: []Change{}, Notes: []string{}, Unread: unread(base.Unread, head.Unread)}
	c.note(m)
	c.takeovers()
	c.pair()
	c.compareBase()
	c.compareHead()
	c.sort()
	c.gate()
	c.out.Rollout = c.rollout()
	return c.out
}

// note says what concerns the cluster as a whole.
func (c *comparison) note(m matched) {
	add := func(text string) { c.out.Notes = append(c.out.Notes, text) }
	c.out.Notes = append(c.out.Notes, c.head.Notes...)
	switch {
	case m.base == nil && m.from != "":
		add("the folder is new to Flux: where this is the cluster of " + m.from + ", " + m.head.SyncRoot + " goes over to it, and what " + m.from + " still holds in this commit stays; where it is another cluster, all of it is new")
	case m.base == nil:
		add("the cluster is new: Flux applies it once something syncs " + c.head.Root)
	case m.head == nil && m.base.SyncRoot == "":
		add("the folder " + c.base.Root + " is gone, which nothing in the repository synced; where something else does, it fails with \"kustomization path not found\" and deletes nothing")
	case m.head == nil:
		add("the folder " + c.base.Root + " is gone: while Flux still syncs it, it fails with \"kustomization path not found\" and deletes nothing; to take the cluster down, see plan --destroy")
	case m.base.Root != m.head.Root:
		add("the root moved from " + m.base.Root + " to " + m.head.Root + ": this commit does not reach the cluster, whose " + cmp.Or(m.base.SyncRoot, "own Kustomization") + " goes on with the old path and fails with \"kustomization path not found\"; nothing is deleted. What is said below comes true once the new sync file is applied by hand. To do without: in one commit copy the folder, with the new spec.path in both sync files, and delete the old one in a later commit")
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
	v := c.base.Graph.Lookup(c.base.SyncRoot)
	if v == nil || c.head.has(v.Key()) {
		return false
	}
	goes, _ := c.fate(v)
	return goes
}

// compareBase looks at every node that is gone.
func (c *comparison) compareBase() {
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		if c.head.has(key) || c.base.Graph.Lookup(key) != v {
			continue
		}
		if to, renamed := c.pairs[key]; renamed {
			c.out.Renamed = append(c.out.Renamed, Pair{key, to})
			continue
		}
		c.out.Deleted = append(c.out.Deleted, key)
		c.add(c.removal(v))
	}
}

// compareHead looks at every node that is there.
func (c *comparison) compareHead() {
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		if c.head.Graph.Lookup(key) != v {
			continue // a second one of the name, which Flux refuses
		}
		before := c.base.Graph.Lookup(key)
		from, renamed := c.sources[key]
		switch {
		case renamed:
			c.renamed(c.base.Graph.Lookup(from), v)
		case before == nil && c.succeeds(v):
			c.out.Added = append(c.out.Added, key)
		case before == nil:
			c.out.Added = append(c.out.Added, key)
			c.add(c.addition(v))
		default:
			c.both(before, v)
		}
	}
	c.openMoves()
}

// both compares a node with itself.
func (c *comparison) both(before, v *dag.Vertex) {
	n := len(c.out.Changes)
	moves := c.moving(before, v)
	if !moves {
		c.differences(before, v)
	}
	if c.taken[v.Key()] == "" || before.Object().Spec.Suspend { // else it is part of what is said of the other one
		c.contents(before, v)
	}
	c.handed(before, v)
	if moves || len(c.out.Changes) > n {
		c.out.Changed = append(c.out.Changed, v.Key())
	} else {
		c.out.Unchanged = append(c.out.Unchanged, v.Key())
	}
}

func (c *comparison) add(changes ...Change) { c.out.Changes = append(c.out.Changes, changes...) }

// sort puts everything into the one order of the plan.
func (c *comparison) sort() {
	o := &c.out
	for _, list := range [][]string{o.Added, o.Deleted, o.Changed, o.Unchanged} {
		slices.Sort(list)
	}
	slices.SortFunc(o.Renamed, func(a, b Pair) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
	slices.SortStableFunc(o.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), strings.Compare(a.Node, b.Node), strings.Compare(a.From, b.From))
	})
}

// unread joins what could not be read of the two sides, in one order.
func unread(base, head dag.Diagnostics) []Unread {
	all := []Unread{}
	for _, d := range base {
		all = append(all, Unread{onlyBase, d})
	}
	for _, d := range head {
		all = append(all, Unread{onlyHead, d})
	}
	slices.SortStableFunc(all, func(a, b Unread) int {
		return cmp.Or(a.Compare(b.Diagnostic), strings.Compare(a.Side, b.Side))
	})
	joined := all[:0]
	for _, u := range all {
		if n := len(joined); n > 0 && joined[n-1].Compare(u.Diagnostic) == 0 {
			if joined[n-1].Side != u.Side {
				joined[n-1].Side = both
			}
			continue
		}
		joined = append(joined, u)
	}
	return joined
}
