package layout

import "slices"

// aligner computes one of the four candidates. Flipped, it looks at every rank from the
// bottom, and so packs downwards.
type aligner struct {
	*work
	o          Options
	flipped    bool
	neighbours [][]int32

	layers [][]int32 // as they are looked at
	at     []int32   // the place of a vertex in them
	root   []int32   // the first vertex of the block that a vertex is in
}

func (a *aligner) place(conflicts map[segment]bool, leftwards bool) []int {
	a.layers = a.snapshot()
	a.at = make([]int32, len(a.ranks))
	for _, layer := range a.layers {
		if a.flipped {
			slices.Reverse(layer)
		}
		for i, v := range layer {
			a.at[v] = int32(i)
		}
	}
	a.align(conflicts, leftwards)
	y := a.compact()
	if a.flipped {
		for v := range y {
			y[v] = -y[v]
		}
	}
	return y
}

// align makes blocks of vertices that are to stand on one line.
func (a *aligner) align(conflicts map[segment]bool, leftwards bool) {
	n := len(a.ranks)
	a.root = make([]int32, n)
	taken := make([]bool, n) // has a vertex aligned to it already
	for v := range a.root {
		a.root[v] = int32(v)
	}
	var sorted []int32
	for i := range a.layers {
		r := i
		if leftwards {
			r = len(a.layers) - 1 - i
		}
		last := int32(-1)
		for _, v := range a.layers[r] {
			sorted = append(sorted[:0], a.neighbours[v]...)
			slices.SortFunc(sorted, func(u, v int32) int { return int(a.at[u] - a.at[v]) })
			d := len(sorted)
			if d == 0 {
				continue
			}
			for m := (d - 1) / 2; m <= d/2; m++ {
				u := sorted[m]
				s := segment{u, v}
				if leftwards {
					s = segment{v, u}
				}
				if a.root[v] == v && !taken[u] && a.at[u] > last && !conflicts[s] {
					taken[u] = true
					a.root[v] = a.root[u]
					last = a.at[u]
				}
			}
		}
	}
}

// compact packs the blocks as closely as they may stand, and then pulls each back to
// what follows it, so that a block with room stays near its neighbours.
func (a *aligner) compact() []int {
	type link struct {
		to  int32
		gap int
	}
	n := len(a.ranks)
	behind := make([][]link, n) // of each root
	waits := make([]int, n)
	for _, layer := range a.layers {
		for i := 1; i < len(layer); i++ {
			u, v := a.root[layer[i-1]], a.root[layer[i]]
			behind[u] = append(behind[u], link{v, a.gap(layer[i-1], layer[i], a.o)})
			waits[v]++
		}
	}
	y := make([]int, n)
	var order []int32
	for v := range n {
		if a.root[v] == int32(v) && waits[v] == 0 {
			order = append(order, int32(v))
		}
	}
	for i := 0; i < len(order); i++ {
		u := order[i]
		for _, l := range behind[u] {
			y[l.to] = max(y[l.to], y[u]+l.gap)
			if waits[l.to]--; waits[l.to] == 0 {
				order = append(order, l.to)
			}
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		u := order[i]
		if len(behind[u]) == 0 {
			continue
		}
		room := y[behind[u][0].to] - behind[u][0].gap
		for _, l := range behind[u] {
			room = min(room, y[l.to]-l.gap)
		}
		y[u] = max(y[u], room)
	}
	for v := range y {
		y[v] = y[a.root[v]]
	}
	return y
}
