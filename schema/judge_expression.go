package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/common/ast"
	"github.com/tazlab/fluxdag/dag"
)

// expression is a CEL expression of a Kustomization.
type expression struct {
	field, text string
	health      bool   // of a health check, else of a dependency
	kind        string // that a health check is about
	apiVersion  string
}

// parse does with the expression what the controller does.
func (e expression) parse() (*ast.AST, error) {
	if e.health {
		return parseHealth(e.text)
	}
	return compileReady(e.text)
}

// expressions lists the expressions of a Kustomization, but for those that only the
// cluster knows. One that is empty is none (FD201), nor is what is no text (FD222) or
// what this version of Flux does not know (FD224).
func (j judged) expressions() []expression {
	spec, _ := j.body["spec"].(map[string]any)
	var all []expression
	add := func(e expression, of map[string]any, list, name string) {
		if text, _ := of[name].(string); text != "" && !j.unknown(text) && j.knows(list, name) {
			e.field, e.text = e.field+"."+name, text
			all = append(all, e)
		}
	}
	eachMapping(spec["dependsOn"], func(i int, dependency map[string]any) {
		add(expression{field: fmt.Sprintf("spec.dependsOn[%d]", i)}, dependency, "dependsOn", "readyExpr")
	})
	eachMapping(spec["healthCheckExprs"], func(i int, check map[string]any) {
		e := expression{field: fmt.Sprintf("spec.healthCheckExprs[%d]", i), health: true}
		e.apiVersion, _ = check["apiVersion"].(string)
		e.kind, _ = check["kind"].(string)
		for _, name := range []string{"current", "failed", "inProgress"} {
			add(e, check, "healthCheckExprs", name)
		}
	})
	return all
}

// knows reports whether the entries of a list in the spec have a field.
func (s *Schema) knows(list, name string) bool {
	spec := s.structural.Properties["spec"]
	entries := spec.Properties[list].Items
	if entries == nil {
		return false
	}
	_, ok := entries.Properties[name]
	return ok
}

func eachMapping(list any, visit func(i int, item map[string]any)) {
	items, _ := list.([]any)
	for i, item := range items {
		if m, ok := item.(map[string]any); ok {
			visit(i, m)
		}
	}
}

// syntax are the findings of FD225.
func (j judged) syntax() dag.Diagnostics {
	var found dag.Diagnostics
	for _, e := range j.expressions() {
		_, err := e.parse()
		if err == nil {
			continue
		}
		wrong, ok := errors.AsType[*ExpressionError](err)
		if !ok {
			wrong = &ExpressionError{Message: err.Error()}
		}
		found = append(found, j.inside(e, wrong.Line, wrong.Column, wrong.hint(e.text),
			"Flux cannot compile %s%s: %s; the controller stalls the node until its spec changes", wrong.told(e.text)))
	}
	return found
}

// fields are the findings of FD226.
func (j judged) fields() dag.Diagnostics {
	var found dag.Diagnostics
	for _, e := range j.expressions() {
		parsed, err := e.parse()
		if err != nil {
			continue // FD225
		}
		kind, roots := j.rootsOf(e)
		for _, w := range wrongFields(e.text, parsed, roots) {
			found = append(found, j.inside(e, w.line, w.column, j.hint(e, w), "%s%s names %s, which no %s has: %s", w.path, kind, w.effect()))
		}
	}
	return found
}

// effect is what Flux makes of the field.
func (w wrongField) effect() string {
	switch {
	case w.use == isTested:
		return "has() of it is always false"
	case w.use == isOptional:
		return "it is always empty"
	case w.isVariable():
		return "reading it fails"
	}
	return `reading it fails with "no such key"`
}

// isVariable reports whether the field is one at the top of the object.
func (w wrongField) isVariable() bool { return !strings.ContainsAny(w.path, ".[") }

// hint is the change that mends a wrong field.
func (j judged) hint(e expression, w wrongField) string {
	switch {
	case w.isVariable() && (w.path == selfName || w.path == depName):
		return "self and dep are variables of readyExpr; here the variables are " + j.variables(e)
	case w.near != "":
		return "did you mean " + w.near + "?"
	case w.isVariable():
		return "the variables are the object's fields: " + j.variables(e)
	}
	return "correct the name of the field"
}

// variables lists those of a health check.
func (j judged) variables(e expression) string {
	var names []string
	for _, o := range j.shapesOf(e.apiVersion, e.kind) {
		names = append(names, o.names()...)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// rootsOf returns the kind of object that an expression is about, and the shapes of
// its variables.
func (j judged) rootsOf(e expression) (kind string, r roots) {
	if !e.health {
		return j.kind, func(variable string) ([]shape, bool) {
			switch variable {
			case selfName:
				return []shape{j.shape()}, true
			case depName:
				return []shape{typedShape{j.shape()}}, true
			}
			return nil, true
		}
	}
	objects := j.shapesOf(e.apiVersion, e.kind)
	return e.kind, func(variable string) ([]shape, bool) {
		if len(objects) == 0 || isType(variable) {
			return nil, true
		}
		var fields []shape
		has := false
		for _, o := range objects {
			s, ok := o.field(variable)
			if has = has || ok; ok && s == nil {
				return nil, true
			} else if ok {
				fields = append(fields, s)
			}
		}
		switch {
		case !has:
			return objects, false
		case variable != "status":
			return nil, true
		}
		return fields, true
	}
}

// isType reports whether a name in an expression is that of a type, or begins one.
func isType(name string) bool {
	env, err := healthEnvironment()
	if err != nil || name == "google" {
		return true
	}
	_, ok := env.CELTypeProvider().FindIdent(name)
	return ok
}

// inside returns a finding about a place in an expression. It points there if that is
// known, and says the place in words if not. The format begins with the field and where
// in it.
func (j judged) inside(e expression, line, column int, hint, format string, args ...any) dag.Diagnostic {
	at, known := dag.Position{}, false
	if line > 0 && j.Inside != nil {
		at, known = j.Inside(j.vertex, e.field, line, column)
	}
	var where string
	switch {
	case known || line == 0:
	case line > 1:
		where = fmt.Sprintf(" (line %d, column %d of the expression)", line, column)
	default:
		where = fmt.Sprintf(" (column %d of the expression)", column)
	}
	d := j.vertex.Report(e.field, hint, format, append([]any{e.field, where}, args...)...)
	if known {
		d.Position = at
	}
	return d
}
