package plan

import (
	"slices"

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
	// ByHand are what is applied with the root itself, where the repository does not say by
	// what.
	ByHand []Object
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
	// Placed holds the nodes, by namespace/name, whose namespace another file than their own gives
	// them, as does a kustomization.yaml.
	Placed map[string]bool
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
	// Build gives what a Kustomization of another revision applies from the files of this
	// one, with the spec that it has there; nil where nothing is built. Several goroutines
	// call it.
	Build func(*dag.Vertex) Build
	// Late is what Build is while the ConfigMaps of variables are still those of the other
	// revision; it reports whether any that the Kustomization uses differs. Nil where nothing
	// is built.
	Late func(*dag.Vertex) (Build, bool)
	// Elsewhere names the other clusters that build from a file; nil where there are none.
	Elsewhere func(file string) []string
	// Changed reports, of a side of the base, whether anything that a node is built from is
	// not the same in the other revision; nil where that is not known.
	Changed func(node string) bool
	// Shares reports whether a file, or anything below a folder, is in the other revision as
	// well; nil where that is not known.
	Shares func(path string) bool
	// Edited returns, of a side of head, the first line in which a file is not what it is in the base;
	// 0 where it is the same or not there. Nil where that is not known.
	Edited func(file string) int
	// Stops are findings about nodes that Flux reconciles no further, or never calls ready,
	// by namespace/name.
	Stops map[string]dag.Diagnostics
	// Halts are findings about single nodes for which Flux reconciles none of the cluster.
	Halts dag.Diagnostics
	// Slips are findings about what a node names and nothing applies, where something of almost
	// the same name is there, by namespace/name.
	Slips map[string]dag.Diagnostics
	// Suspended holds the sources that are suspended, as "Kind namespace/name".
	Suspended map[string]bool
	// Fetches says what each source fetches, by "Kind namespace/name"; what it does not hold
	// is unknown.
	Fetches map[string]string
	// Copies holds those of them that are made of files of this repository, and of nothing else.
	Copies map[string]bool
	// Ignores holds the lines of spec.ignore of the sources from which everything is built by
	// these lines, by "Kind namespace/name": they are no part of what Fetches says.
	Ignores map[string]string
	// Lagging is what Build is while such a source still has the spec.ignore that it has in the
	// other revision; nil where that is the same, or nothing is built.
	Lagging func(*dag.Vertex) Build
	// Values tells apart what gives the variables in the names of a node's objects, by
	// namespace/name, where only the cluster knows them.
	Values map[string]string
}

// applies returns what a node applies, and whether that is all: it is not where something
// could not be built, or lies beyond a boundary. Kustomizations that are nodes themselves
// are left out: all is said of the nodes.
func (s *side) applies(key string) ([]Object, bool) {
	b := s.build(key)
	return s.withoutNodes(s.Graph.Lookup(key), b.Objects), b.whole()
}

// node returns the node that an object is which a node applies; nil for any other object, as for a
// Kustomization of the same name in another cluster.
func (s *side) node(by *dag.Vertex, o Object) *dag.Vertex {
	if key := o.kustomization(); key != "" && by != nil && target(by) == "" {
		return s.Graph.Lookup(key)
	}
	return nil
}

func (s *side) withoutNodes(by *dag.Vertex, objects []Object) []Object {
	isNode := func(o Object) bool { return s.node(by, o) != nil }
	if slices.ContainsFunc(objects, isNode) {
		return slices.DeleteFunc(slices.Clone(objects), isNode)
	}
	return objects
}

// side is a Side with what is looked up often.
type side struct {
	Side
	beyond    map[string][]string              // what lies beyond a boundary of a node
	fails     map[string]bool                  // nodes whose path is not there
	owners    map[string]map[identity]string   // see owner; by the cluster that is applied to
	shared    map[string]map[identity][]string // the owners, of objects that have several
	spares    map[string]map[identity]bool     // by owner, the objects that it leaves as they are, see own
	immutable map[string]map[identity]Object   // see fixed
	provided  map[use][]Object                 // see providers
	makes     map[dag.Position][]string        // see mates
	bySpec    map[use][]user                   // see nodes
	byObject  map[use][]user                   // see users
	defines   map[string]definition            // see definitions
	customs   map[string][]owned               // see operated; by the cluster and the names of their operators
	partial   map[string]bool                  // nodes that Flux cannot build or apply until something is mended
	refuses   map[string]bool                  // those of them that it can build
	defects   map[string]*dag.Diagnostic       // files that cannot be read
	ringed    [][]*dag.Vertex                  // see rings
	circles   map[string]bool                  // see circling
}

func newSide(s Side) *side {
	out := &side{Side: s, beyond: map[string][]string{}, fails: map[string]bool{}, partial: map[string]bool{}, refuses: map[string]bool{}, defects: map[string]*dag.Diagnostic{}}
	if s.Graph == nil {
		out.Graph = dag.Resolve(dag.Cluster{Name: s.Name})
	}
	for _, b := range out.Graph.Boundaries() {
		if b.Kind == "missing" {
			out.partial[b.Node] = true
		} else {
			out.beyond[b.Node] = append(out.beyond[b.Node], b.What)
		}
	}
	for i, d := range s.Unread {
		if d.Position.File != "" && !slices.Contains(unbuilt, d.Code) {
			out.defects[d.Position.File] = &s.Unread[i]
		}
		out.partial[d.Node] = true
		out.fails[d.Node] = out.fails[d.Node] || slices.Contains(pathless, d.Code)
	}
	for node := range s.Stops {
		if out.unapplied(node) {
			out.refuse(node)
		}
	}
	for node := range out.beyond {
		slices.Sort(out.beyond[node])
		out.beyond[node] = slices.Compact(out.beyond[node])
	}
	return out
}

// refuse notes that Flux applies nothing of what it builds of a node.
func (s *side) refuse(key string) { s.partial[key], s.refuses[key] = true, true }

// unbuilt are the rules about what kustomize makes of a path, of which a finding may stand in
// a file that can be read.
var unbuilt = []string{"FD320", "FD321", "FD322", "FD329"}

// pathless are the rules about a spec.path that is no folder.
var pathless = []string{"FD320", "FD321"}

// specsOnly reports whether nothing is known but the Kustomizations themselves.
func (s *side) specsOnly() bool {
	return s.Build == nil && len(s.Objects)+len(s.Fetches)+len(s.Suspended)+len(s.Values) == 0
}

// unapplied reports whether the API server refuses an object of a node, so that Flux applies
// and deletes nothing of it: one that needs a namespace and has none.
func (s *side) unapplied(key string) bool {
	return slices.ContainsFunc(s.Stops[key], func(d dag.Diagnostic) bool { return d.Code == noNamespace })
}

// noNamespace is the rule about objects without a namespace.
const noNamespace = "FD343"

func (s *side) has(key string) bool { return s.Graph.Lookup(key) != nil }

// build returns what is known of what a node applies.
func (s *side) build(key string) Build {
	objects, known := s.Objects[key]
	return Build{Objects: objects, Beyond: s.beyond[key], Unknown: !known, Values: s.Values[key], Partial: s.partial[key], Fails: s.fails[key]}
}
