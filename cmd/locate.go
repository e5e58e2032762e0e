package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// locator turns the line of a dag.Declare, which is all that a running program
// knows, into the line and column of the field that a finding is about. It reads
// the Go source where it lies in the repository, and only when there are findings.
type locator struct {
	root  string
	files map[string]*source
}

// source holds a file's calls of Declare and External, by the line on which they
// begin, and its Cluster literals; nil stands for a file that is not there.
type source struct {
	fset     *token.FileSet
	calls    map[int]*ast.CallExpr
	clusters []*ast.CompositeLit
}

func (s *source) position(file string, n ast.Node) dag.Position {
	at := s.fset.Position(n.Pos())
	return dag.Position{File: file, Line: at.Line, Column: at.Column}
}

// locate refines the positions of the findings about a cluster and puts them in
// order again.
func locate(root string, g *dag.Graph, found dag.Diagnostics) {
	l := locator{root, map[string]*source{}}
	for i := range found {
		d := &found[i]
		if d.Position == (dag.Position{File: g.Dir()}) {
			d.Position = l.cluster(g, d.Position, d.Field)
		}
		d.Position = l.field(d.Position, d.Field)
		for j := range d.Related {
			d.Related[j].Position = l.field(d.Related[j].Position, d.Related[j].Field)
		}
	}
	found.Sort()
}

// field returns the position of a field in the declaration at pos; of the
// declaration itself where that does not say the field, and pos where the source
// does not say what was compiled.
func (l *locator) field(pos dag.Position, field string) dag.Position {
	if pos.Column > 0 || pos.Line == 0 || path.Ext(pos.File) != ".go" {
		return pos
	}
	src := l.parse(pos.File)
	if src == nil {
		return pos
	}
	call, ok := src.calls[pos.Line]
	if !ok {
		return pos
	}
	if len(call.Args) == 0 {
		return src.position(pos.File, call)
	}
	return src.position(pos.File, fieldNode(call, call.Args[0], field))
}

// cluster returns the position of the cluster's own literal in a file of its folder,
// of its Defaults where the finding is about a field, or pos where there is none.
func (l *locator) cluster(g *dag.Graph, pos dag.Position, field string) dag.Position {
	files, err := fs.Glob(os.DirFS(l.root), path.Join(g.Dir(), "*.go"))
	if err != nil {
		return pos
	}
	for _, file := range files {
		src := l.parse(file)
		if src == nil || strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, literal := range src.clusters {
			if name, ok := member(literal, "Name").(*ast.BasicLit); !ok || name.Value != strconv.Quote(g.Name()) {
				continue
			}
			if defaults := member(literal, "Defaults"); defaults != nil && field != "" {
				return src.position(file, fieldNode(defaults, defaults, field))
			}
			return src.position(file, literal)
		}
	}
	return pos
}

func (l *locator) parse(name string) *source {
	if src, known := l.files[name]; known {
		return src
	}
	l.files[name] = nil
	text, err := os.ReadFile(filepath.Join(l.root, filepath.FromSlash(name)))
	if err != nil {
		return nil
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	src := &source{fset: fset, calls: map[int]*ast.CallExpr{}}
	for n := range ast.Preorder(file) {
		if literal, ok := n.(*ast.CompositeLit); ok && nameOf(literal.Type) == "Cluster" {
			src.clusters = append(src.clusters, literal)
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || !isDeclare(call.Fun) {
			continue
		}
		if line := fset.Position(call.Pos()).Line; src.calls[line] == nil {
			src.calls[line] = call // the first of the line
		}
	}
	l.files[name] = src
	return src
}

func isDeclare(fun ast.Expr) bool {
	name := nameOf(fun)
	return name == "Declare" || name == "External"
}

// nameOf returns the name of an identifier, less that of its package.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
