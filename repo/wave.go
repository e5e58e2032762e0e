package repo

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// most bounds how many builds are kept at a time.
const most = 256

// expandAll expands a wave. What is built beside it is for the waves to come, which
// may have to wait for variables: a build needs none.
func (c *cluster) expandAll(wave, later []*node) {
	for chunk := range slices.Chunk(wave, most) {
		parallel(len(chunk), func(i int) { c.prepare(chunk[i]) })
		first, like := c.alike(chunk)
		c.prebuild(slices.Concat(first, later[:min(len(later), most-len(chunk))]))
		parallel(len(first), func(i int) { c.expand(first[i]) })
		parallel(len(like), func(i int) { c.expand(like[i]) })
	}
}

// alike splits nodes, where a cache keeps what they apply, into the first of those that
// apply the same and those like them.
func (c *cluster) alike(nodes []*node) (first, like []*node) {
	if c.memory == nil {
		return nodes, nil
	}
	seen := map[string]bool{}
	for _, n := range nodes {
		if seen[n.like] || c.memory.has(n.like) {
			like = append(like, n)
		} else {
			first = append(first, n)
		}
		seen[n.like] = true
	}
	return first, like
}

// prebuild builds nodes beside each other. Where that brought out something that must
// be told of one of them, it leaves no trace, and they are built one by one.
func (c *cluster) prebuild(nodes []*node) {
	nodes = slices.DeleteFunc(nodes, func(n *node) bool {
		_, beyond := c.beyond(n)
		return n.prebuilt != nil || beyond || !c.buildable(n)
	})
	if len(nodes) < 2 || c.index.openAPI {
		return
	}
	results := make([]built, len(nodes))
	quiet := c.tree.beside(func() {
		parallel(len(nodes), func(i int) {
			t, dir := c.placed(nodes[i])
			results[i] = t.build(nodes[i].object, dir)
		})
	})
	for i, n := range nodes {
		if quiet {
			n.prebuilt = &results[i]
		}
	}
}

// buildable reports whether the path of a node is a folder.
func (c *cluster) buildable(n *node) bool {
	t, dir := c.placed(n)
	return t.stat(dir).dir
}

// ready splits a queue into the nodes whose variables are known and the others.
// Where all wait for a ConfigMap that nothing has brought yet, one goes on without.
func (c *cluster) ready(queue []*node) (wave, rest []*node) {
	for _, n := range queue {
		if c.awaited(n).all > 0 {
			rest = append(rest, n)
		} else {
			wave = append(wave, n)
		}
	}
	if len(wave) == 0 {
		// First what Flux would not hold up, and what waits for nothing else.
		slices.SortStableFunc(rest, func(a, b *node) int {
			return cmp.Or(c.awaited(a).required-c.awaited(b).required, len(list(a.object, "spec", "dependsOn"))-len(list(b.object, "spec", "dependsOn")))
		})
		wave, rest = rest[:1:1], rest[1:]
	}
	return wave, rest
}

// awaited counts the ConfigMaps that nothing has brought yet: all that a node asks for,
// and those that it cannot do without.
func (c *cluster) awaited(n *node) (count struct{ all, required int }) {
	for _, ref := range list(n.object, "spec", "postBuild", "substituteFrom") {
		if _, known := c.configMaps[key{n.key.namespace, text(ref, "name")}]; known || text(ref, "kind") != "ConfigMap" {
			continue
		}
		count.all++
		if optional, _ := ref["optional"].(bool); !optional {
			count.required++
		}
	}
	return count
}

// parallel calls f for 0 to n-1, on as many threads as there are processors.
func parallel(n int, f func(int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
