package plan

import (
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// prepare says what has to be changed before the first deletion, and what to know of it.
func (d *teardown) prepare() {
	var unreached, shared, clusters []string
	stays, paused, customs := 0, 0, false
	keys := sortedKeys(d.because)
	for _, key := range keys {
		v := d.Graph.Lookup(key)
		spec := &v.Object().Spec
		waits := spec.DeletionPolicy == kustomizev1.DeletionPolicyWaitForTermination
		goes, _ := deletes(spec)
		customs = customs || goes && d.mayHaveCustom(key)
		switch {
		case !goes:
			stays++
			if spec.Suspend {
				paused++
			}
		case d.inItself(v):
			d.lying(key, waits)
		case !waits:
			d.out.Prepare = append(d.out.Prepare, key)
			if others := d.builtElsewhere(key); len(others) > 0 {
				shared, clusters = append(shared, key), append(clusters, others...)
			}
			if !d.reached(key) {
				unreached = append(unreached, key)
			}
		}
	}
	d.out.Patch = append(d.out.Patch, perNamespace(unreached, "kubectl patch kustomization", "", `--type=merge -p '{"spec":{"deletionPolicy":"WaitForTermination"}}'`)...)
	d.out.Prepared = append(d.out.Prepared, waitPrepared(d.out.Prepare)...)
	if len(shared) > 0 {
		d.note("to set deletionPolicy first, leave the files of these as they are, which are part of %s too: set it by a patch in a kustomization.yaml that no other cluster builds: %s", strings.Join(unique(clusters), ", "), strings.Join(shared, ", "))
	}
	d.noteMade()
	if customs {
		d.note("WaitForTermination waits no longer than spec.timeout (here at most %dm), and then lets go all the same: look whether the custom resources are gone before you go on", minutes(d.longest(keys)))
	}
	if stays > 0 {
		d.note("what nodes marked \"stays\" applied is left in the cluster")
	}
	if paused > 0 {
		d.note("to delete what a suspended node applied, resume it first, and plan again")
	}
	d.root()
	d.revive()
}

// lying notes that a node lies in a Namespace which it applies itself.
func (d *teardown) lying(key string, waits bool) {
	namespace, _ := splitKey(key)
	if waits {
		d.note("%s applies the Namespace %s, in which it lies itself: with WaitForTermination the two wait for each other until spec.timeout; set another deletionPolicy", key, namespace)
		return
	}
	d.note("%s applies the Namespace %s, in which it lies itself: it must not wait for it, and is gone before it is", key, namespace)
}

// inItself reports whether a node deletes the Namespace in which it lies.
func (d *teardown) inItself(v *dag.Vertex) bool {
	return slices.Contains(d.definers[use{"", "namespace", v.Object().Namespace}], v.Key())
}

// reached reports whether a commit changes the spec of a node in the cluster.
func (d *teardown) reached(key string) bool {
	return slices.ContainsFunc(d.parents[key], func(parent string) bool { return d.stuck[parent] == "" })
}

// root notes that the sync root cannot carry the teardown out.
func (d *teardown) root() {
	v := d.Graph.Lookup(d.SyncRoot)
	switch {
	case v == nil || len(d.because) == 0:
	case d.stuck[d.SyncRoot] != "":
		d.note("%s %s: no commit reaches the cluster until that is mended, so each stage has commands", d.SyncRoot, d.stuck[d.SyncRoot])
	case !v.Object().Spec.Prune:
		d.note("%s has prune: false: no commit deletes what it applies, so each stage has commands", d.SyncRoot)
	}
}
