package plan

import (
	"maps"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// taking is what goes along with something that a node applies.
type taking struct {
	what  string // a CRD's group, a Namespace or a source, in one cluster
	users []string
	own   bool // the node is one itself
}

// kind returns what it is: "group", "namespace" or "source".
func (t taking) kind() string {
	_, rest, _ := strings.Cut(t.what, "|")
	kind, _, _ := strings.Cut(rest, "/")
	return kind
}

// soft reports whether something can be deleted in another order too: for its deletion
// no node needs its source, only to be reconciled before.
func (t taking) soft() bool { return t.kind() == "source" }

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
			what := o.takes()
			if what == "" {
				continue
			}
			what = target(v) + "|" + what
			d.defined[what] = true
			if goes && !o.Kept {
				d.definers[what] = append(d.definers[what], v.Key())
			}
		}
	}
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

// takes returns what goes along with an object, or nothing. The definitions of Flux are
// left out, whose controllers carry the teardown out.
func (o Object) takes() string {
	if o.Group == "source.toolkit.fluxcd.io" {
		return "source/" + o.Kind + "/" + o.Namespace + "/" + o.Name
	}
	if what := o.container(); !ofFlux(what) {
		return what
	}
	return ""
}

// uses returns what a node needs: definitions and Namespaces of what it applies, and its
// own source and Namespace. Kustomizations that are nodes speak for themselves.
func (d *teardown) uses(v *dag.Vertex) map[string]bool {
	used := map[string]bool{"|namespace/" + v.Object().Namespace: true}
	for _, what := range sourceUses(v) {
		used[what] = true
	}
	at := target(v)
	for _, o := range d.Objects[v.Key()] {
		if isKustomization(o) && d.has(o.Namespace+"/"+o.Name) {
			continue
		}
		used[at+"|group/"+o.Group], used[at+"|namespace/"+o.Namespace] = true, true
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
