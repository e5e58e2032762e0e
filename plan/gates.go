package plan

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
)

// Gates is what waits for a node, directly or not.
type Gates struct {
	Count int `json:"count"`
	// Nodes are the first of them.
	Nodes []string `json:"nodes"`
}

const (
	maxGated      = 200 // changes whose dependents are counted, so that a plan stays linear
	maxGatesNamed = 20
)

// gate counts what waits for the most dangerous changes.
func (c *comparison) gate() {
	if c.gone {
		return // nothing waits for anything
	}
	known := map[string]*Gates{}
	for i := range c.out.Changes {
		change := &c.out.Changes[i]
		key := change.Node
		if !c.head.has(key) && !c.base.has(key) {
			key = change.From
		}
		if known[key] == nil && len(known) == maxGated {
			return
		}
		if known[key] == nil {
			known[key] = c.gates(key)
		}
		change.Gates = known[key]
	}
}

func (c *comparison) gates(key string) *Gates {
	waiting := c.waiting(key)
	gates := &Gates{Nodes: []string{}}
	for _, v := range waiting {
		if v.Key() == key {
			continue // it is in a cycle
		}
		if gates.Count++; gates.Count <= maxGatesNamed {
			gates.Nodes = append(gates.Nodes, v.Key())
		}
	}
	return gates
}

// waiting are the nodes that wait for one, directly or not. For one that is gone that is
// what waited for it, but for what does no longer.
func (c *comparison) waiting(key string) []*dag.Vertex {
	if v := c.head.Graph.Lookup(key); v != nil {
		return c.head.Graph.Descendants(v)
	}
	still := map[string]bool{key: true}
	return slices.DeleteFunc(c.base.Graph.Descendants(c.base.Graph.Lookup(key)), func(v *dag.Vertex) bool {
		if now := c.head.Graph.Lookup(v.Key()); now != nil {
			v = now
		}
		still[v.Key()] = slices.ContainsFunc(dependencies(v), func(dep string) bool { return still[dep] })
		return !still[v.Key()]
	})
}
