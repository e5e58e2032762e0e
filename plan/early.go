package plan

import (
	"fmt"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// endsEarly reports whether what deletes a Kustomization, and stays, does so only where it sees
// this revision before its new spec, which would keep that.
func (c *comparison) endsEarly(e end, key string) bool {
	before, now := c.base.Graph.Lookup(e.by), c.head.Graph.Lookup(e.by)
	if before == nil || now == nil || e.by == key || e.namespace != "" || !before.Object().Spec.Prune || before.Object().Spec.Suspend {
		return false
	}
	spec := now.Object().Spec
	stays := !c.vanishes(e.by) && c.reached(e.by) && c.onlyWhere(e.by, "") == ""
	if !stays || !spec.Suspend && c.actsAsHead(before) || spec.Prune && !spec.Suspend && !c.keeps(now, key) && !c.idle(e.by) {
		return false
	}
	return !slices.ContainsFunc(slices.Concat(c.base.AppliedBy[key], c.adopters(key)), func(name string) bool {
		return name != e.by && c.base.has(name) && c.under(name, key).gone
	})
}

// keepFirst says of a Kustomization that is deleted in such a case how it is kept.
func (c *comparison) keepFirst(change *Change, e end, key string) {
	if !c.endsEarly(e, key) {
		return
	}
	if now := c.head.Graph.Lookup(e.by); change.Steps == nil && !c.idle(e.by) {
		change.Steps = c.stopping(now, fmt.Sprintf("Once it is resumed, %s goes after all, unless another node applies it by then, and no later plan can tell: leave that out unless it is meant.", key))
	}
	change.Effect += fmt.Sprintf(" %s may see this revision before its new spec, which would keep this node%s.", e.by, c.specFirst(e.by, *change))
}

// stopping are the commits that have a node delete nothing before the rest of a change, where its
// new spec has it so; later says what is to come once it is resumed.
func (c *comparison) stopping(now *dag.Vertex, later string) []Instruction {
	switch spec := now.Object().Spec; {
	case spec.Suspend:
		steps := c.first(now, "suspend", "true")
		steps[2].Do += " " + later
		return steps
	case !spec.Prune:
		return c.first(now, "prune", "false")
	}
	return nil
}

// first are the commits that set a field before the rest of a change.
func (c *comparison) first(v *dag.Vertex, field, value string) []Instruction {
	return []Instruction{
		{Do: fmt.Sprintf("Commit and merge only this: spec.%s: %s on %s in %s.", field, value, v.Key(), c.in(v))},
		{Do: "Wait until it is so in the cluster.", Run: waitFor(v.Key(), "jsonpath='{.spec."+field+"}'="+value)},
		{Do: "Commit and merge the rest of this change."},
	}
}
