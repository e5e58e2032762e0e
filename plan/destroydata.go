package plan

import (
	"iter"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// holdsData reports whether data may be lost with an object: it holds some, or what has or made
// claims goes with it.
func holdsData(o Object) bool {
	return o.stateful() && !(o.release() && o.Suspended) || o.namespace() != ""
}

// ofKinds picks the names of objects of some kinds.
func ofKinds(names []string, kinds ...string) []string {
	var all []string
	for _, name := range names {
		for _, kind := range kinds {
			if strings.HasPrefix(name, kind+" ") {
				all = append(all, name)
			}
		}
	}
	return all
}

// going are the objects that go with the chosen nodes, each with its node.
func (d *teardown) going() iter.Seq2[*dag.Vertex, Object] {
	return func(yield func(*dag.Vertex, Object) bool) {
		for _, key := range sortedKeys(d.because) {
			v := d.Graph.Lookup(key)
			if goes, _ := deletes(&v.Object().Spec); !goes {
				continue
			}
			for _, o := range d.Objects[key] {
				if !o.Kept && !yield(v, o) {
					return
				}
			}
		}
	}
}

// noteReleases says once what goes with a release, and which releases stay.
func (d *teardown) noteReleases() {
	var rests []Object
	for _, o := range d.going() {
		if o.rests() {
			rests = append(rests, o)
		}
	}
	if len(rests) > 0 {
		d.note("%s", resting(rests))
	}
	for _, stage := range d.out.Stages {
		uninstalls := func(r Removed) bool { return len(ofKinds(r.Data, "HelmRelease")) > 0 }
		if len(stage.Releases) > 0 || slices.ContainsFunc(stage.Nodes, uninstalls) {
			d.note("with a HelmRelease the release is uninstalled, and the data of claims that it made goes, unless the chart or the volume keeps it (reclaimPolicy: Retain)")
			return
		}
	}
}
