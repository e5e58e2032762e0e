package plan

import (
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// stop finds the nodes that no commit reaches: those that are suspended, that cannot be
// built, those in circles, and what waits for them.
func (d *teardown) stop() {
	d.stale = map[string]bool{}
	d.stuck, d.rest, d.paused = map[string]string{}, map[string]int{}, d.suspendedSources()
	for _, cycle := range d.Graph.Cycles() {
		for _, v := range cycle {
			d.halt(v.Key(), "waits in a circle")
		}
	}
	for v := range d.Graph.Vertices() {
		if slices.Contains(d.Graph.Dependencies(v), v) { // which is none of the cycles
			d.halt(v.Key(), "waits for itself")
		}
	}
	for v := range d.Graph.Vertices() {
		d.count(v.Key())
		if d.stuck[v.Key()] == "" {
			d.idle(v)
		}
	}
}

// count counts what a node builds.
func (d *teardown) count(key string) {
	if objects, known := d.applies(key); known {
		d.rest[key] += len(objects)
	} else {
		d.rest[key]++ // something may be there
	}
	for _, parent := range d.parents[key] {
		d.rest[parent]++
	}
}

// idle finds out whether a node reconciles no commit, though nothing that it waits for keeps
// it from that.
func (d *teardown) idle(v *dag.Vertex) {
	key := v.Key()
	switch {
	case v.Object().Spec.Suspend:
		d.stuck[key] = "is suspended"
		for _, u := range d.Graph.Dependents(v) {
			if sourceOf(u) == sourceOf(v) && !judges(u, key) { // one of another source needs no new revision of it
				d.halt(u.Key(), "waits for "+key+", which is suspended")
			}
		}
	case d.partial[key]:
		d.halt(key, "cannot be built")
	case d.nowhere(v) != "":
		d.halt(key, "waits for "+d.nowhere(v)+", which is nowhere")
	case d.paused[sourceName(v)]: // what waits for it has the same source, or needs no new revision of it
		d.stuck[key], d.stale[key] = "builds from "+sourceName(v)+", which is suspended", true
	}
}

// judges reports whether a node decides by an expression of its own whether another one is
// ready, which takes the place of Flux's check.
func judges(v *dag.Vertex, key string) bool {
	return slices.ContainsFunc(v.Object().Spec.DependsOn, func(dep kustomizev1.DependencyReference) bool {
		return dep.ReadyExpr != "" && dependency(v, dep) == key
	})
}

// nowhere returns a dependency of a node that is not there, where all is known that is.
func (d *teardown) nowhere(v *dag.Vertex) string {
	if d.Build == nil || len(d.Graph.Boundaries())+len(d.Unread) > 0 {
		return ""
	}
	for _, key := range dependencies(v) {
		if !d.has(key) {
			return key
		}
	}
	return ""
}

// halt notes that a node reconciles no more, nor what waits for it.
func (d *teardown) halt(key, why string) {
	if d.halted(key) {
		return
	}
	d.stuck[key] = why
	delete(d.stale, key)
	for queue := []string{key}; len(queue) > 0; queue = queue[1:] {
		why := d.stuck[queue[0]]
		if !strings.HasPrefix(why, "waits for ") {
			why = "waits for " + queue[0] + ", which " + why
		}
		for _, u := range d.Graph.Dependents(d.Graph.Lookup(queue[0])) {
			if !d.halted(u.Key()) {
				d.stuck[u.Key()] = why
				delete(d.stale, u.Key())
				queue = append(queue, u.Key())
			}
		}
	}
}

// halted reports whether a node does nothing more. One that has an old revision is as ready as
// it was, until something else stops it.
func (d *teardown) halted(key string) bool { return d.stuck[key] != "" && !d.stale[key] }

// lose notes what reconciles no more when a node goes: what has objects of its definitions
// or in its Namespaces, or its source there, and what has nothing to build any more, for
// git keeps no empty folder. What is in a Namespace goes with it, and may take more along.
func (d *teardown) lose(key string) {
	if d.gone[key] {
		return
	}
	d.gone[key] = true
	for _, parent := range d.parents[key] {
		if len(d.builtElsewhere(key))+len(d.making(d.Graph.Lookup(key))) > 0 { // its file stays
			break
		}
		if d.rest[parent]--; d.rest[parent] == 0 {
			d.halt(parent, "fails, for nothing is left in its folder")
		}
	}
	for _, t := range d.takes[key] {
		if t.as == "operator" || t.volumes() { // its definitions may stay, and claims do
			continue
		}
		for _, user := range t.users {
			d.halt(user, "fails without what goes with "+key)
			if t.holds(user) {
				d.lose(user)
			}
		}
	}
	for _, child := range d.children[key] {
		d.halt(child, "goes with "+key)
		d.lose(child)
	}
}
