package gen

import (
	"encoding/json"
	"reflect"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// Why a readiness goes through Extra.
const (
	noteWaitAndChecks = "Flux ignores healthChecks beside wait: true (FD207). Keep one: Ready: dag.WaitAll() or dag.HealthChecks(...)."
	noteIdleExprs     = "Flux evaluates healthCheckExprs only beside wait or healthChecks (FD211)."
)

// readyExpr writes the readiness of a spec, and false where dag has none for it:
// where Flux ignores a part of what the spec says.
func readyExpr(l *literals, spec *kustomizev1.KustomizationSpec) (expr, bool) {
	switch wait, checks := spec.Wait, len(spec.HealthChecks) > 0; {
	case wait && checks, !wait && !checks && len(spec.HealthCheckExprs) > 0:
		return expr{}, false
	case wait:
		return l.callItems(dagExpr("WaitAll"), spec.HealthCheckExprs, "spec.healthCheckExprs"), true
	case checks:
		e := l.callItems(dagExpr("HealthChecks"), spec.HealthChecks, "spec.healthChecks")
		if len(spec.HealthCheckExprs) > 0 {
			e.code, e.width = e.code.Dot("Exprs"), e.width+len(".Exprs")
			e = l.callItems(e, spec.HealthCheckExprs, "spec.healthCheckExprs")
		}
		return e, true
	}
	return callExpr(dagExpr("Applied")), true
}

// callItems is a call with the elements of a slice.
func (l *literals) callItems(function expr, slice any, path string) expr {
	return listExpr(function, "(", ")", l.items(reflect.ValueOf(slice), path, false))
}

// readyKey is equal for equal readiness.
func readyKey(spec *kustomizev1.KustomizationSpec) string {
	only := kustomizev1.KustomizationSpec{Wait: spec.Wait, HealthChecks: spec.HealthChecks, HealthCheckExprs: spec.HealthCheckExprs}
	text, err := json.Marshal(only)
	if err != nil {
		return ""
	}
	return string(text)
}

// appliedKey is the key of dag.Applied.
var appliedKey = readyKey(&kustomizev1.KustomizationSpec{})
