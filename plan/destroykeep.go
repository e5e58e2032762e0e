package plan

import (
	"slices"
	"strings"
)

// carriers names what Flux itself runs by, by the nodes that apply it beside the sync root.
// When it goes, nothing carries the teardown out any more.
func (d *teardown) carriers() map[string][]string {
	found := map[string][]string{}
	for v := range d.Graph.Vertices() {
		if key := v.Key(); key != d.SyncRoot && target(v) == "" {
			if objects := having(d.Objects[key], func(o Object) bool { return o.Flux }); len(objects) > 0 {
				found[key] = named(objects)
			}
		}
	}
	return found
}

// keep returns what stays where all is taken down: the sync root, the carriers, and what these
// go with or need.
func (d *teardown) keep(carriers map[string][]string) map[string]bool {
	kept := map[string]bool{}
	queue := sortedKeys(carriers)
	if d.has(d.SyncRoot) {
		queue = append(queue, d.SyncRoot)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		key := queue[0]
		if kept[key] {
			continue
		}
		kept[key] = true
		queue = append(queue, d.parents[key]...)
		for _, u := range d.Graph.Dependencies(d.Graph.Lookup(key)) {
			queue = append(queue, u.Key())
		}
		if carriers[key] != nil || key == d.SyncRoot {
			queue = append(queue, d.housing(key)...)
		}
	}
	return kept
}

// housing are the nodes with Namespaces that a node lies in, or something that it applies.
func (d *teardown) housing(key string) []string {
	var all []string
	for _, definer := range sortedKeys(d.takes) {
		if slices.ContainsFunc(d.takes[definer], func(t taking) bool { return t.as == "namespace" && slices.Contains(t.users, key) }) {
			all = append(all, definer)
		}
	}
	return all
}

// noteKept says what stays though all is taken down.
func (d *teardown) noteKept(carriers map[string][]string, kept map[string]bool) {
	var subjects []string
	if d.has(d.SyncRoot) {
		subjects = append(subjects, d.SyncRoot)
	}
	others := slices.DeleteFunc(subtract(sortedKeys(kept), sortedKeys(carriers)), func(key string) bool { return key == d.SyncRoot })
	if subjects = append(subjects, carrying(carriers, sortedKeys(carriers))...); len(others) > 0 {
		subjects = append(subjects, "and what these need: "+strings.Join(others, ", "))
	}
	switch {
	case len(carriers) > 0:
		d.note("these stay, for they carry the teardown out: %s; in the end, remove Flux by hand, a FluxInstance before its operator", strings.Join(subjects, ", "))
	case len(others) > 0:
		d.note("these stay, for they carry the teardown out: %s; in the end, \"flux uninstall\" removes Flux", strings.Join(subjects, ", "))
	case len(subjects) > 0:
		d.note("%s stays, for it carries the teardown out; in the end, \"flux uninstall\" removes it", d.SyncRoot)
	}
}

// noteCarriers says what is lost with carriers that are taken down.
func (d *teardown) noteCarriers(carriers map[string][]string) {
	var going []string
	for _, key := range sortedKeys(carriers) {
		if _, goes := d.because[key]; goes {
			going = append(going, key)
		}
	}
	if len(going) == 0 {
		return
	}
	root := "the sync root"
	if d.SyncRoot != "" {
		root = d.SyncRoot
	}
	d.note("Flux itself goes with %s: %s deletes itself and everything that it applied, unless Flux is gone before it has done so; no commit does anything from then on, and no later stage is carried out",
		strings.Join(carrying(carriers, going), ", "), root)
}

// basics are the chosen nodes by which the cluster itself may run, which no file tells: without
// DNS, say, Flux fetches no further commit.
func (d *teardown) basics() []string {
	var basics []string
	for _, key := range sortedKeys(d.because) {
		goes, _ := deletes(&d.Graph.Lookup(key).Object().Spec)
		in := func(o Object) bool { return slices.Contains(o.namespaces(), "kube-system") && o.works() && !o.Kept }
		if goes && target(d.Graph.Lookup(key)) == "" && slices.ContainsFunc(d.Objects[key], in) {
			basics = append(basics, key)
		}
	}
	return basics
}

// noteBasics names them.
func (d *teardown) noteBasics() {
	if basics := d.basics(); len(basics) > 0 {
		d.note("look whether the cluster itself runs by any of these, as by its network or DNS, and let that stay; they go as late as the others let them: what runs in kube-system, of %s", strings.Join(basics, ", "))
	}
}

// carrying names nodes with what they bring of Flux.
func carrying(carriers map[string][]string, keys []string) []string {
	names := make([]string, 0, len(keys))
	for _, key := range keys {
		names = append(names, key+" ("+few(carriers[key], 2)+")")
	}
	return names
}
