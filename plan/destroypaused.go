package plan

import "strings"

// suspendedSources are the sources that fetch nothing.
func (d *teardown) suspendedSources() map[string]bool {
	paused := map[string]bool{}
	find := func(objects []Object) {
		for _, o := range objects {
			if o.Suspended {
				paused[o.Kind+" "+o.Namespace+"/"+o.Name] = true
			}
		}
	}
	find(d.ByHand)
	for v := range d.Graph.Vertices() {
		if target(v) == "" {
			find(d.Objects[v.Key()])
		}
	}
	return paused
}

// revive notes that what builds from a suspended source still applies the old revision of
// it, and with that the nodes that commands delete.
func (d *teardown) revive() {
	parents := map[string][]string{} // by source
	for key := range d.because {
		for _, parent := range d.parents[key] {
			v := d.Graph.Lookup(parent)
			if source := sourceName(v); d.paused[source] && !v.Object().Spec.Suspend && !d.partial[parent] {
				parents[source] = append(parents[source], parent)
			}
		}
	}
	for _, source := range sortedKeys(parents) {
		d.note("%s is suspended: no commit reaches what builds from it, which brings back by its old revision what is deleted here (%s); resume the source first, and plan again",
			source, strings.Join(unique(parents[source]), ", "))
	}
}
