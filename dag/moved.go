package dag

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Moved declares that a node had another name or namespace before. To Flux a rename is
// a deletion and a creation: with prune it deletes everything that the node applied.
// Moved keeps it: the old Kustomization is still written, suspended, beside the new one,
// because a suspended Kustomization deletes nothing, not even when it is deleted itself.
//
// Rename the node, add an entry, generate and commit. When the new Kustomization is ready
// in the cluster, delete the entry: the old file goes, and nothing with it.
type Moved struct {
	// From is what the Kustomization is called in the cluster: "namespace/name", or the
	// name alone where the namespace stays.
	From string
	// To is the node that it became.
	To Ref
	// Prepare writes the node under its old name, suspended, and not yet under the new
	// one: a commit of its own, before the one that writes both. It is needed where the
	// rename comes with a change of what the path holds: the old Kustomization may see the
	// new revision before it is suspended, and would prune what is no longer in its path.
	Prepare bool
	// File is the name of the old one's file; From's name + ".yaml" when empty.
	File string
}

// Move is a [Moved] that was resolved. Its keys are namespace/name.
type Move struct {
	From, To string
	// Prepare says that only From is in the graph, suspended.
	Prepare bool
}

// Moves returns the declared renames, ordered by From. Those that are wrong (FD118) are
// not among them.
func (g *Graph) Moves() []Move { return slices.Clone(g.moves) }

// move carries out the cluster's renames on the listed vertices.
func (r *resolver) move() {
	keys := map[objectKey]bool{}
	for _, v := range r.graph.vertices {
		keys[v.key()] = true
	}
	for i, m := range r.graph.cluster.Moved {
		v := r.listed[m.To.node]
		problem, hint := "", "use the dag.Ref that dag.Declare returned, of a node that the cluster lists"
		switch {
		case m.To.isZero():
			problem = "has a To that refers to nothing"
		case v == nil:
			problem = "has a To that the cluster does not list"
		}
		if problem != "" {
			r.fault(fault{kind: faultMove, pos: cmp.Or(m.To.Position(), r.graph.clusterPosition()), message: fmt.Sprintf("Moved[%d] %s", i, problem), hint: hint})
			continue
		}
		r.moveTo(v, m, keys)
	}
	slices.SortFunc(r.graph.moves, func(a, b Move) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
}

// moveTo makes the old vertex of v, or of v the old one.
func (r *resolver) moveTo(v *Vertex, m Moved, keys map[objectKey]bool) {
	from, to := Ref{external: m.From}.key(v.object.Namespace), objectKey{r.namespace(v.node), v.node.node.Name}
	problem, hint := "", "From is what the Kustomization was called before: \"name\", or \"namespace/name\""
	switch {
	case v.moved != notMoved:
		problem, hint = "is listed in Moved twice: it has one name in the cluster", "keep the entry with that name"
	case from.problem() != "":
		problem = "moved from " + quote(m.From) + ", which " + from.problem()
	case from == to:
		problem = "moved from " + quote(m.From) + ", which is its own name"
	case keys[from]:
		problem, hint = "moved from "+from.String()+", which is a node of the cluster, or moved already", "name the Kustomization that is gone from the declaration"
	}
	if problem != "" {
		r.fault(fault{kind: faultMove, vertex: v, message: problem, hint: hint})
		return
	}
	keys[from] = true
	r.graph.moves = append(r.graph.moves, Move{from.String(), to.String(), m.Prepare})
	old := v
	if m.Prepare {
		v.moved = movedPrepared
	} else {
		v.moved = movedNew
		old = &Vertex{node: v.node.movedFrom(to), declaredLevel: v.declaredLevel, levelName: v.levelName, moved: movedOld}
		r.graph.vertices = append(r.graph.vertices, old)
	}
	taken := v.file
	old.setKey(from)
	if old.file = cmp.Or(m.File, from.name+".yaml"); old != v && old.file == taken {
		old.file = from.namespace + "." + from.name + ".yaml"
	}
}

// movedFrom returns the declaration of the Kustomization that d was, suspended. What is
// allowed stays with d.
func (d *declared) movedFrom(to objectKey) *declared {
	n := d.node.clone()
	n.Description = "Moved to " + to.String() + ". Suspended, so that nothing is deleted with it."
	n.Allow, n.Annotations, n.Labels = nil, maps.Clone(n.Annotations), maps.Clone(n.Labels)
	return &declared{node: n, pos: d.pos}
}

// movement is the part that a vertex has in a rename.
type movement int

const (
	notMoved      movement = iota
	movedPrepared          // it has its old name, and is suspended
	movedNew               // an old one is written beside it
	movedOld               // it is that one
)

// suspended reports whether the rename suspends the vertex.
func (m movement) suspended() bool { return m == movedPrepared || m == movedOld }

// judgedOnce reports whether a finding is about the copy that a rename makes, and is
// reported of the node itself.
func (g *Graph) judgedOnce(d Diagnostic) bool {
	if len(g.moves) == 0 || slices.Contains([]string{"FD103", "FD104"}, d.Code) {
		return false
	}
	v := g.Lookup(d.Node)
	return v != nil && v.moved == movedOld
}

// checkOpenMoves says what is left to do of every rename.
func checkOpenMoves(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, m := range g.moves {
		key, message, hint := m.To, "%s is still written, suspended, for %s to take over what it applied", "when "+m.To+" is ready in the cluster, delete the entry from Moved"
		if m.Prepare {
			key, message, hint = m.From, "%s is suspended, and not yet renamed to %s", "when the cluster shows it suspended, take Prepare out of the entry in Moved"
		}
		found = append(found, g.Lookup(key).Report("", hint, message, m.From, m.To))
	}
	return found
}
