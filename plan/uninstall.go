package plan

import (
	"fmt"
	"slices"
)

// A FluxInstance that is deleted takes Flux with it: by its finalizer the Flux Operator deletes the
// controllers, waits until they are gone, and then deletes all of Flux' own objects, whose finalizers
// it takes off (flux-operator: FluxInstanceReconciler.uninstall). So nothing that Flux applied goes.

// uninstalling says of what goes with a node whether Flux itself goes with it.
func (c *comparison) uninstalling(lost []Object, by string) string {
	instances := having(c.lost(lost, by), func(o Object) bool { return o.Instance && !o.rests() })
	if len(instances) == 0 {
		return ""
	}
	said := fmt.Sprintf(" With %s the Flux Operator uninstalls Flux", few(named(instances), 3))
	if target(c.either(by)) != "" {
		return said + " in that cluster, and leaves what it applied."
	}
	c.uninstalls = append(c.uninstalls, instances...)
	c.fluxGoes = c.fluxGoes || !c.head.has(by) || !c.vanishes(by) // else it may be applied again in time
	return said + " itself: no commit does anything from then on."
}

// noteUninstalled says, before all else, that Flux itself goes.
func (c *comparison) noteUninstalled() {
	if len(c.uninstalls) == 0 {
		return
	}
	what, annotated := "with "+few(unique(named(c.uninstalls)), 3), " on it"
	if !c.fluxGoes {
		what = "where " + few(unique(named(c.uninstalls)), 3) + " goes, as is said below,"
	}
	if slices.ContainsFunc(c.uninstalls, Object.release) {
		annotated = " in its values.commonAnnotations"
	}
	c.out.Notes = slices.Insert(c.out.Notes, 0, what+" the Flux Operator uninstalls Flux itself: its controllers, all Kustomizations, HelmReleases and sources go, what these made stays, and no commit does anything from then on, not even one that takes this back. What else is said below to be deleted goes where Flux is faster. To keep Flux without it, set the annotation "+
		operatorGroup+"/reconcile: disabled"+annotated+" in a commit before")
}

// made reports whether the Flux Operator made the sync Kustomization, which nothing else applies.
func (s *side) made(root string) bool {
	if root != s.SyncRoot || !s.has(root) || len(s.AppliedBy[root]) > 0 {
		return false
	}
	_, made := s.instance()
	return made
}
