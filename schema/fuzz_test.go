package schema

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden"
	"sigs.k8s.io/yaml"
)

// FuzzValidate holds that no object makes Validate panic, that it gives the same answer
// twice, changes nothing, and that every version answers.
func FuzzValidate(f *testing.F) {
	inputs, err := filepath.Glob(golden.Path(f, "rules/*/*.yaml"))
	if err != nil || len(inputs) == 0 {
		f.Fatal(inputs, err)
	}
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, document := range strings.Split(string(data), "\n---\n") {
			f.Add([]byte(document))
		}
	}
	const head = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
	for _, rest := range []string{"metadata: [1]", "metadata: {labels: {a: [b]}}", "spec: []", "spec: {interval: 1e400}", "spec: {dependsOn: [null, 1, {name: 0x1f}]}",
		"spec: {kubeConfig: {secretRef: null}}", "status: x", "spec: {postBuild: {substitute: {1: 2, null: no}}}", "spec: {patches: [{target: ~}]}", "metadata: {finalizers: [1]}",
		"metadata: {generateName: \u00e9, creationTimestamp: x}", "spec: {interval: !!binary AAAA, timeout: 12345678901234567890}"} {
		f.Add([]byte(head + rest))
	}
	var all []*Schema
	for _, v := range Versions() {
		all = append(all, load(f, v.Flux))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var object, same map[string]any
		if yaml.Unmarshal(data, &object) != nil || yaml.Unmarshal(data, &same) != nil {
			return
		}
		for _, s := range all {
			found := s.Validate(object)
			if again := s.Validate(object); !reflect.DeepEqual(found, again) {
				t.Fatalf("%v\nand then\n%v", found, again)
			}
			for _, v := range s.validateAll(object) {
				if v.Cause() == "" || s.told(v) == "" || s.advice(v) == "" {
					t.Fatalf("%#v", v)
				}
			}
		}
		if !reflect.DeepEqual(object, same) {
			t.Fatal("the object is another")
		}
	})
}

// FuzzExpression holds that every expression is judged, and that what is wrong with it
// has a place inside of it.
func FuzzExpression(f *testing.F) {
	for _, expr := range []string{"dep.status.ready ==", "self.metadata.name == 'a' &&\n  has(dep.status.x.y)", "status.conditions.exists(c, c.type == 'Ready')",
		"status.?a[?0].b.c", "{'a': status.b}['a'] in [status['c']]", "x.map(status, status.a)", "a.b{c: d}", "optional.of(1).optMap(dep, dep.a)", "'\\xff'", "é.é", "\r\n.", "((((", "1 + // x"} {
		f.Add(expr)
	}
	s := load(f, Default)
	f.Fuzz(func(t *testing.T, expr string) {
		for _, e := range []expression{{text: expr}, {text: expr, health: true, apiVersion: "apps/v1", kind: "Deployment"}} {
			parsed, err := e.parse()
			if err != nil {
				wrong, ok := errors.AsType[*ExpressionError](err)
				if !ok {
					t.Fatalf("%T: %v", err, err)
				}
				inExpression(t, expr, wrong.Line, wrong.Column, true)
				continue
			}
			_, roots := judged{Schema: s}.rootsOf(e)
			for _, w := range wrongFields(expr, parsed, roots) {
				inExpression(t, expr, w.line, w.column, false)
			}
		}
	})
}

// inExpression fails where a place is not in the expression, or right behind its end.
func inExpression(t *testing.T, expr string, line, column int, orNone bool) {
	t.Helper()
	if orNone && line == 0 && column == 0 {
		return
	}
	lines := strings.Split(expr, "\n")
	if line < 1 || line > len(lines) || column < 1 || column > len([]rune(lines[line-1]))+1 {
		t.Fatalf("%q has no line %d, column %d", expr, line, column)
	}
}
