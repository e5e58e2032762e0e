package plan

import (
	"maps"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// target tells the clusters apart to which nodes apply: two with the same kubeConfig mean
// the same one.
func target(v *dag.Vertex) string {
	k := v.Object().Spec.KubeConfig
	switch {
	case k == nil:
		return ""
	case k.SecretRef != nil:
		return v.Object().Namespace + "/" + k.SecretRef.Name + "/" + k.SecretRef.Key
	case k.ConfigMapRef != nil:
		return v.Object().Namespace + "/" + k.ConfigMapRef.Name
	}
	return v.Key()
}

// define finds what is defined, and what goes along with definitions, Namespaces and sources when the nodes go
// that apply them.
func (d *teardown) define() {
	d.definers, d.defined = map[use][]string{}, map[use]bool{}
	for v := range d.Graph.Vertices() {
		goes, _ := deletes(&v.Object().Spec)
		for _, o := range d.Objects[v.Key()] {
			for _, what := range d.takesOf(v, o) {
				d.defined[what] = true
				if goes && !o.Kept {
					d.definers[what] = append(d.definers[what], v.Key())
				}
			}
		}
	}
	d.operate()
	d.takes = map[string][]taking{}
	for _, what := range sortedUses(d.definers) {
		users := d.along(what, d.usersBeside(what))
		for _, definer := range unique(d.definers[what]) {
			others := slices.DeleteFunc(slices.Clone(users), func(key string) bool { return key == definer })
			if len(users) > 0 {
				d.takes[definer] = append(d.takes[definer], taking{what, others, len(others) < len(users)})
			}
			if claims := d.claimsOf(what, users); len(claims) > 0 {
				d.takes[definer] = append(d.takes[definer], taking{use: use{what.cluster, "claims", what.name}, users: claims})
			}
		}
	}
}

// usersBeside are the nodes that use something. Of those that apply Kustomizations which are nodes,
// these speak for themselves.
func (d *teardown) usersBeside(what use) []string {
	if what.as == "operator" {
		what.as = "group"
	}
	var keys []string
	for _, u := range d.users(what) {
		if u.object == nil || d.node(u.node, *u.object) == nil {
			keys = append(keys, u.node.Key())
		}
	}
	return unique(keys)
}

// along adds what is applied by Kustomizations that lie in a Namespace: it goes with them.
func (d *teardown) along(what use, users []string) []string {
	if what.cluster != "" || what.as != "namespace" {
		return users
	}
	seen := map[string]bool{}
	var queue []string
	add := func(key string) {
		if !seen[key] {
			seen[key] = true
			queue = append(queue, key)
		}
	}
	for _, key := range users {
		if namespace, _ := splitKey(key); namespace == what.name {
			add(key)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, child := range d.children[queue[0]] {
			add(child)
		}
	}
	return unique(append(users, slices.Collect(maps.Keys(seen))...))
}

// takesOf returns what goes along with an object of a node. The definitions of Flux are left
// out, whose controllers carry the teardown out.
func (d *teardown) takesOf(v *dag.Vertex, o Object) []use {
	at := target(v)
	if o.Group == sourceGroup {
		return []use{{at, "source", o.String()}}
	}
	if classes := o.brings(); len(classes) > 0 {
		return asClasses(at, classes)
	}
	if what := o.container(at); what != (use{}) && !(what.as == "group" && ofFlux(what.name)) {
		return []use{what}
	}
	return slices.DeleteFunc(o.provides(at), func(what use) bool { return len(d.users(what)) == 0 })
}
