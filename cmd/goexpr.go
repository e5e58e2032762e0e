package cmd

import (
	"cmp"
	"go/ast"
	"regexp"
	"strconv"
	"strings"
)

// goFields names the field of dag.Node that says a field of the object.
var goFields = map[string]string{
	"metadata.name": "Name", "metadata.namespace": "Namespace",
	"metadata.labels": "Labels", "metadata.annotations": "Annotations",
	"spec.path": "Path", "spec.dependsOn": "DependsOn",
	"spec.wait": "Ready", "spec.healthChecks": "Ready", "spec.healthCheckExprs": "Ready",
	"spec.interval": "Interval", "spec.retryInterval": "RetryInterval", "spec.timeout": "Timeout",
	"spec.prune": "Prune", "spec.sourceRef": "Source", "spec.targetNamespace": "TargetNamespace",
	"spec.postBuild.substitute": "Substitute", "spec.postBuild.substituteFrom": "SubstituteFrom",
}

// fieldPath takes a field apart: the longest path that goFields may name or the Go
// name of a field that only the declaration has, and the index of an element or the
// key of an entry.
var fieldPath = regexp.MustCompile(`^((?:metadata|spec)\.(?:postBuild\.)?[A-Za-z]+|[A-Z][A-Za-z]*)(?:\[([^]]*)\])?`)

// fieldNode returns the expression in a literal of Node or Defaults that says a field,
// or the element of it, and whole where the literal is silent.
func fieldNode(whole ast.Node, literal ast.Expr, field string) ast.Node {
	parts := fieldPath.FindStringSubmatch(field)
	if parts == nil {
		return whole
	}
	value := member(literal, cmp.Or(goFields[parts[1]], parts[1]))
	if value == nil && strings.HasPrefix(field, "spec.") {
		value = member(literal, "Extra")
	}
	if value == nil {
		return whole
	}
	if at := entry(value, parts[2]); at != nil {
		return at
	}
	return value
}

// entry returns the element of that index, or the entry of that key, in a list or map
// or in the call that makes one, such as dag.HealthChecks and dag.Allow.
func entry(value ast.Expr, key string) ast.Node {
	var elements []ast.Expr
	switch v := value.(type) {
	case *ast.CompositeLit:
		elements = v.Elts
	case *ast.CallExpr:
		elements = v.Args
	}
	if i, err := strconv.Atoi(key); err == nil && i < len(elements) {
		return elements[i]
	}
	for _, e := range elements {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Key
		}
		if text, ok := e.(*ast.BasicLit); ok && text.Value == strconv.Quote(key) {
			return e
		}
	}
	return nil
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
