package plan

import (
	"slices"
	"strings"
)

// stop finds the nodes that no commit reaches: those that are suspended, those in circles,
// and what waits for them.
func (d *teardown) stop() {
	d.stuck, d.rest = map[string]string{}, map[string]int{}
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
		key := v.Key()
		if objects, known := d.applies(key); known {
			d.rest[key] += len(objects)
		} else {
			d.rest[key]++ // something may be there
		}
		for _, parent := range d.parents[key] {
			d.rest[parent]++
		}
		if !v.Object().Spec.Suspend || d.stuck[key] != "" {
			continue
		}
		d.stuck[key] = "is suspended"
		for _, u := range d.Graph.Dependents(v) {
			if sourceOf(u) == sourceOf(v) { // one of another source needs no new revision of it
				d.halt(u.Key(), "waits for "+key+", which is suspended")
			}
		}
	}
}

// halt notes that a node reconciles no more, nor what waits for it.
func (d *teardown) halt(key, why string) {
	if d.stuck[key] != "" {
		return
	}
	d.stuck[key] = why
	for queue := []string{key}; len(queue) > 0; queue = queue[1:] {
		why := d.stuck[queue[0]]
		if !strings.HasPrefix(why, "waits for ") {
			why = "waits for " + queue[0] + ", which " + why
		}
		for _, u := range d.Graph.Dependents(d.Graph.Lookup(queue[0])) {
			if d.stuck[u.Key()] == "" {
				d.stuck[u.Key()] = why
				queue = append(queue, u.Key())
			}
		}
	}
}

// lose notes what reconciles no more when a node goes: what has objects of its definitions
// or in its Namespaces, or its source there, and what has nothing to build any more, for
// git keeps no empty folder. What is in a Namespace goes with it, and may take more along.
func (d *teardown) lose(key string) {
	if d.gone[key] {
		return
	}
	d.gone[key] = true
	for _, parent := range d.parents[key] {
		if d.rest[parent]--; d.rest[parent] == 0 {
			d.halt(parent, "fails, for nothing is left in its folder")
		}
	}
	for _, t := range d.takes[key] {
		for _, user := range t.users {
			d.halt(user, "fails without what goes with "+key)
			if namespace, _ := splitKey(user); t.what == "|namespace/"+namespace {
				d.lose(user)
			}
		}
	}
	for _, child := range d.children[key] {
		d.halt(child, "goes with "+key)
		d.lose(child)
	}
}
