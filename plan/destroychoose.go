package plan

import "slices"

// choose takes in the nodes, and what cannot stay without them.
func (d *teardown) choose(keys []string) {
	if len(keys) == 0 {
		for v := range d.Graph.Vertices() {
			if v.Key() != d.SyncRoot {
				keys = append(keys, v.Key())
			}
		}
		if d.has(d.SyncRoot) {
			d.note("%s stays, for it carries the teardown out; in the end, \"flux uninstall\" removes it", d.SyncRoot)
		}
	}
	queue := slices.Clone(keys)
	for _, key := range keys {
		d.because[key] = ""
	}
	take := func(key, because string) {
		if _, chosen := d.because[key]; !chosen {
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
