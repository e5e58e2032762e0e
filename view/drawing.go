package view

import (
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// drawing is what the pictures show of a cluster: boxes in lanes, and arrows between
// them. An arrow leads in the direction of time, from what is ready first to what
// waits for it.
type drawing struct {
	Cluster
	found     marks
	limits    limits
	namespace string   // of all nodes, or empty where they have several
	usual     string   // of most nodes, where labels leave it out all the same
	lanes     []string // their titles
	boxes     []box
	arrows    []arrow
	implied   []arrow // between groups, which are not drawn: paths of others say the same
}

// box is one node, or several that are folded into one.
type box struct {
	vertex *dag.Vertex // nil for a group, and for what the graph does not hold
	key    string
	label  string
	lane   int
	// outside marks what a node waits for and the graph does not hold.
	outside  bool
	members  []int    // of a group: boxes of the drawing that was folded
	parts    []string // of a group: the folders in which its members lie
	findings []dag.Diagnostic
	limits   []dag.Boundary // what is not followed there
	hidden   []string       // the keys of what it waits for and the part does not show
	critical bool
	cycle    bool
}

// arrow is one dependency, or all between two boxes.
type arrow struct {
	from, to int    // boxes: the dependency and the dependent
	edges    []edge // what it stands for: several with a readyExpr, or between groups
	findings []dag.Diagnostic
	cycle    bool
	critical bool
}

const outsideLane = "Not in this graph"

// newDrawing lays nothing out: boxes stand in the order of the lanes.
func newDrawing(c Cluster) *drawing {
	d := &drawing{Cluster: c, found: newMarks(c), limits: newLimits(c), namespace: c.namespace()}
	critical := criticalPath(c)
	index := map[*dag.Vertex]int{}
	outside := d.outsiders(index)
	for _, l := range c.levels() {
		for _, v := range l.nodes {
			index[v] = len(d.boxes)
			d.boxes = append(d.boxes, box{vertex: v, key: v.Key(), label: d.short(v.Key()), lane: len(d.lanes),
				findings: d.found.nodes[v.Key()], limits: d.limits.nodes[v.Key()], hidden: d.hiddenOf(v), critical: critical[v] != nil})
		}
		d.lanes = append(d.lanes, l.title)
	}
	for i := range d.boxes {
		if v := d.boxes[i].vertex; v != nil {
			d.arrowsOf(i, v, index, outside, critical)
		}
	}
	return d
}

// outsiders makes a lane of what is not in the graph, where there is such a thing.
func (d *drawing) outsiders(index map[*dag.Vertex]int) map[string]int {
	outside := map[string]int{}
	for v := range d.nodes() {
		for _, e := range d.edgesOf(v) {
			if _, known := outside[e.To]; e.Resolved || known {
				continue
			}
			outside[e.To] = len(d.boxes)
			d.boxes = append(d.boxes, box{key: e.To, label: d.short(e.To), outside: true})
		}
	}
	if len(outside) > 0 {
		d.lanes = append(d.lanes, outsideLane)
	}
	return outside
}

// arrowsOf adds the arrows that lead to a box; edges in other words between the same
// two are one.
func (d *drawing) arrowsOf(i int, v *dag.Vertex, index map[*dag.Vertex]int, outside map[string]int, critical map[*dag.Vertex]*dag.Vertex) {
	first := len(d.arrows)
	for _, e := range d.edgesOf(v) {
		from, to := 0, e.to
		switch {
		case e.From == e.To:
			from, to = i, v
		case to == nil:
			from = outside[e.To]
		default:
			from = index[to]
		}
		d.boxes[i].cycle = d.boxes[i].cycle || e.Cycle
		if last := len(d.arrows) - 1; last >= first && d.arrows[last].from == from {
			d.arrows[last].edges = append(d.arrows[last].edges, e)
			continue
		}
		d.arrows = append(d.arrows, arrow{from: from, to: i, edges: []edge{e}, findings: d.found.edges[ends{e.From, e.To}],
			cycle: e.Cycle, critical: to != nil && critical[v] == to})
	}
}

// relabel leaves the namespace that most nodes have out of the labels, for pictures that
// have a place to say so.
func (d *drawing) relabel() *drawing {
	if d.namespace != "" {
		return d
	}
	count := map[string]int{}
	for v := range d.nodes() {
		count[v.Object().Namespace]++
	}
	for namespace, n := range count {
		if 2*n > d.size() {
			d.usual, d.namespace = namespace, namespace
		}
	}
	for i, b := range d.boxes {
		d.boxes[i].label = d.short(b.key)
	}
	return d
}

// short returns a key without the namespace that all nodes have.
func (d *drawing) short(key string) string {
	if d.namespace != "" {
		key = strings.TrimPrefix(key, d.namespace+"/")
	}
	return printable(key)
}

// expressions returns the CEL expressions of an arrow.
func (a arrow) expressions() []string {
	var all []string
	for _, e := range a.edges {
		if e.ReadyExpr != "" {
			all = append(all, e.ReadyExpr)
		}
	}
	return all
}

// note says what is special about an arrow, for a label.
func (a arrow) note() string {
	var words []string
	if a.cycle {
		words = append(words, "cycle")
	}
	if len(a.expressions()) > 0 {
		words = append(words, "readyExpr")
	}
	if s := worst(a.findings); s != 0 {
		words = append(words, s.String())
	}
	return strings.Join(words, ", ")
}
