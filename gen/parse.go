package gen

import (
	"bytes"

	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// What Parse takes. A file beyond them is a finding (FD308), not an error of the
// program.
const (
	// maxFile is the size of a file. kube-apiserver takes requests of 3 MiB and etcd
	// of 1.5 MiB, so this is a stream of many objects: the largest public bundle of
	// CRDs has 6 MiB.
	maxFile = 10 << 20
	// maxMarks is the number of characters in a file at which a YAML node can begin,
	// one for every ten bytes of the largest file, where manifests have one for every
	// twenty. It bounds the memory.
	maxMarks = 1 << 20
	// maxDepth is how deep a document nests: CRD schemas, the deepest that are, end
	// at sixty.
	maxDepth = 1000
	// maxExpanded is the number of nodes that a document may have with its aliases
	// expanded, beyond those that stand in it.
	maxExpanded = 100_000
	// maxFindings is how many findings of a file are told.
	maxFindings = 100
)

// Parse splits a YAML stream into its documents. What cannot be parsed is a finding
// with its position (FD305 to FD308), and the other documents are still returned: a
// line that begins with "---" or "..." ends a document, however broken it is.
// Documents without a mapping are no objects, and are passed over.
//
// It reads UTF-8, and UTF-16 that begins with a byte order mark, as Kubernetes
// does. Positions count lines as editors do and columns in characters. One file
// never needs more than some 500 MiB, whatever is in it, of which a node of a tree
// takes about 200 bytes.
func Parse(file string, data []byte) ([]Document, dag.Diagnostics) {
	p := parser{file: file}
	text, ok := p.decode(data)
	if !ok {
		return nil, p.found
	}
	for chunk := range chunks(text) {
		p.document(chunk)
	}
	p.found.Sort()
	return p.documents, p.found
}

// parser collects what a stream holds.
type parser struct {
	file      string
	documents []Document
	found     dag.Diagnostics
	index     int
	conflict  bool // reported already
	template  bool
}

func (p *parser) report(rule dag.Rule, line, column int, message, hint string, related ...dag.Related) {
	switch {
	case len(p.found) > maxFindings:
		return
	case len(p.found) == maxFindings:
		rule, message, hint = limit, "the file has more findings, which are not told", "mend these first"
	}
	p.found = append(p.found, dag.Diagnostic{Code: rule.Code, Severity: rule.Severity,
		Position: dag.Position{File: p.file, Line: line, Column: column}, Message: message, Hint: hint, Related: related})
}

// document parses one document.
func (p *parser) document(c chunk) {
	if p.conflicted(c) {
		p.index++
		return
	}
	root, err := parseTree(c.text)
	if err != nil {
		p.index++
		p.syntaxError(c, err)
		return
	}
	if root == nil || len(root.Content) == 0 || root.Content[0].ShortTag() == "!!null" {
		return
	}
	p.index++
	if !p.check(c, root) {
		return
	}
	if n := resolveAlias(root.Content[0]); n.Kind == yaml.MappingNode {
		p.documents = append(p.documents, Document{File: p.file, Index: p.index - 1, Node: n, text: c.text, first: c.line, root: root})
	}
}

// parseTree parses the text of one document. The tree is nil where there is none.
func parseTree(text []byte) (root *yaml.Node, err error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil
	}
	defer func() {
		if r := recover(); r != nil { // the library's own errors come back as such
			root, err = nil, errPanic
		}
	}()
	root = &yaml.Node{}
	if err := yaml.Unmarshal(text, root); err != nil {
		return nil, err
	}
	if root.Kind != yaml.DocumentNode {
		return nil, nil
	}
	return root, nil
}
