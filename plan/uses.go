package plan

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// use is one way in which something of a cluster, see [target], is used. A node uses, in the
// cluster that Flux is in,
//   - its namespace, its source, and the namespace of that;
//   - what it runs with: account, rights, role, config and values, see [accountUses];
//   - optional: a ConfigMap or Secret of variables that it goes on without;
//   - dependency: the Kustomizations that it waits for;
//
// and in its own one health: what its healthChecks name. An object that a node applies uses
//   - group: the definition of its API group;
//   - namespace: its own, and those that a HelmRelease installs into and has its records in;
//   - class: the StorageClasses that it names;
//   - chart: the source that it names, as a HelmRelease does that of its chart;
//   - awaits: what a HelmRelease is never ready without beside that.
type use struct{ cluster, as, name string }

// user is what uses something: a node itself, or an object that it applies.
type user struct {
	node   *dag.Vertex
	object *Object // nil where it is the node
}

// String names the object, or else the node.
func (u user) String() string {
	if u.object != nil {
		return u.object.String()
	}
	return u.node.Key()
}

// nodes are those that use something themselves: all that is needed to know whether a source is.
func (s *side) nodes(what use) []user {
	if s.bySpec == nil {
		s.bySpec = map[use][]user{}
		for v := range s.Graph.Vertices() {
			for _, what := range specUses(v) {
				s.bySpec[what] = append(s.bySpec[what], user{v, nil})
			}
		}
	}
	return s.bySpec[what]
}

// users are what uses something on a side. What a binding binds, and the Namespace that it is in,
// is used by the nodes to whose accounts it gives rights: with that these go.
func (s *side) users(what use) []user {
	nodes := s.nodes(what)
	if s.byObject == nil {
		s.byObject = map[use][]user{}
		for v := range s.Graph.Vertices() {
			at, objects := target(v), s.Objects[v.Key()]
			for i := range objects {
				o := &objects[i]
				o.uses(at, func(what use) { s.byObject[what] = append(s.byObject[what], user{v, o}) })
				for _, rights := range o.rights(at) {
					for _, u := range s.bySpec[rights] {
						role, namespace := use{at, "role", o.Role}, use{at, "namespace", o.Namespace}
						s.byObject[role], s.byObject[namespace] = append(s.byObject[role], u), append(s.byObject[namespace], u)
					}
				}
			}
		}
	}
	return slices.Concat(nodes, s.byObject[what])
}

// bound reports whether a binding gives a node rights, and is in a Namespace or binds a role.
func (s *side) bound(v *dag.Vertex, what use) bool {
	s.users(what) // finds all of them
	return slices.Contains(s.byObject[what], user{v, nil})
}

// usersOf are what uses an object of a cluster on a side, in whatever way.
func (s *side) usersOf(cluster string, o Object) []user {
	var all []user
	for _, what := range o.usedAs(cluster) {
		all = append(all, slices.DeleteFunc(s.users(what), func(u user) bool { return what.as == "group" && !o.defines(u.object) })...)
	}
	return all
}

// specUses are what a node uses itself.
func specUses(v *dag.Vertex) []use {
	spec, namespace := &v.Object().Spec, v.Object().Namespace
	all := slices.Concat(sourceUses(v), accountUses(v), configUses(v), valueUses(v), []use{{"", "namespace", namespace}})
	for _, key := range dependencies(v) {
		all = append(all, use{"", "dependency", key})
	}
	if spec.PostBuild != nil {
		for _, ref := range spec.PostBuild.SubstituteFrom {
			if ref.Optional {
				all = append(all, use{"", "optional", ref.Kind + "/" + namespace + "/" + ref.Name})
			}
		}
	}
	return append(all, healthUses(v)...)
}

// sourceUses are what a node needs to be reconciled: its source, and the Namespace of that.
func sourceUses(v *dag.Vertex) []use {
	return []use{{"", "source", sourceName(v)}, {"", "namespace", sourceOf(v).Namespace}}
}

func healthUses(v *dag.Vertex) []use {
	var all []use
	if len(v.Object().Spec.HealthChecks) > 0 {
		for _, n := range needs(v) {
			if n.as == (use{}) {
				all = append(all, n.object.health(n.of))
			}
		}
	}
	return all
}

// health is how an object is used by what checks its health.
func (o Object) health(cluster string) use { return use{cluster, "health", o.Group + " " + o.String()} }

// checks reports whether a node checks the health of an object, and not of all that it applies.
func checks(v *dag.Vertex, cluster string, o Object) bool {
	return v != nil && slices.Contains(healthUses(v), o.health(cluster))
}

// uses says what an object of a cluster uses.
func (o *Object) uses(cluster string, say func(use)) {
	say(use{cluster, "group", o.Group})
	for _, name := range []string{o.Namespace, o.Installs, o.Stores} {
		if name != "" {
			say(use{cluster, "namespace", name})
		}
	}
	for class := range strings.FieldsSeq(o.Classes) {
		say(use{cluster, "class", class})
	}
	if o.Chart != "" {
		say(use{cluster, "chart", o.Chart})
	}
	for name := range strings.FieldsSeq(o.Awaits) {
		say(use{cluster, "awaits", name})
	}
}

// usedAs are the ways in which an object of a cluster may be used.
func (o Object) usedAs(cluster string) []use {
	all := append(make([]use, 0, 5), o.health(cluster))
	for _, what := range o.provides(cluster) {
		if all = append(all, what); what.as == "values" {
			all = append(all, use{cluster, "awaits", what.name}, use{cluster, "optional", what.name})
		}
	}
	switch {
	case o.Group == sourceGroup:
		all = append(all, use{cluster, "source", o.String()}, use{cluster, "chart", o.String()})
	case o.release():
		all = append(all, use{cluster, "awaits", "HelmRelease/" + o.Namespace + "/" + o.Name})
	case o.container(cluster) != (use{}):
		all = append(all, o.container(cluster))
	}
	return append(all, asClasses(cluster, o.brings())...)
}

// asClasses are the ways in which StorageClasses are used.
func asClasses(cluster string, classes []string) []use {
	var all []use
	for _, class := range classes {
		all = append(all, use{cluster, "class", class})
	}
	return all
}

// container is how a definition or a Namespace is used by what goes with it; nothing for any other
// object.
func (o Object) container(cluster string) use {
	switch {
	case o.Group == "apiextensions.k8s.io" && o.Kind == "CustomResourceDefinition":
		_, group, _ := strings.Cut(o.Name, ".")
		return use{cluster, "group", group}
	case o.namespace() != "":
		return use{cluster, "namespace", o.Name}
	}
	return use{}
}

// defines reports whether an object of a definition's group is one of its kind, or may be.
func (o Object) defines(p *Object) bool { return o.Defines == "" || o.Defines == p.Group+"/"+p.Kind }

// namespace returns the name of a Namespace; nothing for any other object.
func (o Object) namespace() string {
	if o.Group == "" && o.Kind == "Namespace" {
		return o.Name
	}
	return ""
}
