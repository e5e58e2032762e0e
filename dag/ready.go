package dag

import (
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/apis/meta"
)

// HealthCheck names one object whose health Flux waits for. An empty
// APIVersion means apps/v1; Namespace is not defaulted by Flux.
type HealthCheck = meta.NamespacedObjectKindReference

// HealthCheckExpr is a CEL health expression for a custom resource
// (spec.healthCheckExprs).
type HealthCheckExpr = kustomize.CustomHealthCheck

// Readiness says when a node counts as ready, so that its dependents may
// start. It is one of [Applied], [WaitAll] and [HealthChecks]; spec.wait
// together with spec.healthChecks, where Flux ignores the health checks, has no
// Readiness and so cannot be written down.
type Readiness interface {
	readiness(*kustomizev1.KustomizationSpec)
}

type readyFunc func(*kustomizev1.KustomizationSpec)

func (f readyFunc) readiness(spec *kustomizev1.KustomizationSpec) { f(spec) }

// Applied is readiness without health checks: the node is ready as soon as its
// objects are applied ("wait: false"). It is what a node without any other
// readiness gets.
func Applied() Readiness {
	return readyFunc(func(spec *kustomizev1.KustomizationSpec) { spec.Wait = false })
}

// WaitAll waits for everything that the node applies ("wait: true"). The
// expressions say how to judge custom resources.
func WaitAll(exprs ...HealthCheckExpr) Readiness {
	exprs = slices.Clone(exprs)
	return readyFunc(func(spec *kustomizev1.KustomizationSpec) {
		spec.Wait = true
		spec.HealthCheckExprs = exprs
	})
}

// HealthChecks waits for the named objects only ("healthChecks").
func HealthChecks(checks ...HealthCheck) Checks {
	return Checks{checks: slices.Clone(checks)}
}

// Checks is the [Readiness] that [HealthChecks] returns.
type Checks struct {
	checks []HealthCheck
	exprs  []HealthCheckExpr
}

// Exprs returns the same checks with CEL expressions that say how to judge
// custom resources among them.
func (c Checks) Exprs(exprs ...HealthCheckExpr) Checks {
	c.exprs = slices.Clone(exprs)
	return c
}

func (c Checks) readiness(spec *kustomizev1.KustomizationSpec) {
	spec.HealthChecks = c.checks
	spec.HealthCheckExprs = c.exprs
}
