package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// outrun says of a node that builds by its old spec with what another one deletes, and whose new
// spec does without, that this spec may never arrive: what brings it is the node itself, or waits
// for it. All others get over that by themselves, see switching. It reports whether it is so.
func (c *comparison) outrun(v *dag.Vertex) bool {
	key, before := v.Key(), c.base.Graph.Lookup(v.Key())
	if before == nil || before.Object().Spec.Suspend || !c.bringsItself(key) {
		return false
	}
	still := needs(v)
	for _, n := range needs(before) {
		if n.as == (use{}) || slices.Contains(still, n) {
			continue
		}
		o, by := c.provider(n.as)
		if by == "" || !c.overtakes(by, key) {
			continue
		}
		change := c.stickLast(v, fmt.Sprintf("%s %s until its new spec is there, and %s deletes that with the same revision. Where that is faster, %s. Then its new spec never arrives: it comes by this node, or by what waits for it.", n.what, o, by, n.then), perhaps)
		if change == nil {
			return true
		}
		change.Steps = slices.Concat(
			[]Instruction{{Do: fmt.Sprintf("Commit and merge this change but for the deletion: leave %s where it is.", o)}},
			untilRespecified(before, v),
			[]Instruction{{Do: fmt.Sprintf("Commit and merge the deletion of %s. By then nothing shows what it was for: let it through with %s.", o, letting(Prune, by))}})
		return true
	}
	return false
}

// bringsItself reports whether the new spec of a node comes by nothing but the node, or what waits
// for it.
func (c *comparison) bringsItself(key string) bool {
	appliers := c.head.AppliedBy[key]
	return len(appliers) > 0 && !slices.ContainsFunc(appliers, func(name string) bool { return name != key && c.heldBack(name, key) != key })
}

// overtakes reports whether a node may delete something before another one has seen this revision.
func (c *comparison) overtakes(by, key string) bool { return by != key && c.heldBack(by, key) != key }

// switching says which nodes take variables from a ConfigMap that goes until their new specs are
// there, which do so no longer.
func (c *comparison) switching(by string, objects []Object) string {
	goes := map[use]bool{}
	for _, o := range objects {
		for _, what := range o.provides("") {
			goes[what] = what.as == "values"
		}
	}
	var users []string
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		if !c.head.has(key) || v.Object().Spec.Suspend || c.stopped(key) || c.bringsItself(key) && !c.overtakes(by, key) {
			continue
		}
		if slices.ContainsFunc(valueUses(v), func(what use) bool { return goes[what] }) {
			users = append(users, key)
		}
	}
	if n := len(users); n > 0 {
		return fmt.Sprintf(" %s %s variables from it until %s there: where it goes first, %s till then (\"post build failed\"). To avoid that, delete it in a later commit; nothing shows what it was for then, so let it through with %s.",
			few(users, 3), verb(n, "takes", "take"), verb(n, "its new spec is", "their new specs are"), verb(n, "its build fails", "their builds fail"), letting(Prune, by))
	}
	return ""
}
