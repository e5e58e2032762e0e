package schema

import (
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
)

// scope holds the variables of macros around an expression, which hide those of the
// object. Nil holds none.
type scope struct {
	name  string
	value value
	outer *scope
}

func (s *scope) bind(name string, v value) *scope { return &scope{name, v, s} }

func (s *scope) lookup(name string) (value, bool) {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return s.value, true
		}
	}
	return value{}, false
}

// unusedVariable is that of a comprehension which goes through nothing: optMap() makes
// one to give its variable a value.
const unusedVariable = "#unused"

// comprehension is what a macro stands for.
func (w *fieldWalk) comprehension(c ast.ComprehensionExpr, in *scope) value {
	over := w.walk(c.IterRange(), in)
	first := w.walk(c.AccuInit(), in)
	if c.IterVar() != unusedVariable {
		first = value{} // the result, as far as it has come
	}
	result := in.bind(c.AccuVar(), first)
	loop := result.bind(c.IterVar(), over.element())
	if c.HasIterVar2() {
		loop = result.bind(c.IterVar(), value{}).bind(c.IterVar2(), over.item())
	}
	w.each([]ast.Expr{c.LoopCondition(), c.LoopStep()}, loop)
	w.walk(c.Result(), result)
	if filters(c) {
		return over
	}
	return value{}
}

// filters reports whether the result has some of the items that the macro goes through,
// as they are: a step of filter() is "condition ? result + [item] : result".
func filters(c ast.ComprehensionExpr) bool {
	choice, ok := called(c.LoopStep(), operators.Conditional, 3)
	if !ok || !isVariable(choice[2], c.AccuVar()) || !isVariable(c.Result(), c.AccuVar()) {
		return false
	}
	sum, ok := called(choice[1], operators.Add, 2)
	if !ok || !isVariable(sum[0], c.AccuVar()) || sum[1].Kind() != ast.ListKind || sum[1].AsList().Size() != 1 {
		return false
	}
	return isVariable(sum[1].AsList().Elements()[0], c.IterVar())
}

func called(e ast.Expr, function string, arguments int) ([]ast.Expr, bool) {
	if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != function || len(e.AsCall().Args()) != arguments {
		return nil, false
	}
	return e.AsCall().Args(), true
}

func isVariable(e ast.Expr, name string) bool {
	return e.Kind() == ast.IdentKind && e.AsIdent() == name
}
