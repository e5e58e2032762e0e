package plan

import (
	"slices"

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
	// Patch are the commands that do so where a commit does not reach, beside the commit.
	Patch []string `json:"patch"`
	// Prepared are the commands that end when the nodes to prepare are.
	Prepared []string `json:"prepared"`
	// Stages are deleted one after the other, each in a commit of its own.
	Stages []Removal `json:"stages"`
	// Notes are about the teardown as a whole.
	Notes []string `json:"notes"`
	// Unread is what could not be read: nodes may be missing for it.
	Unread []Unread `json:"unread"`
}

// Removal is one stage.
type Removal struct {
	Nodes []Removed `json:"nodes"`
	// Releases are HelmReleases that go before their nodes do, in a stage without nodes.
	Releases []Released `json:"releases,omitempty"`
	// Circle is set where the nodes wait for each other: no order is right.
	Circle bool `json:"circle,omitempty"`
	// Delete are the commands that delete what the commit leaves, once Flux has it.
	Delete []string `json:"delete"`
	// Wait are the commands that end when the stage is done.
	Wait []string `json:"wait"`
}

// Removed is a node that is deleted.
type Removed struct {
	Node     string       `json:"node"`
	Position dag.Position `json:"position"`
	// Beside is set where its file holds other nodes that stay or go later: only its
	// document goes.
	Beside bool `json:"beside,omitempty"`
	// Makes are the others that its document makes too, and that stay or go later: it stays for them,
	// and something that applies this one alone leaves it out.
	Makes []string `json:"makes,omitempty"`
	// Listed are the kustomization.yamls that list its file, and cannot be built without it.
	Listed []string `json:"listed,omitempty"`
	// Clusters are the others that its file is part of.
	Clusters []string `json:"clusters,omitempty"`
	// Alone is set where its document makes others too, or nothing that only this cluster builds lists
	// its file: a patch has to leave it out. Patch names the nodes whose spec.patches can, where there are any.
	Alone bool     `json:"alone,omitempty"`
	Patch []string `json:"patch,omitempty"`
	// Because names the node for which this one has to go as well; empty where it was
	// named itself.
	Because string `json:"because,omitempty"`
	// ByHand says why the commit does not delete it, so that a command has to; empty
	// where Flux prunes it.
	ByHand string `json:"byHand,omitempty"`
	// Stays says why its objects stay; empty where Flux deletes them.
	Stays string `json:"stays,omitempty"`
	// Data are objects that Flux deletes and with which data may be lost: claims and volumes,
	// and what has or made claims.
	Data []string `json:"data,omitempty"`
	// Shedding are those of them that are StatefulSets whose claims Kubernetes deletes with them, data
	// too (persistentVolumeClaimRetentionPolicy).
	Shedding []string `json:"shedding,omitempty"`
	// Custom are objects that Flux deletes and that probably need an operator for it, as
	// far as is known.
	Custom []string `json:"custom,omitempty"`
	// Undefined are those of them that nothing here defines: where their operator goes is
	// not known.
	Undefined []string `json:"undefined,omitempty"`
	// Shared are objects that nodes which stay apply as well.
	Shared []string `json:"shared,omitempty"`
}

// Destroy returns the order in which to delete the nodes with those keys, and everything
// that depends on them or is applied by them; all but the sync root where there is no key.
func Destroy(s Side, keys []string) Teardown {
	d := &teardown{side: newSide(s), because: map[string]string{}, gone: map[string]bool{}, circles: map[string]string{},
		out: Teardown{Name: s.Name, Root: s.Root, Prepare: []string{}, Patch: []string{}, Prepared: []string{}, Stages: []Removal{}, Notes: []string{}, Unread: unread(nil, s.Unread)}}
	d.relate()
	d.define()
	d.stop()
	d.choose(keys)
	d.stay()
	d.prepare()
	d.stages()
	d.noteBasics()
	d.noteReleases()
	d.noteOperators()
	d.undefined()
	d.noteClasses()
	d.bereave()
	return d.out
}

type teardown struct {
	*side
	out       Teardown
	because   map[string]string   // the chosen nodes
	parents   map[string][]string // those that apply a node; a node may apply itself
	children  map[string][]string // without the node itself
	inFile    map[string]int      // how many nodes a file still holds
	stuck     map[string]string   // the nodes that no commit reaches, and why
	paused    map[string]bool     // the sources that fetch nothing
	stale     map[string]bool     // those of the stuck ones that still apply an old revision
	rest      map[string]int      // how much of what a node builds is still there
	gone      map[string]bool     // the nodes that are gone by now
	definers  map[use][]string    // by what goes along, those whose going takes it
	takes     map[string][]taking // by the node with a definition, a Namespace, a source or what nodes run with
	defined   map[use]bool        // what of them something here applies
	operators map[use]string      // the node with a release that has its name
	circles   map[string]string   // by node in a circle, one that stands for all of it
	carry     map[string][]string // see carriers
	unknown   []string            // kinds that are deleted, and that nothing here defines
	staying   map[place][]string  // by object, the nodes that apply it and stay
}

// relate looks up which nodes apply each other, and stand in one file.
func (d *teardown) relate() {
	d.parents, d.children, d.inFile = map[string][]string{}, map[string][]string{}, map[string]int{}
	for v := range d.Graph.Vertices() {
		d.inFile[v.Position().File]++
	}
	for _, child := range sortedKeys(d.AppliedBy) {
		for _, parent := range d.AppliedBy[child] {
			if !d.has(child) || !d.has(parent) || slices.Contains(d.parents[child], parent) {
				continue
			}
			d.parents[child] = append(d.parents[child], parent)
			if parent != child {
				d.children[parent] = append(d.children[parent], child)
			}
		}
	}
}

// remove adds a stage.
func (d *teardown) remove(keys []string, circle bool) {
	for _, key := range keys {
		d.lose(key)
		d.inFile[d.Graph.Lookup(key).Position().File]--
	}
	if circle {
		for _, key := range keys {
			d.circles[key] = keys[0]
		}
	}
	stage := Removal{Circle: circle, Delete: []string{}, Wait: d.waitGone(keys)}
	var left []string
	for _, key := range keys {
		v := d.Graph.Lookup(key)
		r := Removed{Node: key, Position: v.Position(), Beside: v.Position().File != "" && d.inFile[v.Position().File] > 0, Because: d.because[key], ByHand: d.byHand(v)}
		r.Clusters, r.Makes, r.Patch = d.builtElsewhere(key), d.making(v), d.patching(key)
		r.Beside = r.Beside && len(r.Makes) == 0
		if r.ByHand != "" {
			left = append(left, key)
		}
		d.objectsOf(v, &r)
		stage.Nodes = append(stage.Nodes, r)
	}
	stage.Delete = append(stage.Delete, d.deleteLeft(left)...)
	d.out.Stages = append(d.out.Stages, stage)
}
