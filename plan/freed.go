package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// The controller looks at dependencies before it builds (kustomize-controller: Reconcile,
// checkDependencies): of a node that waits in vain nothing is applied or pruned. What leaves its
// folder meanwhile goes once it waits no longer, and the two revisions of that commit do not tell
// what it is.

// freed says what a node of the base certainly waited for in vain, itself or others in a circle, where
// that is mended; nothing for any other. What the base does not have may come from elsewhere, as from
// another repository: see inVainTill and arrivals.
func (c *comparison) freed(before *dag.Vertex) string {
	key := before.Key()
	now := c.head.Graph.Lookup(key)
	if c.head.Build == nil || now == nil || len(before.Object().Spec.DependsOn) == 0 || before.Object().Spec.Suspend || !c.takesUp(now) {
		return ""
	}
	if dependsOn(before, key) {
		return waitedFor("itself")
	}
	if c.base.circling(key) {
		return waitedFor("others in a circle")
	}
	return ""
}

// inVainTill says with a dependency that is taken back, and that the base does not have, what the node
// withheld if that was nowhere. The plan of the commit by which an object left its folder told of it.
func (c *comparison) inVainTill(before, now *dag.Vertex) string {
	if c.head.Build == nil || before.Object().Spec.Suspend || !c.takesUp(now) {
		return ""
	}
	vain := slices.DeleteFunc(dependencies(before), func(on string) bool { return dependsOn(now, on) || !c.base.nowhere(on) })
	if len(vain) == 0 {
		return ""
	}
	return fmt.Sprintf(" Where %s was nowhere, it waited in vain: then Flux applies it now, and deletes what has left its folder meanwhile (prune: true).", few(vain, 3))
}

// waitedFor is why it is not known what a node prunes that waited in vain.
func waitedFor(what string) string {
	return "it waited for " + what + ", and what has left its folder meanwhile is not told here"
}

// takesUp reports whether a node of head prunes, and waits for nothing in vain.
func (c *comparison) takesUp(v *dag.Vertex) bool {
	key, spec := v.Key(), &v.Object().Spec
	return spec.Prune && !spec.Suspend && c.reached(key) && !c.idle(key) && !c.halts() && !c.head.circling(key) &&
		!slices.ContainsFunc(dependencies(v), func(on string) bool { return on == key || !c.head.has(on) })
}

// nowhere reports whether a dependency is not on a side, and cannot come from beyond a boundary.
func (s *side) nowhere(on string) bool {
	namespace, _ := splitKey(on)
	may := func(node string) bool {
		u := s.Graph.Lookup(node)
		return u == nil || target(u) == "" && slices.Contains([]string{"", namespace}, u.Object().Spec.TargetNamespace)
	}
	return !s.has(on) && !strings.Contains(on, "${") &&
		!slices.ContainsFunc(s.Graph.Boundaries(), func(b dag.Boundary) bool { return may(b.Node) }) &&
		!slices.ContainsFunc(s.Unread, func(d dag.Diagnostic) bool { return may(d.Node) })
}

// arrivals adds to what is said of a new node which ones of the base have waited for it in vain.
func (c *comparison) arrivals() {
	if c.head.Build == nil {
		return
	}
	waiting := map[string][]string{}
	for v := range c.base.Graph.Vertices() {
		now := c.head.Graph.Lookup(v.Key())
		if now == nil || len(v.Object().Spec.DependsOn) == 0 || v.Object().Spec.Suspend || !c.takesUp(now) {
			continue
		}
		for _, on := range dependencies(v) {
			if dependsOn(now, on) && c.base.nowhere(on) {
				waiting[on] = append(waiting[on], v.Key())
			}
		}
	}
	for i := range c.out.Changes {
		ch := &c.out.Changes[i]
		if on := waiting[ch.Node]; ch.Kind == Add && len(on) > 0 && !c.stopped(ch.Node) {
			ch.Effect += fmt.Sprintf(" So far %s waited for it in vain: once it is ready, Flux applies %s, and deletes what has left %s meanwhile (prune: true).",
				few(on, 5), verb(len(on), "that", "these"), verb(len(on), "its folder", "their folders"))
		}
	}
}
