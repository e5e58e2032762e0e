package plan

import (
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// effect says what a change of some fields of one kind does. What it prunes is a change of
// its own.
func (c *comparison) effect(kind Kind, before, v *dag.Vertex, fields []Field, l loss) (string, traits) {
	spec := &v.Object().Spec
	switch kind {
	case Cluster:
		if before.Object().Spec.KubeConfig != nil && spec.KubeConfig != nil { // which may lead to the same one
			return "It may apply to another cluster from now on. Where it does, what it applied to the old one stays there, and nothing looks after it.", 0
		}
		return "It applies to another cluster from now on. What it applied to the old one stays there, and nothing looks after it.", 0
	case Target:
		return c.targetEffect(before, v)
	case Source:
		return "Flux takes its manifests from the other source at the next reconciliation. Where that source is not there, nothing changes.", 0
	case Path:
		return c.pathEffect(v, l)
	case Policy:
		return policyEffect(&before.Object().Spec, spec), 0
	case Suspend:
		return c.suspendEffect(v, l), 0
	case Edge:
		return edgeEffect(before, v) + c.inVainTill(before, v), 0
	case Ready:
		return c.readyEffect(v), 0
	}
	if slices.ContainsFunc(fields, func(f Field) bool { return f.Path == "spec.serviceAccountName" }) {
		return "Flux applies it as another service account: without its rights, the reconciliation fails.", 0
	}
	if before.Object().Spec.Force != spec.Force && !c.idle(v.Key()) {
		return "Flux reconciles it with the new values." + c.forceEffect(v), 0
	}
	switch was, is := keptItself(before), keptItself(v); {
	case c.idle(v.Key()):
		return "Flux applies nothing by the new values until it can get over what it stops at.", saysIdle
	case is && !was:
		return "Flux reconciles it with the new values. From now on its annotation keeps it where it is applied no longer (prune: disabled).", 0
	case was && !is:
		return "Flux reconciles it with the new values. The annotation goes that keeps it where it is applied no longer: after a move, merge this only when the cluster shows its new owner.", 0
	}
	if c.sameObjects(v, fields) {
		return "Flux reconciles it with the new values, which build the same objects.", 0
	}
	return "Flux reconciles it with the new values.", 0
}

// inBuild are the fields that decide what is built, and whose effect is seen in the objects.
var inBuild = []string{"spec.components", "spec.images", "spec.patches", "spec.postBuild"}

// sameObjects reports whether fields that decide what is built make no difference to that.
func (c *comparison) sameObjects(v *dag.Vertex, fields []Field) bool {
	old, now := c.base.build(v.Key()), c.head.build(v.Key())
	return slices.ContainsFunc(fields, func(f Field) bool { return slices.Contains(inBuild, f.Path) }) &&
		!slices.ContainsFunc(fields, func(f Field) bool { return f.Path == "spec.commonMetadata" }) &&
		len(old.Objects) > 0 && old.whole() && now.whole() && old.Values == now.Values && slices.EqualFunc(old.Objects, now.Objects, sameFilled) &&
		!slices.ContainsFunc(old.Objects, func(o Object) bool { return o.Digest == "" })
}

func (c *comparison) forceEffect(v *dag.Vertex) string {
	if v.Object().Spec.Force {
		objects, whole := c.head.applies(v.Key())
		return " From now on Flux deletes what the API server refuses to change, and creates it anew, instead of failing (force: true)" + strings.Replace(interruption(objects, whole), ": ", ": then ", 1)
	}
	return " From now on it fails where the API server refuses to change something, instead of deleting that and creating it anew (force: false)."
}

func (c *comparison) pathEffect(v *dag.Vertex, l loss) (string, traits) {
	old, now := c.base.build(v.Key()), c.head.build(v.Key())
	switch {
	case v.Object().Spec.Suspend:
		return "It is suspended: Flux builds the other folder when it is resumed.", harmless
	case c.moved && v.Key() == c.base.SyncRoot && !c.operated():
		return "Flux builds the other folder once " + c.syncFile() + " is applied by hand; this commit does not bring it there.", 0
	case now.Fails && v.Key() == c.head.SyncRoot && c.operated() && c.by != v.Key():
		return fmt.Sprintf("The folder is not there: Flux says \"kustomization path not found\", applies nothing of it and deletes nothing. %s, which applies %s, goes on by itself: a commit that mends the path there reaches the cluster.", c.by, c.syncing()), saysIdle
	case now.Fails && v.Key() == c.head.SyncRoot:
		return "The folder is not there. Once this is merged, no commit reaches the cluster any more, not even the one that mends it: then the mended file has to be applied by hand.", saysIdle
	case now.Fails:
		return "The folder is not there: Flux says \"kustomization path not found\", applies nothing and deletes nothing.", saysIdle
	case len(notKept(l.objects))+len(l.unknown) > 0 && !old.breaks():
		return "Flux builds the other folder at the next reconciliation; what it deletes is told above.", 0
	case old.whole() && now.whole() && len(minus(old.Objects, now.Objects)) == 0:
		return "Flux builds the other folder, in which all that it applied is as well: nothing is deleted.", harmless
	}
	return "Flux builds the other folder at the next reconciliation.", 0
}

func policyEffect(before, now *kustomizev1.KustomizationSpec) string {
	var parts []string
	switch {
	case now.Prune && !before.Prune:
		parts = append(parts, "From now on Flux deletes what disappears from the build. What disappeared before stays.")
	case before.Prune && !now.Prune:
		parts = append(parts, "From now on Flux leaves what disappears from the build.")
	}
	active := *now
	active.Suspend = false
	if goes, why := deletes(&active); goes {
		parts = append(parts, "When the node is deleted, everything that it applied goes with it ("+why+").")
	} else {
		parts = append(parts, "When the node is deleted, what it applied stays ("+why+").")
	}
	return strings.Join(parts, " ")
}

func (c *comparison) suspendEffect(v *dag.Vertex, l loss) string {
	switch {
	case v.Object().Spec.Suspend:
		return "Flux applies and prunes nothing of it any more, and deletes nothing if it is deleted." + c.holdsUp(v)
	case l.ofResuming():
		effect := "Flux applies the current revision, and deletes what has left its folder since it was suspended (prune: true): Kustomizations too, with all that they applied. What another node owns by now stays. Which objects those are, if any, cannot be said from these two revisions: plan with the commit before it was suspended as --base."
		if others := subtract(l.unknown, []string{resumed}); len(others) > 0 {
			effect += " And " + few(others, 3) + "."
		}
		return effect
	}
	return "Flux applies the current revision again."
}

// holdsUp says which nodes wait for one that is suspended.
func (c *comparison) holdsUp(v *dag.Vertex) string {
	var held []string
	for _, u := range c.head.Graph.Dependents(v) {
		if sourceOf(u) == sourceOf(v) && !u.Object().Spec.Suspend && !judges(u, v.Key()) {
			held = append(held, u.Key())
		}
	}
	if len(held) == 0 {
		return ""
	}
	return " From the next commit on, or from this one, these wait for it: " + few(held, 5) + "."
}

func edgeEffect(before, v *dag.Vertex) string {
	old, now := dependencies(before), dependencies(v)
	var parts []string
	if added := subtract(now, old); len(added) > 0 {
		parts = append(parts, "waits for "+few(added, 5)+" as well")
	}
	if removed := subtract(old, now); len(removed) > 0 {
		parts = append(parts, "no longer waits for "+few(removed, 5))
	}
	if len(parts) == 0 {
		return "Another readyExpr decides when its dependencies are ready."
	}
	return "It " + strings.Join(parts, ", and ") + "."
}

func (c *comparison) readyEffect(v *dag.Vertex) string {
	spec := &v.Object().Spec
	effect := "It is ready as soon as it is applied"
	switch {
	case spec.Wait:
		effect = "It is ready when everything that it applies is healthy"
	case len(spec.HealthChecks) > 0:
		effect = "It is ready when " + plural(len(spec.HealthChecks), "health check") + " passes"
		if len(spec.HealthChecks) > 1 {
			effect = "It is ready when " + plural(len(spec.HealthChecks), "health check") + " pass"
		}
	}
	var waiting []string
	for _, u := range c.head.Graph.Dependents(v) {
		waiting = append(waiting, u.Key())
	}
	if len(waiting) > 0 {
		effect += "; until then these wait: " + few(waiting, 5)
	}
	return effect + "."
}
