// Package layout places the boxes of a layered graph in lanes and leads the edges
// between them, none of them through a box. It is the method of Sugiyama, Tagawa and
// Toda (1981): ranks, places for the edges that cross a rank, an order of few crossings
// within the ranks, coordinates. Everything is computed in integers and in one order, so
// the same graph gives the same picture on every machine.
package layout

// Graph is what is to be laid out. Lanes stand side by side, from left to right.
type Graph struct {
	Nodes []Node
	Edges []Edge
	// Lanes holds the least width of each lane.
	Lanes []int
}

// Node is a box. Its height should be even.
type Node struct {
	Lane          int
	Width, Height int
}

// Edge leads from one node to another, by their index.
type Edge struct{ From, To int }

// Options are the distances, all in the unit of the boxes.
type Options struct {
	// NodeGap lies between two boxes of a rank, EdgeGap between an edge and what is
	// next to it.
	NodeGap, EdgeGap int
	// RankGap lies at least between the boxes of two ranks; the edges bend in it.
	RankGap int
	// Padding lies between a lane's border and its boxes, left and right.
	Padding int
}

// Point is a place: X to the right, Y down.
type Point struct{ X, Y int }

// Span is the place of a lane.
type Span struct{ Left, Right int }

// Layout is where everything is.
type Layout struct {
	// Nodes holds the upper left corner of each box.
	Nodes []Point
	// Edges holds the points of each edge, from the border of the one box to that of
	// the other. Points 0 and 1 are the ends of a bend, points 1 and 2 those of a
	// straight line across a rank, and so on. All leave to the right and arrive from the
	// left: the first and the last bend of one that goes back turn round, below the boxes.
	Edges [][]Point
	Lanes []Span
	// Width and Height are those of the whole.
	Width, Height int
	// Crossings is the number of crossings between neighbouring ranks.
	Crossings int
}

// Compute lays a graph out.
func Compute(g Graph, o Options) Layout {
	w := newWork(g)
	w.rank()
	w.split()
	crossings := w.order()
	if w.turns() {
		crossings = w.settle()
	}
	w.coordinates(o)
	l := w.route(o)
	l.Crossings = crossings
	return l
}

// work is a layout in the making. Its vertices are the nodes, and behind them the
// places where an edge crosses a rank.
type work struct {
	Graph
	reversed []bool // edges that lead backwards, and so are laid out the other way round
	loops    []bool // edges from a node to itself
	ranks    []int  // of each vertex
	first    []int  // the first rank of each lane, and behind them the number of ranks

	nested map[int32][]int32 // what turns below each box

	chains [][]int32 // the vertices of each edge, from left to right
	right  [][]int32 // the neighbours of each vertex in the next rank
	left   [][]int32 // and in the one before
	layers [][]int32 // the vertices of each rank, in order
	place  []int32   // of each vertex in its rank
	y      []int     // the middle of each vertex
	budget int       // pairs that may still be compared by sift
}

func newWork(g Graph) *work {
	return &work{Graph: g, reversed: make([]bool, len(g.Edges)), loops: make([]bool, len(g.Edges)), ranks: make([]int, len(g.Nodes))}
}

// isNode reports whether a vertex is a box.
func (w *work) isNode(v int32) bool { return int(v) < len(w.Nodes) }

func (w *work) height(v int32) int {
	if w.isNode(v) {
		return w.Nodes[v].Height
	}
	return 0
}
