package schema

import (
	"errors"
	"fmt"

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
		found = append(found, j.inside(e, wrong.Line, wrong.Column, "mend the expression", "Flux cannot compile %s%s: %s", wrong.Message))
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
			hint := "correct the name of the field"
			if w.near != "" {
				hint = "did you mean " + w.near + "?"
			}
			found = append(found, j.inside(e, w.line, w.column, hint, "%s%s names %s, which no %s has: has() of it is false, and anything else fails", w.path, kind))
		}
	}
	return found
}

// rootsOf returns the kind of object that an expression is about, and the shapes of
// its variables.
func (j judged) rootsOf(e expression) (kind string, r roots) {
	if !e.health {
		return j.kind, func(variable string) ([]shape, bool) {
			if variable == selfName || variable == depName {
				return []shape{j.shape()}, true
			}
			return nil, true
		}
	}
	objects := j.shapesOf(e.apiVersion, e.kind)
	return e.kind, func(variable string) (status []shape, ok bool) {
		if variable != "status" || len(objects) == 0 {
			return nil, true
		}
		for _, o := range objects {
			if s, has := o.field(variable); has && s == nil {
				return nil, true
			} else if has {
				status = append(status, s)
			}
		}
		return status, len(status) > 0
	}
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
