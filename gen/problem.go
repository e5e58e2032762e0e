package gen

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/agext/levenshtein"
	"github.com/tazlab/fluxdag/dag"
)

// Problem is something about an object that a declaration cannot hold.
type Problem struct {
	// Code and Severity are those of FD221 or FD222; Severity is Information where
	// the API server takes what a declaration has no place for.
	Code     string
	Severity dag.Severity
	// Field is the path of the field, for [Document.Position].
	Field         string
	Message, Hint string
}

// Diagnose places the problems of [NodeOf] at the fields of the document that they
// are about. node is the namespace/name of the object.
func (d Document) Diagnose(node string, problems []Problem) dag.Diagnostics {
	found := make(dag.Diagnostics, len(problems))
	for i, p := range problems {
		found[i] = dag.Diagnostic{Code: p.Code, Severity: p.Severity, Position: d.Position(p.Field), Node: node, Field: p.Field, Message: p.Message, Hint: p.Hint}
	}
	return found
}

// typeName says in words what a decoded value is.
func typeName(v any) string {
	switch v.(type) {
	case map[string]any:
		return "a mapping"
	case []any:
		return "a list"
	case string:
		return "a text"
	case bool:
		return "a boolean"
	case nil:
		return "null"
	}
	return "a number"
}

// wrongType reports a value of the wrong type, and returns false.
func (d *decoding) wrongType(want string, got any) bool {
	hint := "write " + want
	if kind := typeName(got); want == "a text" && (kind == "a number" || kind == "a boolean") {
		hint = "quote it"
	}
	d.problem(fieldType, fmt.Sprintf("%s is %s and must be %s: the API server refuses the object", d.path, typeName(got), want), hint)
	return false
}

func (d *decoding) problem(rule dag.Rule, message, hint string) {
	d.problems = append(d.problems, Problem{rule.Code, rule.Severity, d.path.String(), message, hint})
}

// inform is a problem that is no defect.
func (d *decoding) inform(message, hint string) {
	d.problem(unknownField, message, hint)
	d.problems[len(d.problems)-1].Severity = dag.Information
}

// unknown reports a field that there is not, and what it may have been meant to be.
func (d *decoding) unknown(key string, names []string) {
	hint, most := "delete it", len(key)/3+1
	for _, name := range names {
		if n := levenshtein.Distance(strings.ToLower(key), strings.ToLower(name), nil); n < most {
			hint, most = "did you mean "+name+"?", n
		}
	}
	d.problem(unknownField, fmt.Sprintf("there is no field %s: server-side apply, which Flux uses, refuses the object; kubectl apply drops the field", d.path), hint)
}

// structFields are the fields of a struct by their JSON names.
type structFields struct {
	names []string
	index map[string][]int
}

var fieldCache sync.Map // of reflect.Type to structFields

func fieldsOf(typ reflect.Type) structFields {
	if known, ok := fieldCache.Load(typ); ok {
		return known.(structFields)
	}
	fields := structFields{index: map[string][]int{}}
	for _, f := range reflect.VisibleFields(typ) {
		if name := jsonName(f); name != "" && name != "-" {
			fields.names = append(fields.names, name)
			fields.index[name] = f.Index
		}
	}
	fieldCache.Store(typ, fields)
	return fields
}
