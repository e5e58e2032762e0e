package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// compareSides says what becomes of one cluster. Each step goes by what those before it found.
func compareSides(m matched) ClusterPlan {
	c := newComparison(m)
	c.prepare(m)
	c.compareBase()
	c.compareHead()
	c.stop()
	c.goners()
	c.stands()
	c.heldUp()
	c.separate()
	c.revise()
	c.alsoIn(m)
	c.pointAtEdits()
	c.sort()
	c.gate()
	c.out.Rollout = c.rollout()
	return c.out
}

// prepare finds what Flux applies nothing of, and what has another name.
func (c *comparison) prepare(m matched) {
	c.mendedStops()
	c.buildOld()
	c.borrow()
	c.fail()
	c.note(m)
	c.takeovers()
	c.pair()
}

// stop finds what Flux reconciles no longer, or never calls ready: of several causes the first.
func (c *comparison) stop() {
	c.noteUninstalled()
	c.stuck()
	c.shutOut()
	c.doubts()
	c.arrivals()
	c.homeless()
	c.broken()
	c.unbuildable()
	c.standstills()
	c.noteUnreached()
	c.noteUncompared()
}

// revise goes over what is told by where the nodes stand.
func (c *comparison) revise() {
	c.overtaken()
	c.stillUsed()
	c.hanging()
	c.withChildren()
	c.mended()
	c.noteMended()
	c.noteStops()
	c.settle()
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
		if c.hidden(key) {
			c.out.Unknown = append(c.out.Unknown, key)
			c.prunes(key, v.Position(), c.loses(key))
			continue
		}
		if d := c.base.refusal(key); d != nil && c.end(key).gone {
			c.out.Unknown = append(c.out.Unknown, key)
			c.add(removalOfRefused(v, d))
			continue
		}
		c.out.Deleted = append(c.out.Deleted, key)
		change := c.removal(v)
		if c.add(change); change.Kind != Delete && !c.gone {
			c.prunes(key, v.Position(), c.loses(key))
			c.replaced(v)
		}
		c.runsOn(v)
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
			if c.renamed(c.base.Graph.Lookup(from), v); !c.goes(from) {
				c.refits(v)
			}
		case before == nil && c.succeeds(v):
			c.out.Added = append(c.out.Added, key)
			c.refits(v)
		case before == nil && c.revealed(key):
			c.out.Unknown = append(c.out.Unknown, key)
			c.add(c.reveal(v))
		case before == nil:
			c.out.Added = append(c.out.Added, key)
			c.add(c.addition(v))
			c.refits(v)
		case c.untouched(before, v):
			c.out.Unchanged = append(c.out.Unchanged, key)
		default:
			c.both(before, v)
		}
	}
	c.openMoves()
}

// refits says what becomes of objects that a node changes which another one applied.
func (c *comparison) refits(v *dag.Vertex) {
	c.replaced(v)
	c.overwritten(v)
	c.unfilled(v)
	if b := c.head.build(v.Key()); !v.Object().Spec.Suspend && !b.breaks() {
		c.scaled(v, nil, b.Objects)
	}
}

// untouched reports at once that nothing differs of most nodes where only Kustomizations are
// known: what they apply is not, and those that apply them are the same.
func (c *comparison) untouched(before, v *dag.Vertex) bool {
	return before.Object() == v.Object() && c.specsOnly && slices.Equal(c.base.AppliedBy[v.Key()], c.head.AppliedBy[v.Key()]) && !c.end(v.Key()).gone
}

// both compares a node with itself.
func (c *comparison) both(before, v *dag.Vertex) {
	n := len(c.out.Changes)
	l := c.loses(v.Key())
	moves := c.moving(before, v)
	if !moves && !c.unadmitted[v.Key()] {
		c.differences(before, v, l)
	}
	c.refetched(before, v)
	c.replaced(v)
	c.overwritten(v)
	c.repatched(v)
	if c.taken[v.Key()] == "" || before.Object().Spec.Suspend { // else it is part of what is said of the other one
		c.contents(before, v, l)
	}
	c.unfilled(v)
	c.withheld(before, v, l)
	c.handed(before, v)
	c.goesOverToOperator(v)
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
	for _, list := range [][]string{o.Added, o.Deleted, o.Changed, o.Stuck, o.Unknown, o.Unchanged} {
		slices.Sort(list)
	}
	slices.SortFunc(o.Renamed, func(a, b Pair) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
	slices.SortStableFunc(o.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), strings.Compare(a.Node, b.Node), strings.Compare(a.From, b.From))
	})
}
