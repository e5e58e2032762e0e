package plan

import (
	"maps"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
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
	d.definers, d.defined = map[string][]string{}, map[string]bool{}
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
	users := map[string][]string{}
	if len(d.definers) > 0 {
		for v := range d.Graph.Vertices() {
			for what := range d.uses(v) {
				if d.definers[what] != nil {
					users[what] = append(users[what], v.Key())
				}
			}
		}
	}
	d.takes = map[string][]taking{}
	for _, what := range sortedKeys(users) {
		users[what] = d.along(what, users[what])
		for _, definer := range unique(d.definers[what]) {
			others := slices.DeleteFunc(slices.Clone(users[what]), func(key string) bool { return key == definer })
			d.takes[definer] = append(d.takes[definer], taking{what, others, len(others) < len(users[what])})
			if claims := d.claimsOf(what, users[what]); len(claims) > 0 {
				d.takes[definer] = append(d.takes[definer], taking{what: strings.Replace(what, "|class/", "|claims/", 1), users: claims})
			}
		}
	}
}

// along adds what is applied by Kustomizations that lie in a Namespace: it goes with them.
func (d *teardown) along(what string, users []string) []string {
	name, is := strings.CutPrefix(what, "|namespace/")
	if !is {
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
		if namespace, _ := splitKey(key); namespace == name {
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
func (d *teardown) takesOf(v *dag.Vertex, o Object) []string {
	at := target(v) + "|"
	if o.Group == sourceGroup {
		return []string{at + "source/" + o.Kind + "/" + o.Namespace + "/" + o.Name}
	}
	if class := o.class(); class != "" {
		return []string{at + "class/" + class}
	}
	if what := o.container(); what != "" && !ofFlux(what) {
		return []string{at + what}
	}
	if len(d.needed) == 0 {
		return nil
	}
	var all []string
	for _, what := range o.provides() {
		if d.needed[at+what] {
			all = append(all, at+what)
		}
	}
	return all
}

// uses returns what a node needs: definitions and Namespaces of what it applies, its own
// source and Namespace, and what it runs with. Kustomizations that are nodes speak for
// themselves.
func (d *teardown) uses(v *dag.Vertex) map[string]bool {
	used := map[string]bool{"|namespace/" + v.Object().Namespace: true}
	for _, what := range slices.Concat(sourceUses(v), d.needs[v.Key()]) {
		used[what] = true
	}
	at := target(v)
	for _, o := range d.Objects[v.Key()] {
		if isKustomization(o) && d.has(o.Namespace+"/"+o.Name) {
			continue
		}
		used[at+"|group/"+o.Group], used[at+"|operator/"+o.Group] = true, true
		for _, namespace := range o.namespaces() {
			used[at+"|namespace/"+namespace] = true
		}
		for class := range strings.FieldsSeq(o.Classes) {
			used[at+"|class/"+class] = true
		}
	}
	return used
}

// sourceUses returns what a node needs to be reconciled: its source, and the Namespace of
// that.
func sourceUses(v *dag.Vertex) []string {
	source := sourceOf(v)
	return []string{"|source/" + source.Kind + "/" + source.Namespace + "/" + source.Name, "|namespace/" + source.Namespace}
}

// ofFlux reports whether an API group is one of the controllers that carry a teardown out.
func ofFlux(group string) bool { return strings.HasSuffix(group, ".toolkit.fluxcd.io") }

// custom reports whether an object is probably one of a CRD: its group is not one of
// Kubernetes'.
func custom(o Object) bool {
	return strings.Contains(o.Group, ".") && !strings.HasSuffix(o.Group, ".k8s.io") && o.Group != "k8s.io" && !ofFlux(o.Group)
}

// isKustomization reports whether an object is a Kustomization of Flux.
func isKustomization(o Object) bool {
	return o.Group == kustomizev1.GroupVersion.Group && o.Kind == kustomizev1.KustomizationKind
}
