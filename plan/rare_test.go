package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tazlab/fluxdag/plan"
)

// rare is a commit after which Flux deletes what random trees seldom make it delete, or what
// it spares though it looks alike.
type rare struct {
	name    string
	earlier tree     // what the cluster was at, where that is not base
	reached []string // in that case, what reconciled base, in order
	base    tree
	head    tree
	order   []string          // what reconciles head
	deletes map[string]string // the objects, and who deletes them
	node    string            // of the change that tells it
	kind    plan.Kind
	objects []string
	effect  string // a part of it
}

// TestRare holds what is told of each case, and that the case is one: that Flux does delete
// what is said to be deleted, and nothing else.
func TestRare(t *testing.T) {
	for _, r := range slices.Concat(rareRaces, rareEnds, rareCalm) {
		t.Run(r.name, func(t *testing.T) {
			c := compare(t, r.base.side(), r.head.side())
			deleted := r.run()
			if diff := cmp.Diff(r.deletes, deleted, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Flux deletes (-want +got): %s", diff)
			}
			for object, by := range deleted {
				if !named(c, object, by) {
					t.Errorf("%s is deleted by %s, but that is not told", object, by)
				}
			}
			if !slices.ContainsFunc(c.Changes, r.says) {
				t.Errorf("no such change among %+v", c.Changes)
			}
		})
	}
}

// run lets the small Flux reconcile, and returns what it deletes that is no Kustomization.
func (r rare) run() map[string]string {
	from := r.base
	if r.earlier != nil {
		from = r.earlier
	}
	f := start(from, func() []string { return from.keys() })
	f.repository = r.base
	for _, key := range r.reached {
		f.reconcile(key, false)
	}
	clear(f.deleted)
	f.repository = r.head
	for _, key := range r.order {
		f.reconcile(key, false)
	}
	deleted := map[string]string{}
	for at, by := range f.deleted {
		if at.Kind == "ConfigMap" {
			deleted[at.String()] = by
		}
	}
	return deleted
}

// says reports whether a change is the one that is wanted.
func (r rare) says(ch plan.Change) bool {
	return ch.Node == r.node && ch.Kind == r.kind && slices.Equal(ch.Objects, r.objects) && strings.Contains(ch.Effect, r.effect)
}

// keys are the Kustomizations of a tree, each before those that it applies where the names
// are in that order.
func (r tree) keys() []string {
	all := map[string]bool{syncing: true}
	for _, f := range r {
		for name := range f.nodes {
			all[keyOf(name)] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// holding is a folder of Kustomizations and objects.
func holding(nodes map[string]manifest, objects ...string) folder {
	f := folder{map[string]bool{}, nodes}
	for _, name := range objects {
		name, kept := strings.CutPrefix(name, "kept ")
		f.objects[name] = kept
	}
	return f
}

// rooted is the folder that Flux begins with.
func rooted(nodes map[string]manifest, objects ...string) folder {
	all := map[string]manifest{"sync": at("c")}
	maps.Copy(all, nodes)
	return holding(all, objects...)
}

// at is a Kustomization that builds a folder, and prunes.
func at(folder string, changes ...func(*manifest)) manifest {
	m := manifest{spec: kustomizev1.KustomizationSpec{Path: "./" + folder, Prune: true}}
	for _, change := range changes {
		change(&m)
	}
	return m
}

func keptItself(m *manifest) { m.kept = true }
func resting(m *manifest)    { m.spec.Suspend = true }
func prefixed(m *manifest)   { m.spec.NamePrefix = "x-" }
func unpruning(m *manifest)  { m.spec.Prune = false }
func orphaning(m *manifest)  { m.spec.DeletionPolicy = "Orphan" }
