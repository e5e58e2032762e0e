package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/internal/scc"
)

// ordering is the graph in which what has to go first is an edge. Behind the chosen nodes
// come vertices that stand for "all that depends on this parent from outside": every node
// below the parent has an edge to it.
type ordering struct {
	*teardown
	keys  []string
	id    map[string]int32
	first [][]int32 // what has to be gone before
	soft  [][]int32 // what had better be: left out where that makes a circle
}

// order returns the edges: dependents go first, children, and those that use what a node
// takes along.
func (d *teardown) order() *ordering {
	o := &ordering{teardown: d, keys: sortedKeys(d.because), id: map[string]int32{}}
	n := len(o.keys)
	o.first, o.soft = make([][]int32, 2*n), make([][]int32, 2*n)
	for i, key := range o.keys {
		o.id[key] = int32(i)
	}
	basics := d.basics()
	for i, key := range o.keys {
		for _, u := range d.Graph.Dependents(d.Graph.Lookup(key)) {
			o.before(i, u.Key(), false)
			if !o.below(u.Key(), key) {
				o.before(n+i, u.Key(), true)
			}
		}
		for _, child := range d.children[key] {
			o.before(i, child, false)
		}
		for _, t := range d.takes[key] {
			for _, user := range t.users {
				if t.as != "values" || d.carries(user) {
					o.before(i, user, t.soft())
				}
			}
		}
		switch {
		case d.carry[key] != nil: // Flux itself goes last
			for _, other := range o.keys {
				o.before(i, other, true)
			}
		case slices.Contains(basics, key): // and before it what the cluster runs by
			for _, other := range o.keys {
				if d.carry[other] == nil && !slices.Contains(basics, other) {
					o.before(i, other, true)
				}
			}
		}
		for _, parent := range d.parents[key] {
			if p, chosen := o.id[parent]; chosen && parent != key {
				o.first[i] = append(o.first[i], int32(n)+p)
				o.first[n+i] = append(o.first[n+i], int32(n)+p)
			}
		}
	}
	return o
}

// before adds an edge to a node that goes first, if it goes at all.
func (o *ordering) before(i int, key string, soft bool) {
	j, chosen := o.id[key]
	switch {
	case !chosen || int(j) == i:
	case soft:
		o.soft[i] = append(o.soft[i], j)
	default:
		o.first[i] = append(o.first[i], j)
	}
}

// below reports whether a node is applied by another one, or by what that applies.
func (d *teardown) below(key, top string) bool {
	seen := map[string]bool{key: true}
	for queue := []string{key}; len(queue) > 0; queue = queue[1:] {
		for _, parent := range d.parents[queue[0]] {
			if parent == top {
				return true
			}
			if !seen[parent] {
				seen[parent] = true
				queue = append(queue, parent)
			}
		}
	}
	return false
}

// components returns the components, what goes first before the rest. Soft edges that are
// part of a circle are left out.
func (o *ordering) components() (component []int32, members [][]int32) {
	both := make([][]int32, len(o.first))
	for i := range both {
		both[i] = slices.Concat(o.first[i], o.soft[i])
	}
	component, _ = scc.Components(both)
	for i, soft := range o.soft {
		o.first[i] = append(o.first[i], slices.DeleteFunc(slices.Clone(soft), func(j int32) bool { return component[j] == component[i] })...)
	}
	return scc.Components(o.first)
}

// stages puts the chosen nodes into the order, as many at a time as can go. Those that wait
// for each other are a stage of their own.
func (d *teardown) stages() {
	o := d.order()
	component, members := o.components()
	depth := make([]int, len(members)) // of the stage behind the component
	var alone [][]string               // by depth
	var circles [][][]string           // by depth
	for c, ids := range members {
		var names []string
		for _, i := range ids {
			if int(i) < len(o.keys) {
				names = append(names, o.keys[i])
			}
			for _, j := range o.first[i] {
				depth[c] = max(depth[c], depth[component[j]])
			}
		}
		if len(names) == 0 {
			continue
		}
		for len(alone) <= depth[c] {
			alone, circles = append(alone, nil), append(circles, nil)
		}
		if len(names) > 1 {
			circles[depth[c]] = append(circles[depth[c]], names)
		} else {
			alone[depth[c]] = append(alone[depth[c]], names...)
		}
		depth[c]++
	}
	for i, names := range alone {
		if slices.Sort(names); len(names) > 0 {
			d.release(names)
			d.remove(names, false)
		}
		slices.SortFunc(circles[i], slices.Compare)
		for _, names := range circles[i] {
			d.release(names)
			d.remove(names, true)
		}
	}
}
