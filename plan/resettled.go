package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// resettled says of objects that a node loses that another one, or itself, applies them from now
// on in another namespace, where that is so of most: to Flux that is another object, and data does
// not go over.
func (c *comparison) resettled(lost []Object, by string) []phrase {
	var come, anew []Object
	at := target(c.either(by))
	namespaced := having(lost, func(o Object) bool { return o.Namespace != "" })
	to := most(namespaced, len(namespaced), func(o Object) string { return c.twin(o, by).by })
	if to == "" {
		return nil
	}
	for _, o := range namespaced {
		if s := c.twin(o, by); s.by == to {
			come = append(come, s.Object)
			if p, same := c.sameRelease(o, at); !same || p.identity() != s.identity() {
				anew = append(anew, s.Object)
			}
		}
	}
	if len(come) < 2 && !slices.ContainsFunc(come, Object.stateful) {
		return nil
	}
	const lead = " This looks like a move: "
	same := " applies the same in another namespace, " + few(distinct(come, func(o Object) string { return o.Namespace }), 3) + "."
	all := []phrase{{said: lead + to + same, many: lead + "another node" + same}}
	data := having(anew, func(o Object) bool { return o.stateful() && !c.runs(o, at) })
	if len(data) > 0 {
		const others = " To Flux these are others, and data does not move with them: new, and without data at first: "
		rest := "." + refusing(data) + "let both stand side by side, migrate the data, and delete the old ones in a later commit."
		all = append(all, phrase{said: others + few(named(data), 3) + rest, many: others + "each " + strings.Join(distinct(data, func(o Object) string { return o.Kind }), ", ") + rest})
	}
	if slices.ContainsFunc(anew, func(o Object) bool { return o.release() && !o.Strict }) {
		all = append(all, phrase{said: takenAlong, many: takenAlong})
	}
	return append(all, c.deadlock(by, to, come)...)
}

// takenAlong is what becomes of objects that the charts of two releases have in common. Unless it
// is told not to, helm-controller takes over what is there (internal/action/install.go, TakeOwnership);
// an uninstall deletes all that its release lists, whoever has it by now (Helm 4.2, pkg/action/uninstall.go,
// deleteRelease).
const takenAlong = " Where both releases make the same objects without a namespace, such as ClusterRoles, the new one takes these over if it is there first, and they go with the old one: upgrade the new one again then (flux reconcile helmrelease --force)."

// refusing begins the advice on how data moves with the releases that Helm does not install beside
// the old ones ("invalid ownership metadata"; pkg/action/validate.go, checkOwnership).
func refusing(data []Object) string {
	strict := having(data, func(o Object) bool { return o.release() && o.Strict })
	if len(strict) == 0 {
		return " So "
	}
	return fmt.Sprintf(" Where both releases make the same objects without a namespace, such as ClusterRoles, Helm refuses %s while the old one is there (install.disableTakeOwnership): then take the data out, and delete the old one in a commit before the new one comes. Else ", few(named(strict), 3))
}

// deadlock says that what deletes the old objects waits until the new ones are ready. Where a node
// applies both, it prunes before it looks at their health.
func (c *comparison) deadlock(by, to string, come []Object) []phrase {
	for seen := map[string]bool{}; c.vanishes(by) && !seen[by]; by = c.end(by).by {
		seen[by] = true
	}
	v := c.head.Graph.Lookup(to)
	healthy := v.Object().Spec.Wait || slices.ContainsFunc(come, func(o Object) bool { return checks(v, target(v), o) })
	if by == to || !healthy || !c.waitsFor(by, to) {
		return nil
	}
	const many = " What deletes the old ones waits until the node of the new ones is ready: where these do not become ready beside the old ones, neither comes about."
	return []phrase{{said: fmt.Sprintf(" %s deletes the old ones only when %s is ready, for which it waits: where the new ones do not become ready beside the old ones, neither comes about.", by, to), many: many}}
}

// waitsFor reports whether a node waits for another one, directly or not, by whatever spec it runs.
func (c *comparison) waitsFor(key, on string) bool {
	specs := c.acting(key)
	return len(specs) > 0 && !slices.ContainsFunc(specs, func(v *dag.Vertex) bool {
		for u := range c.head.ordered(v) {
			if u.Key() == on || c.heldBack(u.Key(), on) == on {
				return false
			}
		}
		return true
	})
}

// runs reports whether a release is taken for an operator: its data is not in it, and two of them
// side by side would be after the same definitions.
func (c *comparison) runs(o Object, at string) bool {
	return o.release() && len(c.base.operated(o, at)) > 0
}

// twin returns the only new object of head that has the kind and name of another one, in another
// namespace of its cluster; nothing where there are several.
func (c *comparison) twin(o Object, by string) owned {
	if c.newcomers == nil {
		c.newcomers = map[identity]map[string][]owned{}
		for v := range c.head.Graph.Vertices() {
			c.arriving(v)
		}
	}
	at := o.identity()
	at.Namespace = ""
	if all := c.newcomers[at][target(c.either(by))]; len(all) == 1 && all[0].Namespace != o.Namespace {
		return all[0]
	}
	return owned{}
}

// arriving notes the new objects of a node of head.
func (c *comparison) arriving(v *dag.Vertex) {
	to := target(v)
	for _, o := range c.head.Objects[v.Key()] {
		if o.Namespace == "" || o.kustomization() != "" || c.base.ownerIn(to, o) != "" {
			continue
		}
		at := o.identity()
		at.Namespace = ""
		if c.newcomers[at] == nil {
			c.newcomers[at] = map[string][]owned{}
		}
		c.newcomers[at][to] = append(c.newcomers[at][to], owned{o, v.Key()})
	}
}
