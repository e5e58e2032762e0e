package dag

// walk visits a forest depth first without recursion, calling enter before and
// leave after what lies below a vertex.
func walk(roots []int32, children [][]int32, enter, leave func(int32)) {
	type frame struct{ v, next int32 }
	var stack []frame
	for _, root := range roots {
		enter(root)
		stack = append(stack, frame{root, 0})
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if int(top.next) == len(children[top.v]) {
				leave(top.v)
				stack = stack[:len(stack)-1]
				continue
			}
			child := children[top.v][top.next]
			top.next++
			enter(child)
			stack = append(stack, frame{child, 0})
		}
	}
}

// walkOnce visits a graph depth first without recursion, each vertex once,
// calling leave after what lies below it.
func walkOnce(roots []int32, adjacent [][]int32, seen []bool, leave func(int32)) {
	type frame struct{ v, next int32 }
	var stack []frame
	push := func(v int32) {
		if !seen[v] {
			seen[v] = true
			stack = append(stack, frame{v, 0})
		}
	}
	for _, root := range roots {
		push(root)
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if int(top.next) == len(adjacent[top.v]) {
				leave(top.v)
				stack = stack[:len(stack)-1]
				continue
			}
			to := adjacent[top.v][top.next]
			top.next++
			push(to)
		}
	}
}
