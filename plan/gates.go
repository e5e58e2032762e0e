package plan

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
	g := c.head.Graph
	if g.Lookup(key) == nil {
		g = c.base.Graph
	}
	gates := &Gates{Nodes: []string{}}
	for _, v := range g.Descendants(g.Lookup(key)) {
		if v.Key() == key {
			continue // it is in a cycle
		}
		if gates.Count++; gates.Count <= maxGatesNamed {
			gates.Nodes = append(gates.Nodes, v.Key())
		}
	}
	return gates
}
