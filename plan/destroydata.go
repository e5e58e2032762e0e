package plan

import (
	"slices"
	"strings"
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

// noteReleases says once what goes with a release, and which releases stay.
func (d *teardown) noteReleases() {
	var rests []Object
	for v := range d.Graph.Vertices() {
		if _, goes := d.because[v.Key()]; goes {
			rests = append(rests, having(notKept(d.Objects[v.Key()]), Object.rests)...)
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
