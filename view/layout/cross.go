package layout

import (
	"cmp"
	"slices"
)

// crossings counts the crossings of all ranks.
func (w *work) crossings() int {
	total := 0
	var tree []int32
	for r := 0; r+1 < len(w.layers); r++ {
		total += w.crossingsBehind(r, &tree)
	}
	return total
}

// crossingsBehind counts the crossings between a rank and the next one, as inversions
// with a Fenwick tree (Barth, Jünger, Mutzel 2002).
func (w *work) crossingsBehind(r int, tree *[]int32) int {
	size := len(w.layers[r+1])
	*tree = slices.Grow((*tree)[:0], size+1)[:size+1]
	clear(*tree)
	count, seen := 0, 0
	var ends []int32
	for _, v := range w.layers[r] {
		ends = ends[:0]
		for _, to := range w.right[v] {
			ends = append(ends, w.place[to])
		}
		slices.Sort(ends)
		for _, at := range ends { // edges of one vertex do not cross
			before := 0
			for i := at + 1; i > 0; i -= i & -i {
				before += int((*tree)[i])
			}
			count += seen - before
		}
		for _, at := range ends {
			for i := at + 1; int(i) <= size; i += i & -i {
				(*tree)[i]++
			}
			seen++
		}
	}
	return count
}

// pair counts the crossings of the edges of u with those of v where u stands before v,
// and where it stands behind: both lists hold places, sorted.
func pair(u, v []int32) (before, behind int) {
	i, j := 0, 0
	for _, a := range u {
		for i < len(v) && v[i] < a {
			i++
		}
		before += i
	}
	for _, b := range v {
		for j < len(u) && u[j] < b {
			j++
		}
		behind += j
	}
	return before, behind
}

// places returns the places of vertices, sorted.
func (w *work) places(vertices []int32, buffer []int32) []int32 {
	buffer = buffer[:0]
	for _, v := range vertices {
		buffer = append(buffer, w.place[v])
	}
	slices.Sort(buffer)
	return buffer
}

// sift puts every vertex of a rank where it crosses least, the rest standing still
// (Matuszewski, Schönfeld, Molitor 1999), and reports by how many crossings that is
// better.
func (w *work) sift(r int) int {
	layer := w.layers[r]
	if len(layer) < 2 {
		return 0
	}
	leftOf, rightOf := make([][]int32, len(layer)), make([][]int32, len(layer))
	byVertex := make(map[int32]int, len(layer))
	for i, v := range layer {
		byVertex[v] = i
		leftOf[i], rightOf[i] = w.places(w.left[v], nil), w.places(w.right[v], nil)
	}
	order := slices.Clone(layer)
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Compare(len(w.left[b])+len(w.right[b]), len(w.left[a])+len(w.right[a]))
	})
	better := 0
	for _, v := range order {
		at := int(w.place[v])
		i := byVertex[v]
		cost := func(other int32) int { // of standing behind other instead of before it
			j := byVertex[other]
			b1, a1 := pair(leftOf[i], leftOf[j])
			b2, a2 := pair(rightOf[i], rightOf[j])
			return a1 + a2 - b1 - b2
		}
		best, bestAt, sum := 0, at, 0
		for k := at + 1; k < len(layer); k++ {
			if sum += cost(layer[k]); sum < best {
				best, bestAt = sum, k
			}
		}
		sum = 0
		for k := at - 1; k >= 0; k-- {
			if sum -= cost(layer[k]); sum < best {
				best, bestAt = sum, k
			}
		}
		if bestAt != at {
			better -= best
			w.move(layer, at, bestAt)
		}
	}
	return better
}

// move takes a vertex from one place of its rank to another.
func (w *work) move(layer []int32, from, to int) {
	v := layer[from]
	step := 1
	if to < from {
		step = -1
	}
	for k := from; k != to; k += step {
		layer[k] = layer[k+step]
		w.place[layer[k]] = int32(k)
	}
	layer[to] = v
	w.place[v] = int32(to)
}
