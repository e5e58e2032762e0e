package repo

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"go.yaml.in/yaml/v3"
)

// risky reports whether a text may be too much for a reader without limits, as
// kustomize is: by its size, its depth, or what its aliases expand to.
func risky(data []byte) bool {
	const large, deep = 1 << 20, 500
	return len(data) > large || hasAlias(data) || bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > deep ||
		bytes.Contains(data, bytes.Repeat([]byte(" "), deep)) || bytes.Count(data, []byte(":")) > maxMembers
}

// hasAlias reports whether a text has what may be an alias. A few of them make a bomb,
// and one that contains itself makes kustomize overflow its stack, from which no program
// recovers.
func hasAlias(data []byte) bool {
	const around = " \t\n\v\f\r"
	for i := range data {
		if data[i] != '*' || i+1 == len(data) || strings.IndexByte(around+"*", data[i+1]) >= 0 {
			continue
		}
		if i == 0 || strings.IndexByte(around+",[{", data[i-1]) >= 0 {
			return true
		}
	}
	return false
}

// widest returns the mapping with the most members below a node. Aliases are not
// followed: what they stand for is in the tree as well.
func widest(n *yaml.Node) *yaml.Node {
	best := n
	for _, child := range n.Content {
		if w := widest(child); w.Kind == yaml.MappingNode && (best.Kind != yaml.MappingNode || len(w.Content) > len(best.Content)) {
			best = w
		}
	}
	return best
}

// bound rejects a file that must not reach kustomize.
func (ix *index) bound(rel string, data []byte) {
	if !risky(data) {
		return
	}
	ix.examine(rel)
	for _, d := range ix.documents(rel) {
		if w := widest(d.Node); len(w.Content)/2 > maxMembers {
			ix.reject(rel, dag.Diagnostic{Code: "FD308", Severity: dag.Error, Position: dag.Position{File: rel, Line: w.Line, Column: w.Column},
				Message: fmt.Sprintf("a mapping has %d members; those of more than %d are not built", len(w.Content)/2, maxMembers)})
		}
	}
}

// inlineDefect says why a text inside a kustomization.yaml, such as a patch, must not
// reach kustomize, or nothing.
func inlineDefect(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && risky([]byte(n.Value)) {
		_, found := gen.Parse("", []byte(n.Value))
		for _, d := range found {
			if d.Severity == dag.Error {
				return d.Message
			}
		}
	}
	for _, child := range n.Content {
		if problem := inlineDefect(child); problem != "" {
			return problem
		}
	}
	return ""
}
