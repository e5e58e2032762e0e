package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// place is an object in the cluster that it is applied to.
type place struct {
	target string
	object identity
}

// objectsOf says what becomes of what a node applies when it goes.
func (d *teardown) objectsOf(v *dag.Vertex, r *Removed) {
	goes, why := deletes(&v.Object().Spec)
	if !goes {
		r.Stays = why
		return
	}
	at := target(v)
	var customs, undefined, shared, data []Object
	var others []string
	before := d.recorded(v.Key())
	for _, o := range d.withoutNodes(v, d.Objects[v.Key()]) {
		if o.Kept || slices.Contains(before, o) {
			continue
		}
		if holdsData(o) {
			data = append(data, o)
		}
		if o.custom() {
			customs = append(customs, o)
			if !d.defined[use{at, "group", o.Group}] && d.operators[use{at, "operator", o.Group}] == "" {
				undefined = append(undefined, o)
				d.unknown = append(d.unknown, o.identity().kind())
			}
		}
		if also := d.staying[place{at, o.identity()}]; len(also) > 0 {
			shared, others = append(shared, o), append(others, also...)
		}
	}
	r.Custom, r.Undefined, r.Shared, r.Data = named(customs), named(undefined), named(shared), named(data)
	r.Shedding = named(having(data, Object.sheds))
	if len(shared) > 0 {
		d.note("with %s go objects that are also in nodes that stay (%s), unless one of those applied them last, and come back when it reconciles: %s",
			v.Key(), strings.Join(unique(others), ", "), few(r.Shared, 5))
	}
}

// stay finds what the nodes apply that stay.
func (d *teardown) stay() {
	d.staying = map[place][]string{}
	for v := range d.Graph.Vertices() {
		if _, goes := d.because[v.Key()]; goes {
			continue
		}
		for _, o := range d.withoutNodes(v, d.Objects[v.Key()]) {
			p := place{target(v), o.identity()}
			d.staying[p] = append(d.staying[p], v.Key())
		}
	}
}

// undefined notes the kinds of custom resources whose definition is not known, and so
// neither the node that their operator comes from.
func (d *teardown) undefined() {
	if kinds := unique(d.unknown); len(kinds) > 0 {
		d.note("the operators of some custom resources have to run until these are gone, and the order does not know them, for nothing here defines the kinds (perhaps a chart does): see that they go last. The kinds: %s", strings.Join(kinds, ", "))
	}
}

// mayHaveCustom reports whether a node applies custom resources, as far as is known.
func (d *teardown) mayHaveCustom(key string) bool {
	objects, known := d.applies(key)
	for _, o := range objects {
		if o.custom() && !o.Kept {
			return true
		}
	}
	return !known
}
