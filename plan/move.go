package plan

import (
	"fmt"
	"path"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// takeovers finds the new nodes that take over from suspended ones which are still there.
func (c *comparison) takeovers() {
	isSuspended := func(v *dag.Vertex) bool { return v.Object().Spec.Suspend }
	if len(c.head.Moves) == 0 && !slices.ContainsFunc(slices.Collect(c.head.Graph.Vertices()), isSuspended) {
		return
	}
	for v := range c.head.Graph.Vertices() {
		if c.base.has(v.Key()) || c.head.Graph.Lookup(v.Key()) != v {
			continue
		}
		if from := c.predecessor(v); from != nil {
			c.taken[from.Key()], c.takes[v.Key()] = v.Key(), from.Key()
		}
	}
}

// predecessor returns the node of head that a new one takes over from: the one that is
// declared, or a suspended one that builds the same, or some of it from the same folder.
func (c *comparison) predecessor(to *dag.Vertex) *dag.Vertex {
	for _, m := range c.head.Moves {
		if m.To == to.Key() && !m.Prepare && c.base.has(m.From) {
			return c.head.Graph.Lookup(m.From)
		}
	}
	if to.Object().Spec.Suspend {
		return nil
	}
	free := func(v *dag.Vertex) bool {
		return v.Key() != to.Key() && v.Object().Spec.Suspend && c.base.has(v.Key()) && c.taken[v.Key()] == ""
	}
	for _, v := range c.alike(to) {
		if free(v) && c.shares(v.Key(), to.Key()) {
			return v
		}
	}
	for _, v := range c.origins[originOf(to)] { // the names of its objects changed with it
		if free(v) && c.shares(v.Key(), to.Key()) && c.base.build(v.Key()).whole() && c.head.build(to.Key()).whole() {
			return v
		}
	}
	now, _ := c.head.applies(to.Key()) // under another path
	from := most(now, 0, func(o Object) string {
		by := c.base.owner(to, o)
		if v := c.head.Graph.Lookup(by); v == nil || !free(v) {
			return ""
		}
		return by
	})
	if old, _ := c.base.applies(from); from == "" || 2*len(minus(old, now)) > len(old) {
		return nil
	}
	return c.head.Graph.Lookup(from)
}

// most returns what is said of most objects, of at least half of so many.
func most(objects []Object, all int, of func(Object) string) string {
	count, best := map[string]int{}, ""
	for _, o := range objects {
		if name := of(o); name != "" {
			if count[name]++; count[name] > count[best] || count[name] == count[best] && name < best {
				best = name
			}
		}
	}
	if 2*count[best] < all {
		return ""
	}
	return best
}

// succeeds says what it means that a new node takes over from a suspended one, and whether
// it does.
func (c *comparison) succeeds(to *dag.Vertex) bool {
	from := c.head.Graph.Lookup(c.takes[to.Key()])
	if from == nil {
		return false
	}
	before := c.base.Graph.Lookup(from.Key())
	change := Change{Kind: Move, Node: to.Key(), From: from.Key(), Position: to.Position(), Fields: renamedFields(before, to), Steps: c.finish(from, to)}
	h := c.inherit(before, to)
	change.Steps = append(change.Steps, c.rest(h)...)
	same, known := c.sameContent(before, to)
	left := c.head.build(from.Key()) // of a folder that is gone Flux builds nothing, and deletes nothing
	built := c.base.build(from.Key()).whole() && (left.whole() || left.Fails)
	l := c.loses(from.Key())
	nothing := "nothing is deleted"
	if len(c.replacements(to)) > 0 {
		nothing = "what is not changed in place is told of beside"
	}
	switch {
	case !c.reached(from.Key()):
		change.Effect = fmt.Sprintf("%s is not suspended in the cluster: %s. So nothing is taken over, and when it is deleted, Flux deletes everything that it applied.", from.Key(), c.unreached(from.Key()))
		change.Steps = nil
	case before.Object().Spec.Suspend:
		change.Effect = fmt.Sprintf("A rename goes on: %s takes over what the suspended %s applied; %s.", to.Key(), from.Key(), nothing) + h.abandons()
	case !l.none() || before.Object().Spec.Prune && !same && !built:
		if change.Kind = Rename; !l.none() { // else what it deletes is not known
			change.Objects = named(notKept(l.objects)) // those too that another one applies, which may come too late
		}
		change.Effect = fmt.Sprintf("Not safe in one commit, since what it builds changes too: %s may see the revision before it is suspended, and delete what has left %s.", from.Key(), path.Clean("./"+before.Object().Spec.Path))
		if change.Steps = append(c.safely(before, to), c.rest(h)...); !h.renames() {
			change.Steps = nil
			change.Effect += h.differs() + h.migrate()
		}
	default:
		change.Effect = fmt.Sprintf("A rename: %s is suspended, and %s takes over what it applied; %s", from.Key(), to.Key(), nothing)
		if before.Object().Spec.Prune && !known {
			change.Effect += " if this commit takes nothing out of what it builds, which is not known"
		}
		change.Effect += "." + h.abandons()
	}
	if change.Kind == Move && left.Fails && c.reached(from.Key()) {
		c.unlooked(from.Key())
	}
	c.add(change)
	return true
}

// unlooked takes back that the folder of a suspended node is not there, where another one takes
// over: nobody looks for it any more.
func (c *comparison) unlooked(key string) {
	c.out.Unread = slices.DeleteFunc(c.out.Unread, func(u Unread) bool {
		return u.Side == onlyHead && u.Node == key && slices.Contains(pathless, u.Code)
	})
}

// moving reports whether a node that is suspended is part of a rename, of which everything
// is said elsewhere.
func (c *comparison) moving(before, v *dag.Vertex) bool {
	if before.Object().Spec.Suspend {
		return false
	}
	for _, m := range c.head.Moves {
		if m.From == v.Key() && m.Prepare {
			change := Change{Kind: Move, Node: m.To, From: m.From, Position: v.Position(),
				Effect: fmt.Sprintf("A rename begins: %s is suspended; nothing is deleted.", m.From) + c.holdsUp(v), Steps: append(prepared(m.From, m.To), stillLabelled(before))}
			if !c.reached(v.Key()) {
				change.Effect = fmt.Sprintf("%s is not suspended in the cluster: %s.", m.From, c.unreached(v.Key()))
			}
			c.add(change)
			return true
		}
	}
	return c.taken[v.Key()] != ""
}

// openMoves says what is left to do of the declared renames that this change does not
// touch.
func (c *comparison) openMoves() {
	for _, m := range c.head.Moves {
		left := ""
		switch {
		case !c.base.has(m.From) && c.sources[m.To] != "":
			left = fmt.Sprintf("the base does not hold %s; %s is what goes here: is that what was meant?", m.From, c.sources[m.To])
		case !c.base.has(m.From):
			left = fmt.Sprintf("the base does not hold %s, so there is nothing to take over: the entry can be deleted", m.From)
		case m.Prepare && c.base.Graph.Lookup(m.From).Object().Spec.Suspend:
			left = fmt.Sprintf("it is suspended in its file; take Prepare out when the cluster shows %s suspended", m.From)
		case c.base.has(m.To):
			left = fmt.Sprintf("only the last step is left: delete the entry when %s is ready in the cluster", m.To)
		default:
			continue
		}
		c.out.Notes = append(c.out.Notes, fmt.Sprintf("Moved from %s to %s: %s", m.From, m.To, left))
	}
}
