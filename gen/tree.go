package gen

import (
	"fmt"

	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// check moves the positions of a document's tree to where its text stands in the
// file, reports what kustomize refuses though it parses, and reports whether the
// tree is safe to walk.
func (p *parser) check(c chunk, root *yaml.Node) bool {
	place := c.placer()
	t := walker{parser: p}
	t.walk(root.Content[0], 1, place)
	switch {
	case t.deep != nil:
		p.report(limit, t.deep.Line, t.deep.Column, fmt.Sprintf("nests deeper than %d levels", maxDepth), "no Kubernetes object is that deep")
	case t.template != nil:
		p.templateAt(t.template.Line, t.template.Column)
	default:
		return p.checkAliases(root.Content[0], &t)
	}
	return false
}

// walker is what the walk through a document finds.
type walker struct {
	parser         *parser
	nodes          int
	aliases        int
	deep, template *yaml.Node
}

func (t *walker) walk(n *yaml.Node, depth int, place func(*yaml.Node)) {
	place(n)
	t.nodes++
	if n.Kind == yaml.AliasNode {
		t.aliases++
	}
	if depth > maxDepth && t.deep == nil {
		t.deep = n
	}
	for _, child := range n.Content {
		t.walk(child, depth+1, place)
	}
	if n.Kind == yaml.MappingNode {
		t.keys(n)
	}
}

// keys looks at the keys of a mapping. That a flow mapping is a key happens in
// templates only: {{ name }}.
func (t *walker) keys(n *yaml.Node) {
	var seen map[string]*yaml.Node
	if len(n.Content) > 16 {
		seen = make(map[string]*yaml.Node, len(n.Content)/2)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind == yaml.MappingNode && key.Style&yaml.FlowStyle != 0 && t.template == nil {
			t.template = n
		}
		if key.Kind != yaml.ScalarNode {
			continue
		}
		first := seen[key.Value]
		for j := 0; seen == nil && j < i; j += 2 {
			if other := n.Content[j]; other.Kind == yaml.ScalarNode && other.Value == key.Value {
				first = other
				break
			}
		}
		if first != nil {
			t.duplicate(first, key)
		} else if seen != nil {
			seen[key.Value] = key
		}
	}
}

func (t *walker) duplicate(first, second *yaml.Node) {
	p := t.parser
	p.report(duplicate, second.Line, second.Column, fmt.Sprintf("the key %q stands here again: kustomize fails the build", second.Value), "delete one of the two",
		dag.Related{Position: dag.Position{File: p.file, Line: first.Line, Column: first.Column}, Message: "the first one"})
}

// checkAliases refuses an alias that contains itself, and those that expand a
// document beyond maxExpanded.
func (p *parser) checkAliases(n *yaml.Node, t *walker) bool {
	if t.aliases == 0 {
		return true
	}
	sizes := map[*yaml.Node]int{}
	size, loop := expandedSize(n, sizes)
	switch {
	case loop != nil:
		p.report(syntax, loop.Line, loop.Column, fmt.Sprintf("the alias *%s stands inside of what it stands for", loop.Value), "write the value out")
	case size > t.nodes+maxExpanded:
		p.report(limit, n.Line, n.Column, fmt.Sprintf("its aliases expand it by more than %d nodes", maxExpanded), "write it without aliases of aliases")
	default:
		return true
	}
	return false
}

// expandedSize counts the nodes of a tree with every alias expanded, as far as that
// matters, and returns an alias that contains itself. A node that is being counted
// has the size -1.
func expandedSize(n *yaml.Node, sizes map[*yaml.Node]int) (size int, loop *yaml.Node) {
	if size, known := sizes[n]; known {
		return size, nil
	}
	sizes[n] = -1
	size = 1
	children := n.Content
	if n.Kind == yaml.AliasNode {
		size, children = 0, []*yaml.Node{n.Alias}
	}
	for _, child := range children {
		s, loop := expandedSize(child, sizes)
		if s < 0 {
			loop = n
		}
		if loop != nil {
			return 0, loop
		}
		size = min(size+s, maxFile) // far beyond the limit, and no overflow
	}
	sizes[n] = size
	return size, nil
}
