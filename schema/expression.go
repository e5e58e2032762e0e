package schema

import (
	"fmt"
	"sync"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/ext"
)

// ExpressionError says why the controller cannot use a CEL expression.
type ExpressionError struct {
	// Line and Column count from 1 inside of the expression; both are 0 where the whole
	// of it is meant.
	Line, Column int
	// Message is CEL's, or the controller's own.
	Message string
}

// Error returns line:column: message.
func (e *ExpressionError) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
}

// CompileReady compiles an expression of spec.dependsOn[].readyExpr as the controller
// does: it knows self and dep, and must give a bool. An error is an [*ExpressionError].
func CompileReady(expr string) error {
	_, err := compileReady(expr)
	return err
}

// ParseHealth parses an expression of spec.healthCheckExprs as the controller does,
// which checks no types: the fields at the top of the object are its variables. An
// error is an [*ExpressionError].
func ParseHealth(expr string) error {
	_, err := parseHealth(expr)
	return err
}

// environment is that of fluxcd/pkg/runtime/cel, which would link client-go. A test in
// the module e2e holds the two against each other.
func environment(variables ...cel.EnvOption) (*cel.Env, error) {
	return cel.NewEnv(append([]cel.EnvOption{
		cel.HomogeneousAggregateLiterals(),
		cel.EagerlyValidateDeclarations(true),
		cel.DefaultUTCTimeZone(true),
		cel.CrossTypeNumericComparisons(true),
		cel.OptionalTypes(),
		ext.Strings(),
		ext.Sets(),
		ext.Encoders(),
	}, variables...)...)
}

// selfName and depName are the variables of a readyExpr.
const selfName, depName = "self", "dep"

var healthEnvironment = sync.OnceValues(func() (*cel.Env, error) { return environment() })

var readyEnvironment = sync.OnceValues(func() (*cel.Env, error) {
	object := cel.ObjectType("google.protobuf.Struct")
	return environment(cel.Variable(selfName, object), cel.Variable(depName, object))
})

func compileReady(expr string) (*ast.AST, error) {
	env, err := readyEnvironment()
	if err != nil {
		return nil, err
	}
	compiled, issues := env.Compile(expr)
	if issues != nil {
		return nil, firstError(issues)
	}
	if got := compiled.OutputType(); got != cel.BoolType {
		return nil, &ExpressionError{Message: fmt.Sprintf("CEL expression output type mismatch: expected %s, got %s", cel.BoolType, got)}
	}
	return program(env, compiled)
}

func parseHealth(expr string) (*ast.AST, error) {
	env, err := healthEnvironment()
	if err != nil {
		return nil, err
	}
	parsed, issues := env.Parse(expr)
	if issues != nil {
		return nil, firstError(issues)
	}
	return program(env, parsed)
}

// program is what the controller goes on with: constants are evaluated here, and may
// fail.
func program(env *cel.Env, parsed *cel.Ast) (*ast.AST, error) {
	if _, err := env.Program(parsed, cel.EvalOptions(cel.OptOptimize)); err != nil {
		return nil, &ExpressionError{Message: "failed to create CEL program: " + err.Error()}
	}
	return parsed.NativeRep(), nil
}

// firstError returns the first of CEL's errors: later ones often follow from it.
func firstError(issues *cel.Issues) error {
	first := issues.Errors()[0]
	return &ExpressionError{Line: max(first.Location.Line(), 1), Column: max(first.Location.Column()+1, 1), Message: first.Message}
}
