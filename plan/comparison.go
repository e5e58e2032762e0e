package plan

import (
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// comparison is one cluster on its way to a plan.
type comparison struct {
	base, head *side
	gone       bool   // the cluster is not in head any more
	moved      bool   // its root is another folder
	by         string // the node by which it goes over to that, see goingOver
	migrated   bool   // the Flux Operator has taken over what Flux was bootstrapped with, see migrate
	specsOnly  bool   // nothing is known of either side but the Kustomizations
	out        ClusterPlan

	pairs      map[string]string   // from to to, of nodes that have another name
	sources    map[string]string   // to to from
	taken      map[string]string   // by a suspended node, the new one that takes over
	takes      map[string]string   // taken, the other way round
	stops      map[string]stop     // the nodes that are stuck, see stick
	fails      map[string]bool     // the nodes of which nothing is applied, see fail
	unadmitted map[string]bool     // the nodes whose spec the API server refuses, see fail
	standings  map[string]standing // see stands
	uninstalls []Object            // with what Flux itself goes, see uninstalling
	fluxGoes   bool                // and that it does, is certain

	memos
}

// memos are what was found out once, by the functions that are named here.
type memos struct {
	ends       map[string]end                                     // see there
	builds     map[*dag.Vertex]Build                              // of the base's specs, from the files of head
	arrives    map[string]bool                                    // see reached
	holders    map[string]string                                  // see holder
	losses     map[string]loss                                    // see loses
	replacing  map[string][]replacement                           // see replacements
	betweens   map[string]between                                 // see there
	alikes     map[*dag.Vertex]bool                               // see sameAsHead
	origins    map[origin][]*dag.Vertex                           // see alike
	building   map[origin]map[string][]*dag.Vertex                // see alike
	strays     map[string][]*dag.Vertex                           // by what they apply, nodes that may run without a file
	namespaces map[string]string                                  // see namespaceGoes
	namespaced map[string][]string                                // the nodes of the base that apply a Namespace
	elsewhere  map[kustomizev1.CrossNamespaceSourceReference]bool // see away
	deserted   map[string]string                                  // see desert
	hiding     map[string]bool                                    // see hidden
	revealing  map[string]bool                                    // see revealed
	below      map[string][]string                                // see underBroken
	deleted    map[string]map[identity]bool                       // see lostBy
	behindOf   map[[2]string]string                               // see heldBack
	housing    map[string]*spaces                                 // see spacesOf
	knows      map[string]map[identity]bool                       // see known
	unnamed    map[string]map[identity]bool                       // the kinds of which those have names that only the cluster knows
	pruned     map[string]bool                                    // see sourcePruned
	hints      map[Object]string                                  // see hint
	bring      []bringer                                          // see bringers
	dependents map[string][]string                                // see leaning
	secrets    *namers                                            // see namers
	unserved   map[string][]owned                                 // see bereft
	ignores    map[string]ignored                                 // see there
	spared     map[string]spared                                  // see spare
	helms      released                                           // see releases
	helmed     released                                           // those of the base, see double
	newcomers  map[identity]map[string][]owned                    // see twin
	sleepers   map[string]map[identity]string                     // see sleeper
	refusers   map[identity][]string                              // see refuser
	wholly     *bool                                              // see sourced
	redirects  map[string][]string                                // see redirected
	spaceless  map[string][]Object                                // see spacesGoing
	passings   map[string]passing                                 // see passed
}

func newComparison(m matched) *comparison {
	any := m.any()
	base, head := Side{Name: any.Name, Root: any.Root}, Side{Name: any.Name, Root: any.Root}
	if m.base != nil {
		base = *m.base
	}
	if m.head != nil {
		head = *m.head
	}
	c := &comparison{base: newSide(base), head: newSide(head), gone: m.head == nil, moved: m.base != nil && m.head != nil && m.base.Root != m.head.Root, by: m.by,
		pairs: map[string]string{}, sources: map[string]string{}, taken: map[string]string{}, takes: map[string]string{}, stops: map[string]stop{}, fails: map[string]bool{}, unadmitted: map[string]bool{}}
	c.memos = memos{builds: map[*dag.Vertex]Build{}, betweens: map[string]between{}, alikes: map[*dag.Vertex]bool{}, deserted: map[string]string{}, holders: map[string]string{}, hiding: map[string]bool{}, revealing: map[string]bool{}, deleted: map[string]map[identity]bool{}, behindOf: map[[2]string]string{}, pruned: map[string]bool{}, replacing: map[string][]replacement{},
		arrives: make(map[string]bool, c.head.Graph.Len()), losses: make(map[string]loss, c.base.Graph.Len())}
	c.specsOnly = c.base.specsOnly() && c.head.specsOnly() && len(head.Moves) == 0
	c.migrate()
	c.out = ClusterPlan{Name: any.Name, Root: any.Root, Added: []string{}, Deleted: []string{}, Changed: []string{}, Renamed: []Pair{}, Stuck: []string{}, Unknown: []string{}, Unchanged: []string{},
		Changes: []Change{}, Notes: []string{}, Unread: unread(base.Unread, head.Unread)}
	return c
}
