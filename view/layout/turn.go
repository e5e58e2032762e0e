package layout

import "slices"

// turns leads each edge that goes back, in a cycle or against the lanes, out of the right
// side of its start, below it to the left, and into the left side of its end from below: all
// edges leave and arrive alike, so which way they go is seen. Such an edge crosses the ranks
// of its ends too, next to the boxes. It reports whether there is any.
func (w *work) turns() bool {
	w.nested = map[int32][]int32{}
	for i, e := range w.Edges {
		from, to := int32(e.From), int32(e.To)
		switch {
		case w.loops[i]:
			w.chains[i] = []int32{w.turn(from)}
		case w.reversed[i]:
			chain, in, out := w.chains[i], w.turn(to), w.turn(from)
			last := len(chain) - 1
			w.relink(to, in, chain[1], w.right, w.left)
			chain[0] = in
			w.relink(from, out, chain[last-1], w.left, w.right)
			chain[last] = out
		}
	}
	return len(w.nested) > 0
}

// turn makes a vertex beside a box, in its rank.
func (w *work) turn(box int32) int32 {
	v := w.add(w.ranks[box])
	w.nested[box] = append(w.nested[box], v)
	w.place = append(w.place, 0)
	return v
}

// relink takes one link of a vertex and gives it to another one.
func (w *work) relink(old, now, neighbour int32, there, back [][]int32) {
	at := slices.Index(there[old], neighbour)
	there[old] = slices.Delete(there[old], at, at+1)
	there[now] = append(there[now], neighbour)
	back[neighbour][slices.Index(back[neighbour], old)] = now
}

// settle puts what turns next to its boxes, lets the rest find better places, and returns
// the crossings.
func (w *work) settle() int {
	w.nest()
	best, crossings := w.snapshot(), w.crossings()
	w.budget = comparisons / 4
	for range 6 {
		w.siftAll(1)
		w.nest()
		if c := w.crossings(); c < crossings {
			best, crossings = w.snapshot(), c
		}
	}
	w.restore(best)
	return crossings
}

// nest puts what turns below a box right behind it.
func (w *work) nest() {
	turning := map[int32]bool{}
	for _, all := range w.nested {
		for _, v := range all {
			turning[v] = true
		}
	}
	for r, layer := range w.layers {
		var order []int32
		for _, v := range layer {
			if !turning[v] {
				order = append(append(order, v), w.nested[v]...)
			}
		}
		w.layers[r] = order
		w.number(r)
	}
}

// turnRoom lies beside a rank at which an edge turns.
const turnRoom = 12

// roomToTurn returns the room that edges need to turn to the left and to the right of a rank.
func (w *work) roomToTurn() (left, right []int) {
	left, right = make([]int, len(w.layers)), make([]int, len(w.layers))
	for i, e := range w.Edges {
		if w.loops[i] || w.reversed[i] {
			left[w.ranks[e.To]], right[w.ranks[e.From]] = turnRoom, turnRoom
		}
	}
	return left, right
}

// backwards returns the points of an edge that goes back.
func (w *work) backwards(i int, columns, widths []int) []Point {
	from, to := w.Edges[i].From, w.Edges[i].To
	points := []Point{{columns[w.ranks[from]] + w.Nodes[from].Width, w.y[from]}}
	for _, v := range slices.Backward(w.chains[i]) {
		left := columns[w.ranks[v]]
		points = append(points, Point{left + widths[w.ranks[v]], w.y[v]}, Point{left, w.y[v]})
	}
	return append(points, Point{columns[w.ranks[to]], w.y[to]})
}
