package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Where a chart brings definitions, no file says which. By its name a release may be the
// operator of an API group all the same: that of external-secrets is the one of
// external-secrets.io. It is told that this is taken to be so, and its order is soft.

// operate finds the nodes with the operators of API groups that nothing here defines, where
// the name of a release leaves no doubt.
func (d *teardown) operate() {
	d.operators = map[string]string{}
	releases := map[string][]string{}
	for v := range d.Graph.Vertices() {
		for _, o := range having(d.Objects[v.Key()], func(o Object) bool { return o.release() && !o.Kept && !o.Suspended }) {
			_, chart := splitKey(o.Chart)
			for _, name := range unique([]string{o.Name, chart}) {
				releases[target(v)+"|"+name] = append(releases[target(v)+"|"+name], v.Key())
			}
		}
	}
	for v := range d.Graph.Vertices() {
		for _, o := range having(d.Objects[v.Key()], custom) {
			if key := d.operatorOf(v, o, releases); key != "" {
				d.operators[target(v)+"|operator/"+o.Group] = key
			}
		}
	}
	for what, key := range d.operators {
		if goes, _ := deletes(&d.Graph.Lookup(key).Object().Spec); goes {
			d.definers[what] = append(d.definers[what], key)
		}
	}
}

// operatorOf returns the only node with a release that has the name of an object's API group,
// the label before the last.
func (d *teardown) operatorOf(v *dag.Vertex, o Object, releases map[string][]string) string {
	at, labels := target(v)+"|", strings.Split(o.Group, ".")
	if d.defined[at+"group/"+o.Group] {
		return ""
	}
	name := labels[len(labels)-2]
	for _, name := range []string{name, name + "-operator"} {
		if keys := unique(releases[at+name]); len(keys) > 0 {
			if len(keys) == 1 {
				return keys[0]
			}
			return ""
		}
	}
	return ""
}

// noteOperators says which operators were found by their names, of the groups that go.
func (d *teardown) noteOperators() {
	groups := map[string][]string{}
	for _, what := range sortedKeys(d.operators) {
		key := d.operators[what]
		_, group, _ := strings.Cut(what, "|operator/")
		if slices.ContainsFunc(d.takes[key], func(t taking) bool { return t.what == what && slices.ContainsFunc(t.users, d.goes) }) && d.goes(key) {
			groups[key] = append(groups[key], group)
		}
	}
	var texts []string
	for _, key := range sortedKeys(groups) {
		texts = append(texts, key+" ("+strings.Join(groups[key], ", ")+")")
	}
	if len(texts) > 0 {
		d.note("by the names of their releases these are taken for the operators of API groups, and go after what applies such custom resources, where no circle comes of it: %s", strings.Join(texts, ", "))
	}
}

// goes reports whether a node is taken down.
func (d *teardown) goes(key string) bool {
	_, goes := d.because[key]
	return goes
}
