package schema

import (
	"cmp"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// wrongField is a field that an expression names and the object cannot have.
type wrongField struct {
	path         string // up to the field, as the expression writes it
	near         string // a field that may have been meant
	line, column int    // in the expression, from 1
}

// wrongFields returns the fields in an expression that are in none of an object's
// shapes.
func wrongFields(expr string, parsed *ast.AST, roots roots) []wrongField {
	w := &fieldWalk{expr: expr, info: parsed.SourceInfo(), roots: roots}
	w.walk(parsed.Expr(), nil)
	slices.SortFunc(w.found, func(a, b wrongField) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), cmp.Compare(a.path, b.path))
	})
	return slices.Compact(w.found)
}

// roots returns the shapes that a variable of an expression can have, none where
// nothing is known of it, and false where there is no such variable.
type roots func(variable string) (shapes []shape, ok bool)

type fieldWalk struct {
	expr  string
	info  *ast.SourceInfo
	roots roots
	found []wrongField
}

// value is what an expression stands for, as far as it is a path from a variable on.
type value struct {
	path   string
	shapes []shape // none where nothing is known
}

// walk returns what e stands for. bound are the variables of macros around it, which
// hide those of the object.
func (w *fieldWalk) walk(e ast.Expr, bound []string) value {
	switch e.Kind() {
	case ast.IdentKind:
		if name := e.AsIdent(); !slices.Contains(bound, name) {
			shapes, ok := w.roots(name)
			if !ok {
				w.report(e, name, name, nil)
			}
			return value{name, shapes}
		}
	case ast.SelectKind:
		return w.step(e, w.walk(e.AsSelect().Operand(), bound), e.AsSelect().FieldName())
	case ast.CallKind:
		return w.call(e, bound)
	case ast.ListKind:
		w.each(e.AsList().Elements(), bound)
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			w.each([]ast.Expr{entry.AsMapEntry().Key(), entry.AsMapEntry().Value()}, bound)
		}
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		w.each([]ast.Expr{c.IterRange(), c.AccuInit()}, bound)
		inner := append(slices.Clone(bound), c.IterVar(), c.IterVar2(), c.AccuVar())
		w.each([]ast.Expr{c.LoopCondition(), c.LoopStep()}, inner)
		w.walk(c.Result(), append(slices.Clone(bound), c.AccuVar()))
	}
	return value{}
}

func (w *fieldWalk) each(all []ast.Expr, bound []string) {
	for _, e := range all {
		w.walk(e, bound)
	}
}

// call follows an index as it does a field: a.b["c"] and a.?b are a.b.c and a.b.
func (w *fieldWalk) call(e ast.Expr, bound []string) value {
	call := e.AsCall()
	if call.IsMemberFunction() {
		w.walk(call.Target(), bound)
	}
	args := call.Args()
	switch call.FunctionName() {
	case operators.Index, operators.OptIndex, operators.OptSelect:
		if len(args) != 2 {
			break
		}
		of := w.walk(args[0], bound)
		w.walk(args[1], bound)
		if name, ok := literal(args[1]); ok {
			return w.step(e, of, name)
		}
		return of.item()
	default:
		w.each(args, bound)
	}
	return value{}
}

func literal(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

// step goes on to a field, and reports one that no shape has.
func (w *fieldWalk) step(e ast.Expr, of value, name string) value {
	if len(of.shapes) == 0 {
		return value{}
	}
	next := value{path: of.path + "." + name}
	has := false
	for _, s := range of.shapes {
		child, ok := s.field(name)
		if ok && child == nil {
			return value{} // nothing is known from here on
		}
		if has = has || ok; ok {
			next.shapes = append(next.shapes, child)
		}
	}
	if !has {
		w.report(e, next.path, name, of.shapes)
	}
	return next
}

func (w *fieldWalk) report(e ast.Expr, path, name string, of []shape) {
	line, column := w.place(e, name)
	w.found = append(w.found, wrongField{path, nearest(name, of), line, column})
}

// item returns what an index leads to that is not known.
func (v value) item() value {
	next := value{path: v.path + "[…]"}
	for _, s := range v.shapes {
		child := s.item()
		if child == nil {
			return value{}
		}
		next.shapes = append(next.shapes, child)
	}
	return next
}
