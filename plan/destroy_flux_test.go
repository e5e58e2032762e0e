package plan_test

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// flux is a cluster with Flux in it, as far as deletions go.
type flux struct {
	*rapid.T
	side  plan.Side
	out   plan.Teardown
	git   map[string]bool // the nodes that are in Git
	alive map[string]bool // the Kustomizations that are in the cluster
	// stranded are those in a circle that left what they applied.
	stranded map[string]bool
	chosen   map[string]bool
	policy   map[string]string      // by node, the deletionPolicy in the cluster
	owner    map[string]string      // by node, the one that applied it last
	objects  map[owned]string       // by object, the node that applied it last
	circle   bool                   // in the stage
	applied  map[string][]string    // by node, the nodes that it applies
	vertex   map[string]*dag.Vertex // by node
}

type owned struct {
	at     string // the cluster
	object plan.Object
}

func newFlux(t *rapid.T, s plan.Side, out plan.Teardown) *flux {
	f := &flux{T: t, side: s, out: out, git: map[string]bool{}, alive: map[string]bool{}, stranded: map[string]bool{}, chosen: map[string]bool{}, policy: map[string]string{},
		owner: map[string]string{}, objects: map[owned]string{}, applied: map[string][]string{}, vertex: map[string]*dag.Vertex{}}
	for v := range s.Graph.Vertices() {
		key := v.Key()
		f.git[key], f.alive[key], f.policy[key], f.owner[key], f.vertex[key] = true, true, v.Object().Spec.DeletionPolicy, "", v
		if parents := s.AppliedBy[key]; len(parents) > 0 {
			f.owner[key] = rapid.SampledFrom(parents).Draw(t, "owner") // who was last is not known
		}
		for _, parent := range s.AppliedBy[key] {
			f.applied[parent] = append(f.applied[parent], key)
		}
		for _, o := range s.Objects[key] {
			if o.Kind != "Kustomization" && (f.objects[owned{f.at(key), o}] == "" || rapid.Bool().Draw(t, "took")) {
				f.objects[owned{f.at(key), o}] = key
			}
		}
	}
	for _, stage := range out.Stages {
		for _, r := range stage.Nodes {
			f.chosen[r.Node] = true
		}
	}
	return f
}

func (f *flux) at(key string) string {
	if k := f.vertex[key].Object().Spec.KubeConfig; k != nil {
		return f.vertex[key].Object().Namespace + "/" + k.SecretRef.Name
	}
	return ""
}

// reconciles reports whether a Kustomization applies the newest commit.
func (f *flux) reconciles(key string) bool {
	return !f.paused(f.vertex[key]) && f.ready(key, nil)
}

// ready reports whether a Kustomization applies the newest revision that its source has.
func (f *flux) ready(key string, behind []string) bool {
	v := f.vertex[key]
	if slices.Contains(behind, key) || !f.alive[key] || v.Object().Spec.Suspend {
		return false
	}
	for _, dep := range f.side.Graph.Dependencies(v) {
		d := dep.Object().Spec
		sameSource := d.SourceRef == v.Object().Spec.SourceRef
		if !f.alive[dep.Key()] || d.Suspend && sameSource || !d.Suspend && !f.ready(dep.Key(), append(behind, key)) {
			return false
		}
	}
	return f.depends(v) && f.sourced(v) && f.builds(v) && f.folder(key)
}

// folder reports whether something is left in what a node builds.
func (f *flux) folder(key string) bool {
	return len(f.side.Objects[key]) == 0 || slices.ContainsFunc(f.side.Objects[key], func(o plan.Object) bool {
		return o.Kind != "Kustomization" || f.git[o.Namespace+"/"+o.Name] || f.elsewhere(o.Namespace+"/"+o.Name) // a patch leaves it out
	})
}

// elsewhere reports whether the file of a node stays, since other clusters build from it.
func (f *flux) elsewhere(key string) bool {
	return len(f.side.Elsewhere(f.vertex[key].Position().File)) > 0
}

// reconcile lets Kustomizations apply what is in Git, and prune what is not.
func (f *flux) reconcile(keys []string) {
	for _, parent := range keys {
		if !f.reconciles(parent) {
			continue
		}
		for _, key := range f.applied[parent] {
			switch {
			case f.git[key] && !f.alive[key]:
				f.alive[key], f.owner[key] = true, parent
			case !f.git[key] && f.owner[key] == parent && f.vertex[parent].Object().Spec.Prune && !f.kept(key):
				f.delete(key)
			}
		}
	}
}

func (f *flux) kept(key string) bool {
	return f.vertex[key].Object().Annotations["kustomize.toolkit.fluxcd.io/prune"] == "disabled"
}

// delete deletes a Kustomization, and what its finalizer does.
func (f *flux) delete(key string) {
	if !f.alive[key] {
		return
	}
	f.alive[key] = false
	spec := f.vertex[key].Object().Spec
	if spec.DeletionPolicy = f.policy[key]; !finalizes(spec) {
		return
	}
	if what := f.lacks(f.vertex[key]); what != "" {
		f.stranded[key] = true
		named := func(note string) bool {
			return strings.Contains(note, key) && (strings.Contains(note, "before it has deleted all") || strings.Contains(note, "applies the ServiceAccount that it runs as"))
		}
		if f.chosen[key] && !(f.circle && slices.ContainsFunc(f.out.Notes, named)) {
			f.Fatalf("%s cannot delete what it applied, for %s is gone:\n%s", key, what, f.story())
		}
		return
	}
	for _, child := range f.applied[key] {
		if f.owner[child] == key && !f.kept(child) {
			f.delete(child)
		}
	}
	for _, o := range f.side.Objects[key] {
		if there := (owned{f.at(key), o}); f.objects[there] == key && !o.Kept {
			f.shared(key, there)
			f.vanish(there)
		}
	}
}

// vanish deletes an object, and what the API server deletes with it.
func (f *flux) vanish(gone owned) {
	definer := f.objects[gone]
	f.objects[gone] = ""
	for other, by := range f.objects {
		if by == "" || other.at != gone.at || !within(gone.object, other.object) {
			continue
		}
		if f.chosen[by] && by == definer && other.object.Kind == "HelmRelease" && !other.object.Kept {
			f.Fatalf("%s may lose its records with %s before it is uninstalled, of %s:\n%s", other.object, gone.object, by, f.story())
		}
		if gone.object.Kind == "CustomResourceDefinition" || !f.chosen[by] {
			f.told(definer, by, gone.object)
		}
		f.objects[other] = ""
	}
	if gone.at != "" || gone.object.Kind != "Namespace" {
		return
	}
	for key := range f.alive {
		if strings.HasPrefix(key, gone.object.Name+"/") {
			if !f.chosen[key] {
				if f.chosen[definer] && key != syncRoot {
					f.Fatalf("%s goes with %s of %s, and is not taken down:\n%s", key, gone.object, definer, f.story())
				}
				f.told(definer, key, gone.object)
			}
			f.delete(key)
		}
	}
}

// told holds that a note tells of what goes along with an object of a chosen node.
func (f *flux) told(definer, by string, gone plan.Object) {
	named := func(note string) bool {
		return strings.Contains(note, definer) && strings.Contains(note, by) && !strings.Contains(note, "nodes that stay")
	}
	if f.chosen[definer] && !f.circle && !f.stranded[by] && !slices.ContainsFunc(f.out.Notes, named) {
		f.Fatalf("with %s of %s goes something of %s, and no note says so:\n%s", gone, definer, by, f.story())
	}
}

// shared holds that a note tells of what a chosen node deletes and another one, which is
// not, applies as well.
func (f *flux) shared(key string, gone owned) {
	for other := range f.vertex {
		if !f.chosen[key] || f.chosen[other] || f.at(other) != gone.at || !slices.Contains(f.side.Objects[other], gone.object) {
			continue
		}
		named := func(note string) bool {
			return strings.HasPrefix(note, "with "+key+" go objects that are also in nodes that stay") && strings.Contains(note, other)
		}
		if !slices.ContainsFunc(f.out.Notes, named) {
			f.Fatalf("with %s goes %s, which %s applies as well, and no note says so:\n%s", key, gone.object, other, f.story())
		}
	}
}
