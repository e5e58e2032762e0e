// Package scc finds strongly connected components: the cycles of a directed graph, and the
// order of all else.
package scc

import "slices"

// Components returns the strongly connected components, dependencies first: the
// component of every vertex and the members of every component. It is Tarjan's
// algorithm with its recursion laid out in a stack, because a chain may be as
// long as the graph.
func Components(adjacent [][]int32) (component []int32, members [][]int32) {
	n := len(adjacent)
	component = make([]int32, n)
	index, low, next := make([]int32, n), make([]int32, n), make([]int32, n)
	onStack := make([]bool, n)
	var path, stack []int32
	count := int32(0)
	enter := func(v int32) {
		count++
		index[v], low[v], onStack[v] = count, count, true
		path, stack = append(path, v), append(stack, v)
	}
	for root := range adjacent {
		if index[root] != 0 {
			continue
		}
		enter(int32(root))
		for len(path) > 0 {
			v := path[len(path)-1]
			if int(next[v]) < len(adjacent[v]) {
				to := adjacent[v][next[v]]
				next[v]++
				switch {
				case index[to] == 0:
					enter(to)
				case onStack[to]:
					low[v] = min(low[v], index[to])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				parent := path[len(path)-1]
				low[parent] = min(low[parent], low[v])
			}
			if low[v] == index[v] {
				at := len(stack) - 1 // not slices.Index, which takes the square of a chain's length
				for stack[at] != v {
					at--
				}
				ids := slices.Clone(stack[at:])
				stack = stack[:at]
				slices.Sort(ids)
				for _, id := range ids {
					onStack[id], component[id] = false, int32(len(members))
				}
				members = append(members, ids)
			}
		}
	}
	return component, members
}
