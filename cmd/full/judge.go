package full

import (
	"reflect"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

// judge adds to two sides of a cluster what the CRD of Flux says of the Kustomizations that
// are not the same on both, or only on one: what the other ones are refused for, they were before.
func (p *planning) judge(c *repo.Cluster, head plan.Side, earlier *repo.Cluster, base plan.Side) {
	differs := map[string]bool{}
	for v := range c.Graph.Vertices() {
		key := v.Key()
		if now := c.Body(key); earlier == nil || !reflect.DeepEqual(now, earlier.Body(key)) {
			differs[key] = true
		}
	}
	if earlier != nil {
		for v := range earlier.Graph.Vertices() { // what was refused never came, so its end deletes nothing of it
			if c.Graph.Lookup(v.Key()) == nil {
				differs[v.Key()] = true
			}
		}
	}
	if len(differs) == 0 {
		return
	}
	add := func(c *repo.Cluster, s plan.Side) {
		for node, found := range p.stops(c, c.Graph.Check(crdRules(p.crd, c, differs)...)) {
			s.Stops[node] = append(s.Stops[node], found...)
		}
	}
	add(c, head)
	if earlier != nil {
		add(earlier, base)
	}
}

// crdRules are the rules of the CRD for some of the nodes of a cluster.
func crdRules(crd *schema.Schema, c *repo.Cluster, nodes map[string]bool) []dag.Rule {
	return crd.Rules(schema.Source{Unknown: repo.IsSymbolic, Body: func(v *dag.Vertex) map[string]any {
		if !nodes[v.Key()] {
			return nil
		}
		return c.Body(v.Key())
	}})
}
