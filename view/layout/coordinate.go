package layout

import "slices"

// coordinates places the vertices of each rank (Brandes, Köpf 2001): four times each is
// aligned with the middle one of its neighbours, from the left or the right and from the
// top or the bottom, and the middle of the four is taken. Long edges come out straight.
func (w *work) coordinates(o Options) {
	conflicts := w.conflicts()
	n := len(w.ranks)
	candidates := make([][]int, 0, 4)
	for _, leftwards := range []bool{false, true} {
		for _, upwards := range []bool{false, true} {
			a := aligner{work: w, o: o, flipped: upwards, neighbours: w.left}
			if leftwards {
				a.neighbours = w.right
			}
			candidates = append(candidates, a.place(conflicts, leftwards))
		}
	}
	w.level(candidates)
	w.y = make([]int, n)
	four := make([]int, 4)
	lowest := 0
	for v := range n {
		for i, c := range candidates {
			four[i] = c[v]
		}
		slices.Sort(four)
		w.y[v] = (four[1] + four[2]) >> 1
		lowest = min(lowest, w.y[v]-w.height(int32(v))/2)
		if v == 0 {
			lowest = w.y[v] - w.height(int32(v))/2
		}
	}
	for v := range w.y {
		w.y[v] -= lowest
	}
}

// level moves the candidates over each other: those that were packed upwards by their
// upper end to that of the one that needs least room, the others by their lower end.
func (w *work) level(candidates [][]int) {
	type ends struct{ low, high int }
	var all []ends
	best := 0
	for i, c := range candidates {
		if len(c) == 0 {
			return
		}
		e := ends{slices.Min(c), slices.Max(c)}
		all = append(all, e)
		if e.high-e.low < all[best].high-all[best].low {
			best = i
		}
	}
	for i, c := range candidates {
		shift := all[best].low - all[i].low
		if i%2 == 1 {
			shift = all[best].high - all[i].high
		}
		for v := range c {
			c[v] += shift
		}
	}
}

// gap returns how far apart the middles of two neighbours in a rank have to be.
func (w *work) gap(u, v int32, o Options) int {
	distance := o.EdgeGap
	if w.isNode(u) && w.isNode(v) {
		distance = o.NodeGap
	}
	return w.height(u)/2 + w.height(v)/2 + distance
}

// segment is a pair of neighbours.
type segment struct{ left, right int32 }

// conflicts returns the segments that cross the inner segment of a long edge, which is
// to stay straight.
func (w *work) conflicts() map[segment]bool {
	found := map[segment]bool{}
	for r := 1; r < len(w.layers); r++ {
		upper, lower := w.layers[r-1], w.layers[r]
		scanned, low := 0, int32(0)
		for i, v := range lower {
			inner := w.innerEnd(v)
			if inner < 0 && i != len(lower)-1 {
				continue
			}
			high := int32(len(upper) - 1)
			if inner >= 0 {
				high = w.place[inner]
			}
			for ; scanned <= i; scanned++ {
				u := lower[scanned]
				for _, from := range w.left[u] {
					at := w.place[from]
					if (at < low || at > high) && !(!w.isNode(from) && !w.isNode(u)) {
						found[segment{from, u}] = true
					}
				}
			}
			low = high
		}
	}
	return found
}

// innerEnd returns the left end of the inner segment that ends in v, or -1.
func (w *work) innerEnd(v int32) int32 {
	if !w.isNode(v) && len(w.left[v]) == 1 && !w.isNode(w.left[v][0]) {
		return w.left[v][0]
	}
	return -1
}
