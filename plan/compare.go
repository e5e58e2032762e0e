package plan

import (
	"cmp"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// comparison is one cluster on its way to a plan.
type comparison struct {
	base, head *side
	gone       bool // the cluster is not in head any more
	moved      bool // its root is another folder
	specsOnly  bool // nothing is known of either side but the Kustomizations
	out        ClusterPlan

	pairs   map[string]string     // from to to, of nodes that have another name
	sources map[string]string     // to to from
	ends    map[string]end        // see there
	arrives map[string]bool       // see reached
	builds  map[*dag.Vertex]Build // of the base's specs, from the files of head
	taken   map[string]string     // by a suspended node, the new one that takes over
	takes   map[string]string     // taken, the other way round

	losses      map[string]loss                                    // see loses
	remakes     map[string]map[identity]bool                       // see remade
	betweens    map[string]between                                 // see there
	alikes      map[*dag.Vertex]bool                               // see sameAsHead
	origins     map[origin][]*dag.Vertex                           // see alike
	building    map[origin]map[string][]*dag.Vertex                // see alike
	strays      map[string][]*dag.Vertex                           // by what they apply, nodes that may run without a file
	namespaces  map[string]string                                  // see namespaceGoes
	namespaced  map[string][]string                                // the nodes of the base that apply a Namespace
	containers  map[string]map[string]bool                         // see within
	elsewhere   map[kustomizev1.CrossNamespaceSourceReference]bool // see brokeBefore
	inhabited   map[string][]string                                // see inside
	peopled     map[string][]inhabitant                            // see settlers
	deserted    map[string]string                                  // see desert
	hiding      map[string]bool                                    // see hidden
	revealing   map[string]bool                                    // see revealed
	below       map[string][]string                                // see underBroken
	deleted     map[string]map[identity]bool                       // see lostBy
	stops       map[string]bool                                    // the nodes that are stuck, see stick
	silent      map[string]bool                                    // those of them of which nothing is applied, see quiet
	standings   map[string]standing                                // see stands
	circles     map[string]bool                                    // see circling
	ringed      [][]*dag.Vertex                                    // see rings
	fails       map[string]bool                                    // the nodes of which nothing is applied, see fail
	unadmitted  map[string]bool                                    // the nodes whose spec the API server refuses, see fail
	behindOf    map[[2]string]string                               // see heldBack
	used        map[string]bool                                    // the sources that the base builds from, see sourceKnown
	housing     map[string]*spaces                                 // see spacesOf
	definitions map[string]Object                                  // see undefined
	asks        map[string]bool                                    // see asked
	knows       map[string]map[identity]bool                       // see known
	pruned      map[string]bool                                    // see sourcePruned
	bring       []bringer                                          // see bringers
	users       map[string][]string                                // see usersOf
	unserved    map[string][]served                                // see bereft
	usedBefore  *uses                                              // see unused
	usedNow     *uses
	newcomers   map[identity]map[string][]settler // see twin
}

func compareSides(m matched) ClusterPlan {
	c := &comparison{gone: m.head == nil, moved: m.base != nil && m.head != nil && m.base.Root != m.head.Root,
		pairs: map[string]string{}, sources: map[string]string{}, builds: map[*dag.Vertex]Build{},
		betweens: map[string]between{}, alikes: map[*dag.Vertex]bool{}, taken: map[string]string{}, takes: map[string]string{}, deserted: map[string]string{},
		hiding: map[string]bool{}, revealing: map[string]bool{}, deleted: map[string]map[identity]bool{}, stops: map[string]bool{}, silent: map[string]bool{}, fails: map[string]bool{}, unadmitted: map[string]bool{}, behindOf: map[[2]string]string{}, pruned: map[string]bool{}}
	any := m.any()
	base, head := Side{Name: any.Name, Root: any.Root}, Side{Name: any.Name, Root: any.Root}
	if m.base != nil {
		base = *m.base
	}
	if m.head != nil {
		head = *m.head
	}
	c.base, c.head = newSide(base), newSide(head)
	c.specsOnly = c.base.specsOnly() && c.head.specsOnly() && len(head.Moves) == 0
	c.arrives, c.losses = make(map[string]bool, c.head.Graph.Len()), make(map[string]loss, c.base.Graph.Len())
	c.out = ClusterPlan{Name: any.Name, Root: any.Root, Added: []string{}, Deleted: []string{}, Changed: []string{}, Renamed: []Pair{}, Stuck: []string{}, Unknown: []string{}, Unchanged: []string{},
		Changes: []Change{}, Notes: []string{}, Unread: unread(base.Unread, head.Unread)}
	c.buildOld()
	c.borrow()
	c.fail()
	c.note(m)
	c.takeovers()
	c.pair()
	c.compareBase()
	c.compareHead()
	c.stuck()
	c.doubts()
	c.homeless()
	c.broken()
	c.unbuildable()
	c.standstills()
	c.noteUnreached()
	c.noteUncompared()
	c.goners()
	c.separate()
	c.stands()
	c.hanging()
	c.withChildren()
	c.mended()
	c.noteMended()
	c.settle()
	c.sort()
	c.gate()
	c.out.Rollout = c.rollout()
	return c.out
}

// compareBase looks at every node that is gone.
func (c *comparison) compareBase() {
	for v := range c.base.Graph.Vertices() {
		key := v.Key()
		if c.head.has(key) || c.base.Graph.Lookup(key) != v {
			continue
		}
		if to, renamed := c.pairs[key]; renamed {
			c.out.Renamed = append(c.out.Renamed, Pair{key, to})
			continue
		}
		if c.hidden(key) {
			c.out.Unknown = append(c.out.Unknown, key)
			c.prunes(key, v.Position(), c.loses(key))
			continue
		}
		c.out.Deleted = append(c.out.Deleted, key)
		change := c.removal(v)
		if c.add(change); change.Kind != Delete && !c.gone {
			c.prunes(key, v.Position(), c.loses(key))
			c.replaced(v)
		}
		c.runsOn(v)
	}
}

// compareHead looks at every node that is there.
func (c *comparison) compareHead() {
	for v := range c.head.Graph.Vertices() {
		key := v.Key()
		if c.head.Graph.Lookup(key) != v {
			continue // a second one of the name, which Flux refuses
		}
		before := c.base.Graph.Lookup(key)
		from, renamed := c.sources[key]
		switch {
		case renamed:
			if c.renamed(c.base.Graph.Lookup(from), v); !c.goes(from) {
				c.replaced(v)
			}
		case before == nil && c.succeeds(v):
			c.out.Added = append(c.out.Added, key)
			c.replaced(v)
		case before == nil && c.revealed(key):
			c.out.Unknown = append(c.out.Unknown, key)
			c.add(c.reveal(v))
		case before == nil:
			c.out.Added = append(c.out.Added, key)
			c.add(c.addition(v))
			c.replaced(v)
		case c.untouched(before, v):
			c.out.Unchanged = append(c.out.Unchanged, key)
		default:
			c.both(before, v)
		}
	}
	c.openMoves()
}

// untouched reports at once that nothing differs of most nodes where only Kustomizations are
// known: what they apply is not, and those that apply them are the same.
func (c *comparison) untouched(before, v *dag.Vertex) bool {
	return before.Object() == v.Object() && c.specsOnly && slices.Equal(c.base.AppliedBy[v.Key()], c.head.AppliedBy[v.Key()]) && !c.end(v.Key()).gone
}

// both compares a node with itself.
func (c *comparison) both(before, v *dag.Vertex) {
	n := len(c.out.Changes)
	l := c.loses(v.Key())
	moves := c.moving(before, v)
	if !moves && !c.unadmitted[v.Key()] {
		c.differences(before, v, l)
	}
	c.refetched(before, v)
	c.replaced(v)
	if c.taken[v.Key()] == "" || before.Object().Spec.Suspend { // else it is part of what is said of the other one
		c.contents(before, v, l)
	}
	c.handed(before, v)
	if moves || len(c.out.Changes) > n {
		c.out.Changed = append(c.out.Changed, v.Key())
	} else {
		c.out.Unchanged = append(c.out.Unchanged, v.Key())
	}
}

func (c *comparison) add(changes ...Change) { c.out.Changes = append(c.out.Changes, changes...) }

// goners counts as deleted the nodes whose file stays, and that Flux deletes all the same. Of
// them nothing else is told but what they delete before, unless all goes at once.
func (c *comparison) goners() {
	going := map[string][]string{}
	for _, change := range c.out.Changes {
		if change.Kind == Delete && c.head.has(change.Node) {
			going[change.Node] = append([]string{}, change.Objects...)
			delete(c.stops, change.Node)
		}
	}
	goes := func(key string) bool { return going[key] != nil }
	for _, list := range []*[]string{&c.out.Changed, &c.out.Unchanged} {
		for _, key := range *list {
			if goes(key) {
				c.out.Deleted = append(c.out.Deleted, key)
			}
		}
		*list = slices.DeleteFunc(*list, goes)
	}
	ends := c.endsItself()
	c.out.Changes = slices.DeleteFunc(c.out.Changes, func(change Change) bool {
		switch change.Kind {
		case Delete, Rename, Unknown:
			return false
		case Prune:
			return goes(change.Node) && ends && len(subtract(change.Objects, going[change.Node])) == 0
		}
		return goes(change.Node)
	})
}

// sort puts everything into the one order of the plan.
func (c *comparison) sort() {
	o := &c.out
	for _, list := range [][]string{o.Added, o.Deleted, o.Changed, o.Stuck, o.Unknown, o.Unchanged} {
		slices.Sort(list)
	}
	slices.SortFunc(o.Renamed, func(a, b Pair) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
	slices.SortStableFunc(o.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), strings.Compare(a.Node, b.Node), strings.Compare(a.From, b.From))
	})
}
