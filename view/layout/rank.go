package layout

// rank gives every node a rank, so that every edge leads to a higher one: within a lane
// the longest path decides. Edges against the order of the lanes, and one of each cycle,
// are turned round.
func (w *work) rank() {
	inside := make([][]int32, len(w.Nodes)) // edges within a lane, by their start
	for i, e := range w.Edges {
		from, to := w.Nodes[e.From].Lane, w.Nodes[e.To].Lane
		switch {
		case e.From == e.To:
			w.loops[i] = true
		case from > to:
			w.reversed[i] = true
		case from == to:
			inside[e.From] = append(inside[e.From], int32(i))
		}
	}
	finished := w.turnBack(inside)
	sub := make([]int, len(w.Nodes))
	deepest := make([]int, len(w.Lanes))
	for i := len(finished) - 1; i >= 0; i-- { // a node comes before what its edges lead to
		v := finished[i]
		deepest[w.Nodes[v].Lane] = max(deepest[w.Nodes[v].Lane], sub[v])
		for _, e := range inside[v] {
			if !w.reversed[e] {
				sub[w.Edges[e].To] = max(sub[w.Edges[e].To], sub[v]+1)
			}
		}
	}
	w.first = make([]int, len(w.Lanes)+1)
	for lane, d := range deepest {
		w.first[lane+1] = w.first[lane] + d + 1
	}
	for v := range w.Nodes {
		w.ranks[v] = w.first[w.Nodes[v].Lane] + sub[v]
	}
}

// turnBack turns round the edges that close a cycle within a lane, and returns the nodes
// in the order in which a search depth first leaves them. A chain may be as long as the
// graph, so nothing here calls itself.
func (w *work) turnBack(inside [][]int32) []int32 {
	const open, done = 1, 2
	state := make([]uint8, len(w.Nodes))
	next := make([]int32, len(w.Nodes))
	finished := make([]int32, 0, len(w.Nodes))
	for root := range w.Nodes {
		if state[root] != 0 {
			continue
		}
		state[root] = open
		for stack := []int32{int32(root)}; len(stack) > 0; {
			v := stack[len(stack)-1]
			if int(next[v]) == len(inside[v]) {
				state[v] = done
				finished = append(finished, v)
				stack = stack[:len(stack)-1]
				continue
			}
			e := inside[v][next[v]]
			next[v]++
			switch to := int32(w.Edges[e].To); state[to] {
			case 0:
				state[to] = open
				stack = append(stack, to)
			case open:
				w.reversed[e] = true // the path from to to v keeps the two in order
			}
		}
	}
	return finished
}

// split leads each edge over a vertex in every rank between its ends.
func (w *work) split() {
	n := len(w.Nodes)
	w.left, w.right = make([][]int32, n), make([][]int32, n)
	w.chains = make([][]int32, len(w.Edges))
	for i, e := range w.Edges {
		if w.loops[i] {
			continue
		}
		from, to := int32(e.From), int32(e.To)
		if w.reversed[i] {
			from, to = to, from
		}
		chain := []int32{from}
		for r := w.ranks[from] + 1; r < w.ranks[to]; r++ {
			chain = append(chain, w.add(r))
		}
		w.chains[i] = append(chain, to)
		for k, v := range w.chains[i][1:] {
			u := w.chains[i][k]
			w.right[u], w.left[v] = append(w.right[u], v), append(w.left[v], u)
		}
	}
	w.layers = make([][]int32, w.first[len(w.first)-1])
	w.place = make([]int32, len(w.ranks))
	for v, r := range w.ranks {
		w.place[v] = int32(len(w.layers[r]))
		w.layers[r] = append(w.layers[r], int32(v))
	}
}

// add makes a vertex in a rank.
func (w *work) add(rank int) int32 {
	w.ranks = append(w.ranks, rank)
	w.left, w.right = append(w.left, nil), append(w.right, nil)
	return int32(len(w.ranks) - 1)
}
