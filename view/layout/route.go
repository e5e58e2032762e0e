package layout

// mostRankGap bounds the room between two ranks, which grows with the height of the
// edges between them.
const mostRankGap = 120

// route turns places into a picture: columns of boxes, lanes around them, and a line
// over the vertices of each edge.
func (w *work) route(o Options) Layout {
	widths := make([]int, len(w.layers))
	l := Layout{Nodes: make([]Point, len(w.Nodes)), Edges: make([][]Point, len(w.Edges)), Lanes: make([]Span, len(w.Lanes))}
	for v, n := range w.Nodes {
		widths[w.ranks[v]] = max(widths[w.ranks[v]], n.Width)
		l.Height = max(l.Height, w.y[v]+n.Height/2)
	}
	for _, y := range w.y {
		l.Height = max(l.Height, y)
	}
	columns := make([]int, len(w.layers)) // their left borders
	before, behind := w.roomToTurn()
	x := 0
	for lane := range w.Lanes {
		l.Lanes[lane].Left = x
		x += o.Padding
		for r := w.first[lane]; r < w.first[lane+1]; r++ {
			x += before[r]
			columns[r] = x
			x += widths[r] + behind[r]
			if r+1 < w.first[lane+1] {
				x += w.roomBehind(r, o)
			}
		}
		if short := w.Lanes[lane] - (x + o.Padding - l.Lanes[lane].Left); short > 0 {
			x += short
		}
		x += o.Padding
		l.Lanes[lane].Right = x
		l.Width = x
		if lane+1 < len(w.Lanes) {
			x += max(0, w.roomBehind(w.first[lane+1]-1, o)-2*o.Padding)
		}
	}
	for v, n := range w.Nodes {
		l.Nodes[v] = Point{columns[w.ranks[v]], w.y[v] - n.Height/2}
	}
	for i := range w.Edges {
		l.Edges[i] = w.line(i, columns, widths)
	}
	return l
}

// roomBehind returns the room that the edges behind a rank need to bend in.
func (w *work) roomBehind(r int, o Options) int {
	steepest := 0
	for _, v := range w.layers[r] {
		for _, to := range w.right[v] {
			steepest = max(steepest, w.y[v]-w.y[to], w.y[to]-w.y[v])
		}
	}
	return min(o.RankGap+steepest/12, max(mostRankGap, o.RankGap))
}

// line returns the points of an edge, from its start to its end.
func (w *work) line(i int, columns, widths []int) []Point {
	if w.loops[i] || w.reversed[i] {
		return w.backwards(i, columns, widths)
	}
	chain := w.chains[i]
	last := len(chain) - 1
	points := make([]Point, 0, 2*len(chain)-2)
	for k, v := range chain {
		left, right := columns[w.ranks[v]], columns[w.ranks[v]]+widths[w.ranks[v]]
		if w.isNode(v) {
			right = left + w.Nodes[v].Width
		}
		if k > 0 {
			points = append(points, Point{left, w.y[v]})
		}
		if k < last {
			points = append(points, Point{right, w.y[v]})
		}
	}
	return points
}
