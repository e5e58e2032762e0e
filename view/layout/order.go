package layout

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// effort bounds the work on the order: as many sweeps as there are segments in this
// number, but never fewer than fewest nor more than most.
const (
	effort       = 200_000
	fewestSweeps = 4
	mostSweeps   = 48
	mostShuffles = 40
	// mostDisturbed bounds how often the best order is disturbed in vain.
	mostDisturbed = 200
	// comparisons bounds the pairs of vertices that are compared to improve the order
	// vertex by vertex.
	comparisons = 12_000_000
)

// order puts the vertices of each rank into an order of few crossings, and returns how
// many are left. It sweeps over the ranks to and fro, putting each vertex where its
// neighbours are (by their middle, or by their mean), and keeps the best order seen.
func (w *work) order() int {
	segments := 0
	for _, r := range w.right {
		segments += len(r)
	}
	sweeps := min(max(effort/(segments+1), fewestSweeps), mostSweeps)
	w.budget = comparisons / 2
	best, crossings := w.snapshot(), w.crossings()
	starts := 4 + min(effort/(20*segments+1), mostShuffles)
	shuffle := rand.New(rand.NewPCG(1, 1)) // the same for every graph
	for start := range starts {
		if crossings == 0 {
			break
		}
		if start < 4 {
			w.begin(start)
		} else {
			w.shuffle(shuffle)
		}
		idle := 0
		for i := 0; i < sweeps && idle < 8 && crossings > 0; i++ {
			w.sweep(i%2 == 0, start%2 == 0)
			w.siftAll(1)
			if c := w.crossings(); c < crossings {
				best, crossings, idle = w.snapshot(), c, 0
			} else {
				idle++
			}
		}
	}
	w.restore(best)
	w.budget += comparisons / 2
	w.siftAll(20)
	return w.disturb(w.crossings(), shuffle)
}

// disturb moves a few vertices of the best order anywhere, lets all find their best
// places again, and keeps what is no worse, as long as the budget lasts.
func (w *work) disturb(crossings int, r *rand.Rand) int {
	best := w.snapshot()
	for idle := 0; idle < mostDisturbed && crossings > 0 && w.budget > 0; idle++ {
		for range 1 + r.IntN(4) {
			layer := w.layers[r.IntN(len(w.layers))]
			if len(layer) == 0 {
				continue
			}
			w.move(layer, r.IntN(len(layer)), r.IntN(len(layer)))
		}
		w.siftAll(3)
		if c := w.crossings(); c <= crossings {
			if c < crossings {
				idle = 0
			}
			best, crossings = w.snapshot(), c
		} else {
			w.restore(best)
		}
	}
	w.restore(best)
	return crossings
}

// siftAll sifts all ranks, to and fro, until nothing gets better or the budget is spent.
func (w *work) siftAll(most int) {
	cost := 0
	for _, layer := range w.layers {
		cost += 2 * len(layer) * len(layer)
	}
	for range most {
		better := 0
		if w.budget -= cost; w.budget < 0 {
			return
		}
		for r := range w.layers {
			better += w.sift(r)
		}
		for r := len(w.layers) - 1; r >= 0; r-- {
			better += w.sift(r)
		}
		if better == 0 {
			return
		}
	}
}

func (w *work) snapshot() [][]int32 {
	layers := make([][]int32, len(w.layers))
	for i, layer := range w.layers {
		layers[i] = slices.Clone(layer)
	}
	return layers
}

func (w *work) restore(layers [][]int32) {
	for r, layer := range layers {
		copy(w.layers[r], layer)
		w.number(r)
	}
}

func (w *work) number(r int) {
	for i, v := range w.layers[r] {
		w.place[v] = int32(i)
	}
}

// shuffle puts the vertices into any order to start from.
func (w *work) shuffle(r *rand.Rand) {
	for i, layer := range w.layers {
		r.Shuffle(len(layer), func(a, b int) { layer[a], layer[b] = layer[b], layer[a] })
		w.number(i)
	}
}

// begin puts the vertices into one of several orders to start from: as they come, or as
// a search depth first from the left or from the right meets them.
func (w *work) begin(start int) {
	next := w.right
	if start >= 2 {
		next = w.left
	}
	met := make([]int32, len(w.ranks))
	count := int32(0)
	for r := range w.layers {
		if start >= 2 {
			r = len(w.layers) - 1 - r
		}
		for _, root := range w.layers[r] {
			for stack := []int32{root}; len(stack) > 0; {
				v := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if met[v] != 0 {
					continue
				}
				count++
				met[v] = count
				for i := len(next[v]) - 1; i >= 0; i-- {
					stack = append(stack, next[v][i])
				}
			}
		}
	}
	for r, layer := range w.layers {
		slices.SortStableFunc(layer, func(a, b int32) int { return cmp.Compare(met[a], met[b]) })
		w.number(r)
	}
}

// sweep goes over the ranks once and orders each by the one before it.
func (w *work) sweep(rightwards, median bool) {
	weights := make([]float64, len(w.ranks))
	for i := 1; i < len(w.layers); i++ {
		r, neighbours := i, w.left
		if !rightwards {
			r, neighbours = len(w.layers)-1-i, w.right
		}
		w.arrange(r, neighbours, median, weights)
	}
}

// arrange orders a rank by the neighbours of its vertices. What has none keeps its place.
func (w *work) arrange(r int, neighbours [][]int32, median bool, weights []float64) {
	layer := w.layers[r]
	var movable []int32
	var buffer []int32
	for _, v := range layer {
		if len(neighbours[v]) == 0 {
			continue
		}
		movable = append(movable, v)
		buffer = w.places(neighbours[v], buffer)
		weights[v] = middle(buffer, median)
	}
	slices.SortStableFunc(movable, func(a, b int32) int { return cmp.Compare(weights[a], weights[b]) })
	for i, v := range layer {
		if len(neighbours[v]) > 0 {
			layer[i], movable = movable[0], movable[1:]
		}
	}
	w.number(r)
}

// middle returns the median or the mean of sorted places. Of four and more places of an
// even number the median leans to the side where they are closer (Gansner et al. 1993).
func middle(places []int32, median bool) float64 {
	n := len(places)
	if !median {
		sum := 0
		for _, p := range places {
			sum += int(p)
		}
		return float64(sum) / float64(n)
	}
	m := n / 2
	switch {
	case n%2 == 1:
		return float64(places[m])
	case n == 2:
		return float64(places[0]+places[1]) / 2
	}
	left, right := float64(places[m-1]-places[0]), float64(places[n-1]-places[m])
	if left+right == 0 {
		return float64(places[m-1]+places[m]) / 2
	}
	// The conversions keep a compiler from fusing the operations, which rounds otherwise.
	return (float64(float64(places[m-1])*right) + float64(float64(places[m])*left)) / (left + right)
}
