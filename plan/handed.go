package plan

import (
	"fmt"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// handed reports a node that stays, while what applied it deletes it: with it goes all that
// it applied, unless the one that applies it from now on comes first.
func (c *comparison) handed(before, v *dag.Vertex) {
	key := v.Key()
	e := c.end(key)
	c.adopted(before, v)
	c.passed(v)
	if goes, _ := c.deletes(key); e.gone && e.by != "" && goes {
		c.add(c.handing(v, e))
	}
}

// handing is the change of a node that stays, and that goes as well by its end.
func (c *comparison) handing(v *dag.Vertex, e end) Change {
	key := v.Key()
	objects := notKept(c.takesAlong(key))
	change := Change{Kind: Prune, Node: key, Position: v.Position(), Objects: named(c.withInhabitants(objects, key))}
	switch to, renamed := c.pairs[e.by]; {
	case e.namespace != "":
		change.Kind = Delete
		change.Effect = fmt.Sprintf("It lies in Namespace %s, which %s applies no longer and deletes: it goes, and Flux deletes everything that it applied.", e.namespace, e.by)
	case c.endsItself() && e.by == key:
		change.Kind = Delete
		change.Effect = "It applies itself, and what it builds holds it no longer: it deletes itself, and everything that it applied."
	case c.endsItself():
		change.Kind = Delete
		change.Effect = fmt.Sprintf("It goes with %s, which applies it, and Flux deletes everything that it applied.", e.by)
	case c.head.SyncGone:
		change.Kind = Delete
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and Flux deletes everything that it applied: its file stays, but nothing applies that any more.", e.by)
	case renamed && c.inherit(c.base.Graph.Lookup(e.by), c.head.Graph.Lookup(to)).renames():
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and with it everything that it applied, unless %s has applied it first.", e.by, to)
		change.parent, change.likewise = e.by, true
	case c.goesOver(e.by):
		change.Effect, change.Steps = c.onceMore(e.by)
	case e.by == key:
		change.Effect = "It applies itself, and what it builds holds it no longer: it deletes itself, and everything that it applied."
	case c.head.has(e.by) && c.end(e.by).gone:
		change.Effect = fmt.Sprintf("It goes with %s, which applies it, and with it everything that it applied, unless %s is applied by another first.", e.by, e.by)
	case slices.Equal(c.head.AppliedBy[key], []string{e.by}) && c.endsEarly(e, key):
		change.Effect = fmt.Sprintf("%s may see this revision before its new spec, by which it applies this: then it deletes it with everything that it applied, and creates it anew.", e.by)
		change.Steps = c.annotated([]moved{{nodeObject(key), e.by}}, c.base.Graph.Lookup(e.by), c.head.Graph.Lookup(e.by))
	case c.head.has(e.by):
		change.Effect = fmt.Sprintf("%s applies it no longer, and deletes it with everything that it applied%s.", e.by, c.unlessFirst(key, e.by)) + c.onlyWhere(e.by, e.by)
		change.Steps = c.anotherParent(e.by, key)
	default:
		change.parent = e.by
		change.Effect = fmt.Sprintf("It goes with %s, which applied it, and with it everything that it applied%s.", e.by, c.unlessFirst(key, e.by))
		change.Steps = c.anotherParent(e.by, key)
	}
	if owners := c.head.AppliedBy[key]; change.Steps == nil && c.pairs[e.by] == "" && len(owners) == 1 && owners[0] != e.by && change.Kind == Prune {
		change.Effect += c.takesNothing(owners[0])
	}
	change.Effect += saying(c.tolls(objects, key)) + c.alongWith(objects, key)
	if !slices.Equal(c.head.AppliedBy[key], []string{e.by}) { // else it is said
		c.keepFirst(&change, e, key)
	}
	return change
}

// onceMore says what becomes of a node that is not in the folder any more which the sync
// Kustomization builds before it goes over to another one.
func (c *comparison) onceMore(root string) (string, []Instruction) {
	old := c.base.Root
	effect, files := fmt.Sprintf("%s builds %s once more before it goes over to its new path: this is no longer there, so it is deleted with everything that it applied, and created anew.", root, old), "both sync files"
	if c.operated() {
		effect, files = fmt.Sprintf("%s may build %s once more before the Flux Operator gives it its new path: this is no longer there, so it is deleted then with everything that it applied, and created anew.", root, old), c.syncing()
	}
	return effect, []Instruction{
		{Do: "Commit and merge a copy of " + old + " at its new place, with the new path in " + files + "."},
		{Do: "Wait until " + root + " has the new path.", Run: waitFor(root, "jsonpath='{.spec.path}'="+shell(c.head.Graph.Lookup(root).Object().Spec.Path))},
		{Do: "Commit and merge the deletion of " + old + "."},
	}
}

// adopted reports a node that its annotation keeps while it gets another parent, and what is
// left to do then.
func (c *comparison) adopted(before, v *dag.Vertex) {
	key := v.Key()
	old, now := subtract(c.base.AppliedBy[key], c.head.AppliedBy[key]), subtract(c.head.AppliedBy[key], c.base.AppliedBy[key])
	if !keptItself(before) || c.end(key).gone || len(old) != 1 || len(now) != 1 || len(c.head.AppliedBy[key]) != 1 {
		return
	}
	change := Change{Kind: Content, Node: key, Position: v.Position(), Effect: fmt.Sprintf("%s applies it from now on, and %s no longer: its annotation keeps it (prune: disabled).", now[0], old[0])}
	if keptItself(v) {
		change.Steps = c.takeOff([]moved{{nodeObject(key), now[0]}}, old[0])
	}
	c.add(change)
}

// nodeObject is the object of a node.
func nodeObject(key string) Object {
	namespace, name := splitKey(key)
	return Object{Group: kustomizev1.GroupVersion.Group, Kind: kustomizev1.KustomizationKind, Namespace: namespace, Name: name}
}

// unlessFirst says which nodes may keep another one by applying it first, or that they come
// too late.
func (c *comparison) unlessFirst(key, by string) string {
	owners, late := few(c.head.AppliedBy[key], 3), ""
	for _, owner := range c.head.AppliedBy[key] {
		if late = c.heldBack(owner, by); late == "" {
			return ", unless " + owners + " has applied it first"
		}
	}
	if late == "" { // nobody is known to
		return ""
	}
	return ": " + owners + " comes too late, since that waits for " + late
}

// anotherParent are the commits that give a node another parent.
func (c *comparison) anotherParent(parent, key string) []Instruction {
	owners := c.head.AppliedBy[key]
	if len(owners) != 1 || c.takesNothing(owners[0]) != "" || !c.inTurn(owners[0], parent) {
		return nil
	}
	return c.handOver([]moved{{nodeObject(key), owners[0]}}, parent)
}

// takesNothing says why no steps are given that wait until a node of head has taken something over;
// nothing where it may.
func (c *comparison) takesNothing(key string) string {
	why := ""
	switch before := c.base.Graph.Lookup(key); {
	case c.head.Graph.Lookup(key).Object().Spec.Suspend && before != nil && !before.Object().Spec.Suspend:
		why = "while it is suspended: suspend it in a commit behind the move."
	case c.head.Graph.Lookup(key).Object().Spec.Suspend:
		why = "while it is suspended: resume it first."
	case c.idle(key):
		why = "while it is stuck: mend that first."
	case !c.reached(key):
		why = "before it arrives: " + c.unreached(key) + "."
	default:
		return ""
	}
	return fmt.Sprintf(" No steps are given, since %s takes over nothing %s", key, why)
}
