package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// Teardown is the order in which nodes can be deleted so that nothing hangs: what needs
// an operator to be deleted goes before the operator.
type Teardown struct {
	Name string `json:"name"`
	Root string `json:"root"`
	// Prepare are the nodes that get deletionPolicy: WaitForTermination before anything
	// is deleted: with any other, Flux does not wait until their objects are gone.
	Prepare []string `json:"prepare"`
	// Stages are deleted one after the other, each in a commit of its own.
	Stages []Removal `json:"stages"`
	// Notes are about the teardown as a whole.
	Notes []string `json:"notes"`
}

// Removal is one stage.
type Removal struct {
	Nodes []Removed `json:"nodes"`
	// Circle is set where the nodes wait for each other: no order is right.
	Circle bool `json:"circle,omitempty"`
	// Wait are the commands that end when the stage is done.
	Wait []string `json:"wait"`
}

// Removed is a node that is deleted.
type Removed struct {
	Node     string       `json:"node"`
	Position dag.Position `json:"position"`
	// Because names the node for which this one has to go as well; empty where it was
	// named itself.
	Because string `json:"because,omitempty"`
	// Stays says why its objects stay; empty where Flux deletes them.
	Stays string `json:"stays,omitempty"`
	// Custom are objects that probably need an operator to be deleted; nil where it is
	// not known what the node applies.
	Custom []string `json:"custom,omitempty"`
}

// Destroy returns the order in which to delete the nodes with those keys, and everything
// that depends on them or is applied by them; all but the sync root where there is no key.
func Destroy(s Side, keys []string) Teardown {
	d := &teardown{side: newSide(s), out: Teardown{Name: s.Name, Root: s.Root, Prepare: []string{}, Stages: []Removal{}, Notes: []string{}}, because: map[string]string{}}
	d.children = map[string][]string{}
	for _, child := range sortedKeys(s.AppliedBy) {
		for _, parent := range s.AppliedBy[child] {
			if parent != child && d.has(child) && d.has(parent) {
				d.children[parent] = append(d.children[parent], child)
			}
		}
	}
	d.define()
	d.choose(keys)
	d.stages()
	d.prepare()
	d.bereave()
	return d.out
}

type teardown struct {
	*side
	out      Teardown
	because  map[string]string // the chosen nodes
	children map[string][]string
	users    map[string][]string // by a node with definitions, those with custom resources of them
}

// choose takes in the nodes, and what cannot stay without them.
func (d *teardown) choose(keys []string) {
	if len(keys) == 0 {
		for v := range d.Graph.Vertices() {
			if v.Key() != d.SyncRoot {
				keys = append(keys, v.Key())
			}
		}
		if d.has(d.SyncRoot) {
			d.out.Notes = append(d.out.Notes, d.SyncRoot+" stays, for it carries the teardown out; in the end, \"flux uninstall\" removes it")
		}
	}
	queue := slices.Clone(keys)
	for _, key := range keys {
		d.because[key] = ""
	}
	take := func(key, because string) {
		if _, chosen := d.because[key]; !chosen {
			d.because[key] = because
			queue = append(queue, key)
		}
	}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		for _, u := range d.Graph.Dependents(d.Graph.Lookup(key)) {
			take(u.Key(), key)
		}
		for _, child := range d.children[key] {
			take(child, key)
		}
	}
}

func (d *teardown) remove(keys []string, circle bool) {
	stage := Removal{Circle: circle, Wait: []string{}}
	for _, key := range keys {
		v := d.Graph.Lookup(key)
		r := Removed{Node: key, Position: v.Position(), Because: d.because[key]}
		if goes, why := deletes(&v.Object().Spec); !goes {
			r.Stays = why
		}
		if objects, known := d.applies(key); known {
			r.Custom = named(slices.DeleteFunc(slices.Clone(objects), func(o Object) bool { return !custom(o) }))
		}
		stage.Nodes = append(stage.Nodes, r)
	}
	stage.Wait = waitGone(keys)
	d.out.Stages = append(d.out.Stages, stage)
}

// waitGone returns the commands that end when Kustomizations are gone, one a namespace.
func waitGone(keys []string) []string {
	names := map[string][]string{}
	for _, key := range keys {
		namespace, name := splitKey(key)
		names[namespace] = append(names[namespace], shell("kustomization/"+name))
	}
	var commands []string
	for _, namespace := range sortedKeys(names) {
		commands = append(commands, fmt.Sprintf("kubectl wait %s -n %s --for=delete --timeout=15m", strings.Join(names[namespace], " "), shell(namespace)))
	}
	return commands
}

// prepare says what has to be changed before the first deletion.
func (d *teardown) prepare() {
	var hasty []string
	stays, longest := 0, 0.0
	for key := range d.because {
		v := d.Graph.Lookup(key)
		goes, _ := deletes(&v.Object().Spec)
		switch {
		case !goes:
			stays++
		case v.Object().Spec.DeletionPolicy != kustomizev1.DeletionPolicyWaitForTermination:
			hasty = append(hasty, key)
		}
		longest = max(longest, v.Object().GetTimeout().Minutes())
	}
	slices.SortFunc(hasty, func(a, b string) int { return cmp.Compare(a, b) })
	d.out.Prepare = append(d.out.Prepare, hasty...)
	if len(d.because) > stays {
		d.out.Notes = append(d.out.Notes, fmt.Sprintf("WaitForTermination waits no longer than spec.timeout (here at most %.0fm), and then lets go all the same: look whether the custom resources are gone before you go on", longest))
	}
	if stays > 0 {
		d.out.Notes = append(d.out.Notes, "what nodes marked \"stays\" applied is left in the cluster")
	}
}
