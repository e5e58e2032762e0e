package dag

import (
	"cmp"
	"strings"
	"sync"
)

// registry remembers what was declared, for Unlisted alone: it decides nothing
// about what is generated.
var registry struct {
	sync.Mutex
	closed bool
	nodes  []*declared
}

func register(d *declared) {
	registry.Lock()
	defer registry.Unlock()
	if !registry.closed {
		registry.nodes = append(registry.nodes, d)
	}
}

// Unlisted reports every node that was declared so far and that none of the
// clusters lists (FD110): no file would be generated for it, and its old one
// would be removed. A node that some listed node depends on is left to
// [Graph.Check], which names the dependent.
//
// It ends the recording of declarations, so that programs which make graphs
// all day do not hold on to them; calling it again reports the same nodes.
func Unlisted(clusters ...Cluster) Diagnostics {
	registry.Lock()
	registry.closed = true
	nodes := registry.nodes
	registry.Unlock()

	namespace := commonNamespace(clusters)
	known := map[*declared]bool{}
	for _, c := range clusters {
		c.eachRef(func(ref Ref) {
			known[ref.node] = true
			if ref.node != nil {
				for _, dep := range ref.node.node.DependsOn {
					known[dep.node] = true
				}
			}
		})
	}
	var found Diagnostics
	for _, d := range nodes {
		if !known[d] {
			found = append(found, Diagnostic{
				Code: unlistedNode.Code, Severity: unlistedNode.Severity, Position: d.pos, Node: strings.TrimPrefix(cmp.Or(d.node.Namespace, namespace)+"/"+d.node.Name, "/"),
				Message: "declared, but listed in no cluster: no file would be generated for it",
				Hint:    "list it in a cluster that is given to cmd.Main, or delete the declaration",
			})
		}
	}
	found.Sort()
	return found
}

// commonNamespace returns the namespace that a node has by default in whatever
// cluster would list it, or nothing where that depends on the cluster.
func commonNamespace(clusters []Cluster) string {
	var common string
	for _, c := range clusters {
		if own := c.Defaults.namespace(); common != "" && common != own {
			return ""
		} else {
			common = own
		}
	}
	return common
}

// eachRef calls f for every Ref that the cluster lists.
func (c Cluster) eachRef(f func(Ref)) {
	for _, level := range c.Levels {
		for _, ref := range level.Nodes {
			f(ref)
		}
	}
	for _, ref := range c.Nodes {
		f(ref)
	}
}
