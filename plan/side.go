package plan

import (
	"cmp"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// Side is one cluster at one revision.
type Side struct {
	// Name is what the command line calls the cluster.
	Name string
	// Root is the folder where Flux begins, slash-separated and relative to the repository.
	Root string
	// Graph holds the Kustomizations.
	Graph *dag.Graph
	// Objects are what each node applies, by namespace/name. Of a node that is not in it
	// nothing is known.
	Objects map[string][]Object
	// AppliedBy names the nodes that apply a node. What it does not hold is unknown, or
	// applied by hand.
	AppliedBy map[string][]string
	// SyncRoot is the key of the Kustomization that Flux begins with, or empty.
	SyncRoot string
	// Source is the URL that the sync Kustomization's source is fetched from, or empty.
	// Behind a space follows what is fetched of it, such as a branch.
	Source string
	// SyncGone is set where the folder is there but nothing in the repository syncs it any
	// more, as something did in the base.
	SyncGone bool
	// Moves are the renames that the declaration declares.
	Moves []dag.Move
	// Declared says that the files are generated from a declaration.
	Declared bool
	// Notes are to be told with the plan.
	Notes []string
	// Unread is what could not be read, so that nodes may be missing.
	Unread dag.Diagnostics
	// Reads lists the files and folders that a node is built from, by namespace/name; nil
	// where nothing is built.
	Reads func(node string) []string
}

// Object is one object that a node applies.
type Object struct {
	Group, Kind, Namespace, Name string
	// Digest tells contents apart; empty where it is not known.
	Digest string
	// Kept is set where an annotation keeps Flux from deleting it.
	Kept bool
}

// String returns Kind namespace/name.
func (o Object) String() string {
	return o.Kind + " " + strings.TrimPrefix(o.Namespace+"/"+o.Name, "/")
}

// identity is what identifies the object in its cluster.
func (o Object) identity() Object { return Object{o.Group, o.Kind, o.Namespace, o.Name, "", false} }

// grave ranks kinds by what goes with them: with a CRD all its custom resources, with a
// Namespace everything in it, with a claim the data.
func (o Object) grave() int {
	i := slices.Index([]string{"CustomResourceDefinition", "Namespace", "PersistentVolume", "PersistentVolumeClaim", "StatefulSet"}, o.Kind)
	if i < 0 {
		return 5
	}
	return i
}

func (o Object) compare(p Object) int {
	return cmp.Or(cmp.Compare(o.grave(), p.grave()), strings.Compare(o.Kind, p.Kind), strings.Compare(o.Namespace, p.Namespace),
		strings.Compare(o.Name, p.Name), strings.Compare(o.Group, p.Group))
}

// named returns the objects as text, the gravest first.
func named(objects []Object) []string {
	sorted := slices.SortedFunc(slices.Values(objects), Object.compare)
	names := make([]string, 0, len(sorted))
	for _, o := range sorted {
		names = append(names, o.String())
	}
	return slices.Compact(names)
}

// applies returns what a node applies, and whether that is known: nothing is where it
// could not be built, or lies beyond a boundary.
// Kustomizations that are nodes themselves are left out: all is said of the nodes.
func (s *side) applies(key string) ([]Object, bool) {
	objects, known := s.Objects[key]
	if !known || s.beyond[key] {
		return nil, false
	}
	isNode := func(o Object) bool {
		return o.Group == kustomizev1.GroupVersion.Group && o.Kind == kustomizev1.KustomizationKind && s.has(o.Namespace+"/"+o.Name)
	}
	if slices.ContainsFunc(objects, isNode) {
		objects = slices.DeleteFunc(slices.Clone(objects), isNode)
	}
	return objects, true
}

// side is a Side with what is looked up often.
type side struct {
	Side
	beyond map[string]bool // nodes of which not everything could be read
}

func newSide(s Side) *side {
	out := &side{Side: s, beyond: map[string]bool{}}
	if s.Graph == nil {
		out.Graph = dag.Resolve(dag.Cluster{Name: s.Name})
	}
	for _, b := range out.Graph.Boundaries() {
		out.beyond[b.Node] = true
	}
	for _, d := range s.Unread {
		out.beyond[d.Node] = true
	}
	return out
}

func (s *side) has(key string) bool { return s.Graph.Lookup(key) != nil }
