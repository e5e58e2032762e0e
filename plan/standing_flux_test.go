package plan_test

import (
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// This file is what kustomize-controller does about dependsOn (checkDependencies), for
// Kustomizations of one source: a dependency has to be ready, at the revision of the source.

// status is what the controller knows of a Kustomization.
type status struct {
	spec     kustomizev1.KustomizationSpec
	ready    bool
	revision int
}

type waitingController struct {
	repository tree
	revision   int
	nodes      map[string]*status
}

// reconcile is one reconciliation of a node, which brings the specs of those in its folder.
func (f *waitingController) reconcile(key string) {
	s := f.nodes[key]
	if s == nil || s.spec.Suspend {
		return
	}
	s.ready = false
	for _, dep := range s.spec.DependsOn {
		if d := f.nodes["flux-system/"+dep.Name]; d == nil || !d.ready || d.revision != f.revision {
			return
		}
	}
	files, there := f.repository[s.spec.Path[2:]]
	if !there {
		return
	}
	for name, m := range files.nodes {
		child := f.nodes[keyOf(name)]
		if child == nil {
			child = &status{}
			f.nodes[keyOf(name)] = child
		}
		child.spec = m.spec
	}
	s.ready, s.revision = true, f.revision
}

// settled is a cluster of a revision, as it comes to rest after one in which all was ready.
func settled(r tree, order []string) *waitingController {
	f := &waitingController{repository: r, revision: 1, nodes: map[string]*status{}}
	for name, m := range r["c"].nodes {
		f.nodes[keyOf(name)] = &status{spec: m.spec, ready: true}
	}
	f.rest(order)
	return f
}

// rest reconciles all until nothing moves any more.
func (f *waitingController) rest(order []string) {
	for range 2 * len(order) {
		for _, key := range order {
			f.reconcile(key)
		}
	}
}

// dependent draws a cluster whose Kustomizations depend on each other.
func dependent(t *rapid.T) tree {
	r := tree{"c": folder{map[string]bool{}, map[string]manifest{"sync": at("c")}}}
	for i, name := range []string{"a", "b", "d", "e"} {
		m := at([]string{"p", "q", "r", "s"}[i])
		m.spec.Suspend = rapid.IntRange(0, 3).Draw(t, "suspend") == 0
		m.spec.DependsOn = drawDependencies(t, name)
		r["c"].nodes[name] = m
		r[m.spec.Path[2:]] = folder{map[string]bool{name: false}, map[string]manifest{}}
	}
	return r
}

func drawDependencies(t *rapid.T, of string) []kustomizev1.DependencyReference {
	var all []kustomizev1.DependencyReference
	for _, name := range []string{"a", "b", "d", "e"} {
		if name != of && rapid.IntRange(0, 3).Draw(t, "depends") == 0 {
			all = append(all, kustomizev1.DependencyReference{Name: name})
		}
	}
	return all
}

// edited is a commit that suspends, resumes, breaks and orders anew, and changes what is applied.
func (r tree) edited(t *rapid.T) tree {
	out := r.clone()
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		name := rapid.SampledFrom([]string{"a", "b", "d", "e", "sync"}).Draw(t, "node")
		m := out["c"].nodes[name]
		switch rapid.SampledFrom([]string{"suspend", "depend", "content", "content", "break", "spec"}).Draw(t, "edit") {
		case "suspend":
			m.spec.Suspend = !m.spec.Suspend
		case "depend":
			if name != "sync" {
				m.spec.DependsOn = drawDependencies(t, name)
			}
		case "content":
			if f, there := out[m.spec.Path[2:]]; there {
				f.objects["x"] = false
			}
		case "break":
			if name != "sync" {
				delete(out, m.spec.Path[2:])
			}
		case "spec":
			m.spec.Prune = !m.spec.Prune
		}
		out["c"].nodes[name] = m
	}
	return out
}

// TestRolloutHappens holds that what never reconciles is not counted as reconciling, and that
// of what may, nothing is said to wait for something.
func TestRolloutHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := dependent(t)
		if rapid.IntRange(0, 5).Draw(t, "sync suspended") == 0 {
			m := base["c"].nodes["sync"]
			m.spec.Suspend = true
			base["c"].nodes["sync"] = m
		}
		head := base.edited(t)
		c := compare(t, base.side(), head.side())
		order := rapid.Permutation(keys).Draw(t, "order")
		came := map[string]bool{}
		for _, order := range [][]string{keys, append(slices.Clone(keys[1:]), keys[0]), order} {
			f := settled(base, keys)
			f.repository, f.revision = head, 2
			f.rest(order)
			for key, s := range f.nodes {
				came[key] = came[key] || s.revision == 2
			}
		}
		r := c.Rollout
		stands := slices.Concat(append(r.Cycles, r.Suspended, r.Stuck, r.Waiting, r.Held)...)
		for _, key := range keys {
			if !came[key] && !slices.Contains(stands, key) {
				t.Fatalf("%s does not reconcile, but told is %+v\n%+v\n%+v", key, r, base, head)
			}
			if came[key] {
				held(t, c, key)
			}
		}
	})
}

// held holds that no change of a node that reconciles is said to come later.
func held(t *rapid.T, c plan.ClusterPlan, key string) {
	for _, ch := range c.Changes {
		for _, later := range []string{"Once that is resumed", "Once that is mended"} {
			if ch.Node == key && strings.HasPrefix(ch.Effect, "It waits ") && strings.Contains(ch.Effect, later) {
				t.Fatalf("%s reconciles, but told is %+v", key, ch)
			}
		}
	}
}
