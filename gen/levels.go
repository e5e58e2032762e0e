package gen

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// levelGroup are the nodes whose files name the same level.
type levelGroup struct {
	name    string
	rank    int            // the longest path to a node without dependencies, the least of its nodes
	waiting map[*read]bool // nodes with a dependency that is in no level yet
	ready   []*read        // the others, less those that are in a level
}

// leveling puts nodes into levels.
type leveling struct {
	graph   *dag.Graph
	groups  []*levelGroup
	of      map[*read]*levelGroup
	nodes   map[*dag.Vertex][]*read // several where a key is declared twice
	missing map[*dag.Vertex]int     // dependencies that are in no level yet
}

// levels puts the levels into an order in which dependencies lie in earlier ones;
// where that leaves a choice, the one whose nodes come first by the longest path, and
// then by name, is first. Levels may share a name: a group whose nodes wait for each
// other becomes as many levels as it takes. What waits for a cycle has no such order.
func (r *reader) levels(g *dag.Graph) []dag.Level {
	l := newLeveling(r, g)
	var levels []dag.Level
	for group := l.next(); group != nil; group = l.next() {
		level := dag.Level{Name: group.name}
		placed := group.ready
		group.ready = nil
		for _, n := range placed {
			level.Nodes = append(level.Nodes, n.ref)
		}
		for _, n := range placed {
			l.place(n)
		}
		levels = append(levels, level)
	}
	return levels
}

func newLeveling(r *reader, g *dag.Graph) *leveling {
	l := &leveling{graph: g, of: map[*read]*levelGroup{}, nodes: map[*dag.Vertex][]*read{}, missing: map[*dag.Vertex]int{}}
	byName := map[string]*levelGroup{}
	for _, n := range r.nodes {
		v := g.Vertex(n.namespace(), n.node.Name)
		group := byName[n.level]
		if group == nil {
			group = &levelGroup{name: n.level, rank: v.Level(), waiting: map[*read]bool{}}
			byName[n.level] = group
			l.groups = append(l.groups, group)
		}
		group.rank = min(group.rank, v.Level())
		l.of[n] = group
		l.nodes[v] = append(l.nodes[v], n)
		if l.missing[v] = len(g.Dependencies(v)); l.missing[v] == 0 {
			group.ready = append(group.ready, n)
		} else {
			group.waiting[n] = true
		}
	}
	slices.SortFunc(l.groups, func(a, b *levelGroup) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.name, b.name)) })
	return l
}

// next returns the group of the next level: one that is ready as a whole, else one
// that is ready in part, and last of all one that waits for a cycle, which is then
// taken for ready. It returns nil when all nodes are in levels.
func (l *leveling) next() *levelGroup {
	var part, stuck *levelGroup
	for _, group := range l.groups {
		switch {
		case len(group.ready) > 0 && len(group.waiting) == 0:
			return group
		case len(group.ready) > 0:
			part = cmp.Or(part, group)
		case len(group.waiting) > 0:
			stuck = cmp.Or(stuck, group)
		}
	}
	if part == nil && stuck != nil {
		for n := range stuck.waiting {
			stuck.ready = append(stuck.ready, n)
		}
		slices.SortFunc(stuck.ready, func(a, b *read) int { return a.position().Compare(b.position()) })
		clear(stuck.waiting)
	}
	return cmp.Or(part, stuck)
}

// place makes ready what waited for nothing but n.
func (l *leveling) place(n *read) {
	v := l.graph.Vertex(n.namespace(), n.node.Name)
	if l.nodes[v][0] != n {
		return // a second declaration of the key
	}
	for _, dependent := range l.graph.Dependents(v) {
		if l.missing[dependent]--; l.missing[dependent] > 0 {
			continue
		}
		for _, m := range l.nodes[dependent] {
			if group := l.of[m]; group.waiting[m] {
				delete(group.waiting, m)
				group.ready = append(group.ready, m)
			}
		}
	}
}
