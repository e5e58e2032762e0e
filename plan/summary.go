package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Summary counts the nodes, and says first what is dangerous: it is what is read of a plan.
func (c ClusterPlan) Summary() string {
	var parts []string
	left, moved := c.outcomes()
	blind := len(c.Unchanged) - len(subtract(c.Unchanged, c.Uncompared))
	for _, part := range []struct {
		n    int
		what string
	}{{len(c.Deleted) - left - moved, "deleted"}, {left, "left behind"}, {moved + len(c.Renamed), "renamed"}, {c.stopped(), "stuck"}, {c.losing(deletesSome), "deletes objects of"}, {c.losing(overwrites), "overwrites Secrets of"}, {len(c.Changed), "changed"}, {len(c.Added), "added"}, {len(c.Unknown), "not known"}, {len(c.Unchanged) - blind, "unchanged"}, {blind, "not compared"}} {
		switch {
		case part.n == 0:
		case strings.HasSuffix(part.what, " of"):
			parts = append(parts, part.what+" "+plural(part.n, "node"))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	text := strings.Join(parts, ", ")
	switch {
	case len(parts) == 0:
		text = "no node"
	case len(c.Changes) == 0 && slices.ContainsFunc(c.Unread, func(u Unread) bool { return u.Side == both }):
		text = "nothing that could be read changes, " + text
	case len(c.Changes) == 0 && blind > 0:
		text = "nothing that was compared changes, " + text
	case len(c.Changes) == 0:
		text = "nothing changes, " + text
	}
	var holes []string
	for _, side := range []string{onlyBase, onlyHead} {
		if slices.ContainsFunc(c.Unread, func(u Unread) bool { return u.Side == side || u.Side == both }) {
			holes = append(holes, side)
		}
	}
	if len(holes) > 0 {
		text += "; not all of " + strings.Join(holes, " and ") + " could be read"
	}
	return text
}

// outcomes counts, of the nodes that are gone, those whose objects stay, and those whose
// objects another one has taken over.
func (c ClusterPlan) outcomes() (left, moved int) {
	for _, change := range c.Changes {
		switch {
		case change.Kind == Leave && slices.Contains(c.Deleted, change.Node):
			left++
		case change.Kind == Move && slices.Contains(c.Deleted, change.From):
			moved++
		}
	}
	return left, moved
}

// deletesSome reports whether Flux deletes objects by a change of a node that stays.
func deletesSome(change Change) bool {
	return change.Kind == Prune && !overwrites(change) || change.Kind == Target && change.is(renews)
}

// overwrites reports whether what Secrets hold is lost by a change.
func overwrites(change Change) bool { return change.Kind == Prune && change.is(undeciphered) }

// losing counts the nodes of which objects are lost in a way, but for those that are deleted or
// renamed themselves: what they are counted as says it.
func (c ClusterPlan) losing(loses func(Change) bool) int {
	counted, losing := map[string]bool{}, map[string]bool{}
	for _, key := range c.Deleted {
		counted[key] = true
	}
	for _, pair := range c.Renamed {
		counted[pair.From], counted[pair.To] = true, true
	}
	for _, change := range c.Changes {
		if loses(change) && !counted[change.Node] {
			losing[change.Node] = true
		}
	}
	return len(losing)
}

// stopped counts the nodes that are stuck: also those that are new, have another name or are
// not known, and are counted as that too. What is deleted is not stuck for long.
func (c ClusterPlan) stopped() int {
	stopped := map[string]bool{}
	for _, key := range c.Stuck {
		stopped[key] = true
	}
	for _, change := range c.Changes {
		if change.Kind == Stuck && !slices.Contains(c.Deleted, change.Node) {
			stopped[change.Node] = true
		}
	}
	return len(stopped)
}
