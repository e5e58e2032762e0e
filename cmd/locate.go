package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/tazlab/fluxdag/dag"
)

// locator turns the line of a dag.Declare, which is all that a running program
// knows, into the line and column of the field that a finding is about. It reads
// the Go source where it lies in the repository, and only when there are findings.
type locator struct {
	root  string
	files map[string]*source
}

// source holds, by the line on which they begin, a file's calls of Declare and
// External; nil stands for a file that is not there.
type source struct {
	fset  *token.FileSet
	calls map[int]*ast.CallExpr
}

// locate refines the positions of the findings and puts them in order again.
func locate(root string, found dag.Diagnostics) {
	l := locator{root, map[string]*source{}}
	for i := range found {
		d := &found[i]
		d.Position = l.field(d.Position, d.Field)
		for j := range d.Related {
			d.Related[j].Position = l.field(d.Related[j].Position, "")
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
	at := src.fset.Position(fieldNode(call, field).Pos())
	return dag.Position{File: pos.File, Line: at.Line, Column: at.Column}
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
	src := &source{fset, map[int]*ast.CallExpr{}}
	for n := range ast.Preorder(file) {
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
	name, ok := fun.(*ast.Ident)
	if sel, qualified := fun.(*ast.SelectorExpr); qualified {
		name, ok = sel.Sel, true
	}
	return ok && (name.Name == "Declare" || name.Name == "External")
}

// goFields names the field of dag.Node that says a field of the object.
var goFields = map[string]string{
	"metadata.name": "Name", "metadata.namespace": "Namespace",
	"spec.path": "Path", "spec.dependsOn": "DependsOn",
	"spec.wait": "Ready", "spec.healthChecks": "Ready", "spec.healthCheckExprs": "Ready",
	"spec.interval": "Interval", "spec.retryInterval": "RetryInterval", "spec.timeout": "Timeout",
	"spec.prune": "Prune", "spec.sourceRef": "Source", "spec.targetNamespace": "TargetNamespace",
	"spec.postBuild.substitute": "Substitute", "spec.postBuild.substituteFrom": "SubstituteFrom",
}

// fieldPath takes a field apart: the longest path that goFields may name, the index
// of an element, and a member of it.
var fieldPath = regexp.MustCompile(`^((?:metadata|spec)\.(?:postBuild\.)?[A-Za-z]+)(?:\[(\d+)\])?`)

// fieldNode returns the expression that says a field: the element of a list
// where there is one, and the call itself where the literal is silent.
func fieldNode(call *ast.CallExpr, field string) ast.Node {
	parts := fieldPath.FindStringSubmatch(field)
	if parts == nil || len(call.Args) == 0 {
		return call
	}
	value := member(call.Args[0], goFields[parts[1]])
	if value == nil {
		if value = member(call.Args[0], "Extra"); value == nil {
			return call
		}
	}
	index, err := strconv.Atoi(parts[2])
	if err != nil {
		return value
	}
	elements := []ast.Expr{}
	switch v := value.(type) {
	case *ast.CompositeLit:
		elements = v.Elts
	case *ast.CallExpr: // dag.HealthChecks(...)
		elements = v.Args
	}
	if index < len(elements) {
		return elements[index]
	}
	return value
}

// member returns the value of a key of a composite literal, or nil.
func member(literal ast.Expr, name string) ast.Expr {
	lit, ok := literal.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, e := range lit.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}
