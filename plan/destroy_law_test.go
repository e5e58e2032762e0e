package plan_test

import (
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestDestroyOrder holds that nothing goes before what needs it, but in circles, and that
// each chosen node goes once.
func TestDestroyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomTeardown(t, rapid.Bool().Draw(t, "cyclic"))
		var keys []string
		for v := range s.Graph.Vertices() {
			if rapid.Bool().Draw(t, "chosen") {
				keys = append(keys, v.Key())
			}
		}
		out := plan.Destroy(s, keys)
		if again := plan.Destroy(s, keys); !cmp.Equal(out, again) {
			t.Fatal(cmp.Diff(out, again))
		}
		place, circle := map[string]int{}, map[int]bool{}
		for i, stage := range out.Stages {
			circle[i] = stage.Circle
			for _, r := range stage.Nodes {
				if _, twice := place[r.Node]; twice {
					t.Fatalf("%s goes twice", r.Node)
				}
				place[r.Node] = i
			}
		}
		late := func(first, then string) bool {
			i, goes := place[first]
			j, both := place[then]
			return goes && both && first != then && i >= j && !(i == j && circle[i])
		}
		hard, soft, beside := needs(s, place)
		for pair := range hard {
			if late(pair[0], pair[1]) {
				t.Fatalf("%s goes before %s", pair[1], pair[0])
			}
		}
		needed := closed(hard, nil, place)
		for _, stage := range out.Stages {
			for _, r := range stage.Nodes {
				if stage.Circle && !needed[[2]string{r.Node, r.Node}] {
					t.Fatalf("%s is in no circle", r.Node)
				}
			}
		}
		all := closed(hard, soft, place)
		for pair := range soft {
			inCircle := slices.ContainsFunc(append(beside[pair], pair[1]), func(then string) bool { return all[[2]string{then, pair[0]}] })
			if late(pair[0], pair[1]) && !inCircle {
				t.Fatalf("%s goes before %s, though it need not", pair[1], pair[0])
			}
		}
		for _, key := range keys {
			if _, goes := place[key]; !goes {
				t.Fatalf("%s does not go", key)
			}
		}
	})
}

// pairs are nodes of which the first has to go first.
type pairs map[[2]string]bool

// needs returns what has to go before the chosen nodes, what had better, and for a pair of those the other
// nodes that are applied beside the second, directly or not.
func needs(s plan.Side, chosen map[string]int) (hard, soft pairs, beside map[[2]string][]string) {
	hard, soft, beside = pairs{}, pairs{}, map[[2]string][]string{}
	for v := range s.Graph.Vertices() {
		if _, goes := chosen[v.Key()]; !goes {
			continue
		}
		for u := range s.Graph.Vertices() {
			switch {
			case u == v:
			case slices.Contains(s.Graph.Dependents(v), u), slices.Contains(s.AppliedBy[u.Key()], v.Key()):
				hard[[2]string{u.Key(), v.Key()}] = true
			default:
				for _, o := range s.Objects[v.Key()] {
					if h, f := goesWith(s, o, v, u); h {
						hard[[2]string{u.Key(), v.Key()}] = true
					} else if f {
						soft[[2]string{u.Key(), v.Key()}] = true
					}
				}
			}
		}
		for u := range s.Graph.Vertices() {
			if pair := [2]string{u.Key(), v.Key()}; u != v && (carries(s, v.Key()) || operates(s, v, u)) && !hard[pair] {
				soft[pair] = true
			}
		}
		under := below(s, v.Key())
		for _, u := range s.Graph.Dependents(v) {
			for _, child := range under {
				if pair := [2]string{u.Key(), child}; u != v && !slices.Contains(under, u.Key()) && !hard[pair] {
					soft[pair] = true
					beside[pair] = append(beside[pair], under...)
				}
			}
		}
	}
	return hard, soft, beside
}

// carries reports whether Flux itself runs by what a node applies.
func carries(s plan.Side, key string) bool {
	return key != s.SyncRoot && remote(s.Graph.Lookup(key)) == "" && slices.ContainsFunc(s.Objects[key], func(o plan.Object) bool { return o.Flux })
}

// below lists what a node applies, directly or not.
func below(s plan.Side, top string) []string {
	found := []string{top}
	for i := 0; i < len(found); i++ {
		for v := range s.Graph.Vertices() {
			if slices.Contains(s.AppliedBy[v.Key()], found[i]) && !slices.Contains(found, v.Key()) {
				found = append(found, v.Key())
			}
		}
	}
	return found[1:]
}

// goesWith reports whether u needs an object that goes with v, and whether it does only to
// be reconciled.
func goesWith(s plan.Side, o plan.Object, v, u *dag.Vertex) (hard, soft bool) {
	if !finalizes(v.Object().Spec) || o.Kept {
		return false, false
	}
	at := remote
	source := u.Object().Spec.SourceRef
	here := at(v) == "" && o.Kind == "Namespace" && (o.Name == source.Namespace || lies(s, u.Key(), o.Name))
	hard = here || at(v) == at(u) && slices.ContainsFunc(s.Objects[u.Key()], func(p plan.Object) bool {
		node := p.Kind == "Kustomization" && s.Graph.Lookup(p.Namespace+"/"+p.Name) != nil
		return !node && within(o, p)
	})
	inside := func(b plan.Object) bool { return at(v) == at(u) && o.Kind == "Namespace" && b.Namespace == o.Name }
	if runsWith(s, u, at(v), o) || slices.ContainsFunc(bindings(s, u), inside) {
		return true, false
	}
	if buildsWith(u, at(v), o) {
		return hard, len(s.Graph.Dependents(u)) > 0 || len(below(s, u.Key())) > 0
	}
	return hard, at(v) == "" && o.Kind == source.Kind && o.Name == source.Name && o.Namespace == source.Namespace
}

// lies reports whether a node, or one that applies it, directly or not, is in a Namespace.
func lies(s plan.Side, key, namespace string) bool {
	for v := range s.Graph.Vertices() {
		if v.Object().Namespace == namespace && (v.Key() == key || slices.Contains(below(s, v.Key()), key)) {
			return true
		}
	}
	return false
}

// within reports whether the API server deletes p with o.
func within(o, p plan.Object) bool {
	return o.Kind == "Namespace" && (p.Namespace == o.Name || p.Installs == o.Name) || o.Kind == "CustomResourceDefinition" && strings.TrimPrefix(o.Name, "things.") == p.Group
}

// finalizes reports whether a Kustomization deletes what it applied when it is deleted.
func finalizes(spec kustomizev1.KustomizationSpec) bool {
	switch spec.DeletionPolicy {
	case "Delete", "WaitForTermination":
		return !spec.Suspend
	case "Orphan":
		return false
	}
	return !spec.Suspend && spec.Prune
}

// closed returns the pairs among the chosen nodes, and all that follow from them.
func closed(hard, soft pairs, chosen map[string]int) pairs {
	all := pairs{}
	for _, r := range []pairs{hard, soft} {
		for pair := range r {
			_, one := chosen[pair[0]]
			_, other := chosen[pair[1]]
			all[pair] = one && other
		}
	}
	for k := range chosen {
		for i := range chosen {
			for j := range chosen {
				if all[[2]string{i, k}] && all[[2]string{k, j}] {
					all[[2]string{i, j}] = true
				}
			}
		}
	}
	return all
}
