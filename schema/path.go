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
	use          use
}

// use is what an expression does with a field. A greater one says more of what the
// author means: who tests for a field knows that it may not be there.
type use int

const (
	isOptional use = iota // .?a, and what comes behind it
	isRead
	isTested // has(), or in
)

// wrongFields returns the fields in an expression that are in none of an object's
// shapes, each once, where it is named first.
func wrongFields(expr string, parsed *ast.AST, roots roots) []wrongField {
	w := &fieldWalk{expr: expr, info: parsed.SourceInfo(), roots: roots}
	w.walk(parsed.Expr(), nil)
	slices.SortFunc(w.found, func(a, b wrongField) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), cmp.Compare(a.path, b.path))
	})
	var each []wrongField
	for _, f := range w.found {
		i := slices.IndexFunc(each, func(other wrongField) bool { return other.path == f.path })
		if i < 0 {
			each = append(each, f)
		} else {
			each[i].use = max(each[i].use, f.use)
		}
	}
	return each
}

// roots returns the shapes that a variable of an expression can have, none where
// nothing is known of it. Where there is no such variable it returns false, and the
// shapes of the object whose fields the variables are.
type roots func(variable string) (shapes []shape, ok bool)

type fieldWalk struct {
	expr  string
	info  *ast.SourceInfo
	roots roots
	found []wrongField
}

// value is what an expression stands for, as far as it is a path from a variable on.
type value struct {
	path     string
	shapes   []shape // none where nothing is known
	optional bool
}

// walk returns what e stands for.
func (w *fieldWalk) walk(e ast.Expr, in *scope) value {
	switch e.Kind() {
	case ast.IdentKind:
		return w.variable(e, in)
	case ast.SelectKind:
		how := isRead
		if e.AsSelect().IsTestOnly() {
			how = isTested
		}
		return w.step(e, w.walk(e.AsSelect().Operand(), in), e.AsSelect().FieldName(), how)
	case ast.CallKind:
		return w.call(e, in)
	case ast.ListKind:
		w.each(e.AsList().Elements(), in)
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			w.each([]ast.Expr{entry.AsMapEntry().Key(), entry.AsMapEntry().Value()}, in)
		}
	case ast.ComprehensionKind:
		return w.comprehension(e.AsComprehension(), in)
	}
	return value{}
}

func (w *fieldWalk) each(all []ast.Expr, in *scope) {
	for _, e := range all {
		w.walk(e, in)
	}
}

func (w *fieldWalk) variable(e ast.Expr, in *scope) value {
	name := e.AsIdent()
	if v, bound := in.lookup(name); bound {
		return v
	}
	shapes, ok := w.roots(name)
	if !ok {
		w.report(e, name, name, shapes, isRead)
		return value{}
	}
	return value{path: name, shapes: shapes}
}

// call follows an index as it does a field: a.b["c"] and a.?b are a.b.c and a.b.
func (w *fieldWalk) call(e ast.Expr, in *scope) value {
	call := e.AsCall()
	args := call.Args()
	if call.IsMemberFunction() {
		return w.member(call, in)
	}
	switch name := call.FunctionName(); name {
	case operators.Index, operators.OptIndex, operators.OptSelect:
		if len(args) != 2 {
			break
		}
		of := w.walk(args[0], in)
		w.walk(args[1], in)
		of.optional = of.optional || name != operators.Index
		if key, ok := literal(args[1]); ok {
			return w.step(e, of, key, isRead)
		}
		return of.item()
	case operators.In:
		of := w.walk(args[1], in)
		w.walk(args[0], in)
		if key, ok := literal(args[0]); ok && of.hasFields() {
			w.step(args[0], of, key, isTested)
		}
		return value{}
	}
	w.each(args, in)
	return value{}
}

// member is a call behind a dot. What an optional value holds is the value.
func (w *fieldWalk) member(call ast.CallExpr, in *scope) value {
	if isFunction(call) {
		w.each(call.Args(), in)
		return value{}
	}
	target := w.walk(call.Target(), in)
	w.each(call.Args(), in)
	if !target.optional {
		return value{}
	}
	name, args := call.FunctionName(), call.Args()
	if name == "value" && len(args) == 0 || name == "orValue" && len(args) == 1 && isEmpty(args[0]) {
		target.optional = false
		return target
	}
	return value{}
}

// isFunction reports whether a call behind a dot is one of a function with a dot in its
// name, such as sets.contains: an expression that is not compiled does not tell.
func isFunction(call ast.CallExpr) bool {
	if call.Target().Kind() != ast.IdentKind {
		return false
	}
	env, err := healthEnvironment()
	return err != nil || env.HasFunction(call.Target().AsIdent()+"."+call.FunctionName())
}

func literal(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

// isEmpty reports whether e is [] or {}.
func isEmpty(e ast.Expr) bool {
	return e.Kind() == ast.ListKind && e.AsList().Size() == 0 || e.Kind() == ast.MapKind && e.AsMap().Size() == 0
}

// step goes on to a field, and reports one that no shape has.
func (w *fieldWalk) step(e ast.Expr, of value, name string, how use) value {
	if len(of.shapes) == 0 {
		return value{optional: of.optional}
	}
	next := value{path: of.path + "." + name, optional: of.optional}
	has := false
	for _, s := range of.shapes {
		child, ok := s.field(name)
		if ok && child == nil {
			return value{optional: of.optional} // nothing is known from here on
		}
		if has = has || ok; ok {
			next.shapes = append(next.shapes, child)
		}
	}
	if !has {
		if of.optional && how == isRead {
			how = isOptional
		}
		w.report(e, next.path, name, of.shapes, how)
	}
	return next
}

func (w *fieldWalk) report(e ast.Expr, path, name string, of []shape, how use) {
	line, column := w.place(e, name)
	w.found = append(w.found, wrongField{path, nearest(name, of), line, column, how})
}

// item returns what an index leads to that is not known.
func (v value) item() value { return v.inside(shape.item) }

// element returns what a macro such as exists() goes through: of a list its items, of a
// mapping its keys.
func (v value) element() value { return v.inside(shape.element) }

func (v value) inside(of func(shape) shape) value {
	next := value{path: v.path + "[…]", optional: v.optional}
	for _, s := range v.shapes {
		child := of(s)
		if child == nil {
			return value{optional: v.optional}
		}
		next.shapes = append(next.shapes, child)
	}
	return next
}

// hasFields reports whether it is known which fields the value can have, so that "in"
// asks for one of them.
func (v value) hasFields() bool {
	return !slices.ContainsFunc(v.shapes, func(s shape) bool { return len(s.names()) == 0 })
}
