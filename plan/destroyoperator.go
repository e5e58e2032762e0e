package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// No file says which operator an API group has, and where a chart brings its definitions, none
// says even that. By its name a release or Deployment may be it all the same: external-secrets
// that of external-secrets.io. It is told that this is taken to be so, and its order is soft.

// operate finds the nodes with the operators of API groups, where a name leaves no doubt.
func (d *teardown) operate() {
	d.operators = map[use]string{}
	named := d.operatorNames()
	for v := range d.Graph.Vertices() {
		for _, o := range having(d.Objects[v.Key()], Object.custom) {
			if key := operatorOf(v, o, named); key != "" && !slices.Contains(d.definers[use{target(v), "group", o.Group}], key) {
				d.operators[use{target(v), "operator", o.Group}] = key
			}
		}
	}
	for what, key := range d.operators {
		if goes, _ := deletes(&d.Graph.Lookup(key).Object().Spec); goes {
			d.definers[what] = append(d.definers[what], key)
		}
	}
}

// operatorNames returns the nodes that apply what may be an operator, by cluster and name.
func (s *side) operatorNames() map[string][]string {
	named := map[string][]string{}
	for v := range s.Graph.Vertices() {
		for _, o := range having(s.Objects[v.Key()], Object.operator) {
			for _, name := range o.names() {
				named[target(v)+"|"+name] = append(named[target(v)+"|"+name], v.Key())
			}
		}
	}
	return named
}

// names are those by which an operator may be known: its own and that of its chart's source.
func (o Object) names() []string {
	_, chart := splitKey(o.Chart)
	return unique([]string{o.Name, chart})
}

// operator reports whether an object may be an operator, which goes with its node.
func (o Object) operator() bool {
	return (o.release() && !o.Suspended || o.Group == "apps" && o.Kind == "Deployment") && !o.Kept
}

// operatorOf returns the only node with something that has the name of an object's API group.
func operatorOf(v *dag.Vertex, o Object, named map[string][]string) string {
	for _, name := range o.operatorNames() {
		if keys := unique(named[target(v)+"|"+name]); len(keys) == 1 {
			return keys[0]
		} else if len(keys) > 1 {
			return ""
		}
	}
	return ""
}

// noteOperators says which operators were found by their names, of the groups that go.
func (d *teardown) noteOperators() {
	groups := map[string][]string{}
	for _, what := range sortedUses(d.operators) {
		key := d.operators[what]
		if slices.ContainsFunc(d.takes[key], func(t taking) bool { return t.use == what && slices.ContainsFunc(t.users, d.goes) }) && d.goes(key) {
			groups[key] = append(groups[key], what.name)
		}
	}
	var texts []string
	for _, key := range sortedKeys(groups) {
		texts = append(texts, key+" ("+strings.Join(groups[key], ", ")+")")
	}
	if len(texts) > 0 {
		d.note("by their names these are taken for the operators of API groups, and go after what applies such custom resources, where no circle comes of it: %s", strings.Join(texts, ", "))
	}
}

// goes reports whether a node is taken down.
func (d *teardown) goes(key string) bool {
	_, goes := d.because[key]
	return goes
}
