package plan

import "slices"

// choose takes in the nodes, and what cannot stay without them.
func (d *teardown) choose(keys []string) {
	d.carry = d.carriers()
	var kept map[string]bool
	if len(keys) == 0 {
		kept = d.keep(d.carry)
		for v := range d.Graph.Vertices() {
			if !kept[v.Key()] {
				keys = append(keys, v.Key())
			}
		}
		d.noteKept(d.carry, kept)
	}
	queue := slices.Clone(keys)
	for _, key := range keys {
		d.because[key] = ""
	}
	take := func(key, because string) {
		if _, chosen := d.because[key]; !chosen && !kept[key] {
			d.because[key] = because
			queue = append(queue, key)
		}
	}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		for _, u := range d.Graph.Dependents(d.Graph.Lookup(key)) {
			take(u.Key(), key)
		}
		for _, child := range d.children[key] {
			take(child, key)
		}
		for _, inside := range d.inside(key) {
			take(inside, key)
		}
	}
	d.noteCarriers(d.carry)
}

// inside are the nodes that lie in Namespaces which a node deletes, but for the sync root,
// that carries the teardown out.
func (d *teardown) inside(key string) []string {
	var all []string
	for _, t := range d.takes[key] {
		for _, user := range t.users {
			if user != d.SyncRoot && t.holds(user) {
				all = append(all, user)
			}
		}
	}
	return all
}
