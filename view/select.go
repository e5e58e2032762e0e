package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// Selection says which part of the graphs is shown. Its zero value is the whole of
// them. Nodes are named by their key, namespace/name, or by their name alone where
// one namespace has it.
type Selection struct {
	// From shows these nodes and what they wait for, directly or not.
	From []string
	// To shows these nodes and what waits for them, directly or not. Together with
	// From it shows the paths that lead from the one to the other.
	To []string
	// Around shows these nodes, and what is up to Depth edges ahead of them or
	// behind them.
	Around []string
	Depth  int
	// Reduce leaves out the edges that others imply.
	Reduce bool
}

// UnknownNodeError says that no graph has a node of that name.
type UnknownNodeError struct {
	Name string
	// Known are the names that there are.
	Known []string
}

func (e *UnknownNodeError) Error() string { return fmt.Sprintf("unknown node %q", e.Name) }

// AmbiguousNodeError says that several namespaces have a node of that name.
type AmbiguousNodeError struct {
	Name string
	// Keys are those of the nodes.
	Keys []string
}

func (e *AmbiguousNodeError) Error() string {
	return fmt.Sprintf("several nodes have the name %q: %s", e.Name, strings.Join(e.Keys, ", "))
}

// EmptySelectionError says that the nodes named are there, and that nothing is selected.
type EmptySelectionError struct {
	Selection
	// Reversed says that paths lead from To to From instead.
	Reversed bool
}

func (e *EmptySelectionError) Error() string {
	if len(e.Around) == 0 {
		return fmt.Sprintf("no path from %s to %s", either(e.From), either(e.To))
	}
	var words []string
	if len(e.From) > 0 {
		words = append(words, "waited for by "+either(e.From))
	}
	if len(e.To) > 0 {
		words = append(words, "waiting for "+either(e.To))
	}
	return fmt.Sprintf("nothing up to %s away from %s is %s", plural(e.Depth, "edge"), either(e.Around), strings.Join(words, " and "))
}

func either(names []string) string { return printable(strings.Join(names, " or ")) }

// part is what is shown of a graph.
type part struct {
	nodes   map[*dag.Vertex]bool // nil for all
	implied map[link]bool        // edges that are left out
}

// link is an edge of the graph, from the dependent to what it waits for.
type link struct{ from, to *dag.Vertex }

// Select returns what the selection shows of the clusters; those of which it shows nothing
// are left out. It fails with an [UnknownNodeError], an [AmbiguousNodeError], or, where
// nothing of any cluster is left, an [EmptySelectionError].
func Select(clusters []Cluster, s Selection) ([]Cluster, error) {
	if err := s.known(clusters); err != nil {
		return nil, err
	}
	var selected []Cluster
	for _, c := range clusters {
		p := &part{nodes: s.choose(c.Graph)}
		if p.nodes != nil && len(p.nodes) == 0 {
			continue
		}
		if s.Reduce {
			p.implied = reduced(c.Graph, p.nodes, len(s.Around) > 0)
		}
		c.part = p
		selected = append(selected, c)
	}
	if len(selected) == 0 && len(clusters) > 0 {
		return nil, &EmptySelectionError{s, s.reversed(clusters)}
	}
	return selected, nil
}

// reversed reports whether paths lead from To to From.
func (s Selection) reversed(clusters []Cluster) bool {
	return len(s.From) > 0 && len(s.To) > 0 && slices.ContainsFunc(clusters, func(c Cluster) bool {
		return len(Selection{From: s.To, To: s.From}.choose(c.Graph)) > 0
	})
}

// known reports the first name that means no node, or several of one graph.
func (s Selection) known(clusters []Cluster) error {
	for _, name := range slices.Concat(s.From, s.To, s.Around) {
		found := false
		for _, c := range clusters {
			vertices := named(c.Graph, name)
			found = found || len(vertices) > 0
			if keys := keysOf(vertices); len(keys) > 1 {
				return &AmbiguousNodeError{name, keys}
			}
		}
		if !found {
			return &UnknownNodeError{name, knownNames(clusters, strings.Contains(name, "/"))}
		}
	}
	return nil
}

// named returns the vertices of that key or name: more than one of a key only where
// the key is declared twice.
func named(g *dag.Graph, name string) []*dag.Vertex {
	var found []*dag.Vertex
	for v := range g.Vertices() {
		if v.Object().Name == name || v.Key() == name {
			found = append(found, v)
		}
	}
	return found
}

func keysOf(vertices []*dag.Vertex) []string {
	var keys []string
	for _, v := range vertices {
		keys = append(keys, v.Key())
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func knownNames(clusters []Cluster, keys bool) []string {
	var known []string
	for _, c := range clusters {
		for v := range c.Graph.Vertices() {
			if keys {
				known = append(known, v.Key())
			} else {
				known = append(known, v.Object().Name)
			}
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}
