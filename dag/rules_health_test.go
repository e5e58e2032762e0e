package dag

import (
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
)

// check is a health check on the object x in the namespace apps, for rules that
// look at its kind alone.
func check(apiVersion, kind string) HealthCheck {
	return HealthCheck{APIVersion: apiVersion, Kind: kind, Namespace: "apps", Name: "x"}
}

// expr is a complete health expression.
var expr = HealthCheckExpr{APIVersion: "example.com/v1", Kind: "Widget",
	HealthCheckExpressions: kustomize.HealthCheckExpressions{Current: "status.ready"}}

// checked is a spec with health checks, as a file may have it: beside wait, where
// the declaration's Readiness cannot.
func checked(wait bool, checks ...HealthCheck) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{Wait: wait, HealthChecks: checks}
}

var healthCases = ruleCases{
	"FD207": {
		fires: func() []Cluster {
			return one(node(1, Node{Name: "web", Extra: checked(true,
				check("apps/v1", "Deployment"), HealthCheck{APIVersion: "v1", Kind: "Namespace", Name: "apps"})}))
		},
		quiet: func() []Cluster {
			c := unleveled(
				node(1, Node{Name: "wait"}),
				node(2, Node{Name: "checks", Extra: checked(false, check("apps/v1", "Deployment"))}),
				// Its own readiness replaces the cluster's whole.
				node(3, Node{Name: "replaced", Ready: HealthChecks(check("apps/v1", "Deployment"))}),
			)
			c.Defaults.Ready = WaitAll()
			return []Cluster{c}
		},
	},
	"FD208": {fires: unscopedChecks, quiet: scopedChecks},
	"FD209": {fires: wrongVersions, quiet: rightVersions},
	"FD210": {
		fires: func() []Cluster {
			c, ns := check("apps/v1", "Deployment"), HealthCheck{APIVersion: "v1", Kind: "Namespace", Name: "apps"}
			return one(
				node(1, Node{Name: "web", Ready: HealthChecks(c, ns, c, ns)}),
				node(2, Node{Name: "api", Ready: HealthChecks(c, c, c)}),
				// Flux looks only at the group, which is apps where nothing is said.
				node(3, Node{Name: "group", Ready: HealthChecks(check("apps/v1", "DaemonSet"), check("", "DaemonSet"), check("apps/v1beta2", "DaemonSet"))}),
			)
		},
		quiet: func() []Cluster {
			other, named := check("apps/v1", "Deployment"), check("apps/v1", "Deployment")
			other.Namespace, named.Name = "other", "y"
			ignored := checked(true, other, other) // FD207
			return one(node(1, Node{Name: "web", Ready: HealthChecks(
				check("apps/v1", "Deployment"), check("apps/v1", "StatefulSet"), check("example.com/v1", "Deployment"), other, named)}),
				node(2, Node{Name: "ignored", Extra: ignored}))
		},
	},
	"FD211": {
		fires: func() []Cluster {
			return one(node(1, Node{Name: "web", Extra: kustomizev1.KustomizationSpec{HealthCheckExprs: []HealthCheckExpr{expr}}}))
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "wait", Ready: WaitAll(expr)}),
				node(2, Node{Name: "checks", Ready: HealthChecks(check("example.com/v1", "Widget")).Exprs(expr)}),
				node(3, Node{Name: "applied", Ready: Applied()}),
			)
		},
	},
	"FD212": {fires: appliedControllers, quiet: otherControllers},
	"FD223": {
		fires: func() []Cluster {
			newer := expr
			newer.APIVersion = "example.com/v2"
			return one(
				node(1, Node{Name: "wait", Ready: WaitAll(expr, expr)}),
				node(2, Node{Name: "versions", Ready: HealthChecks(check("example.com/v1", "Widget")).Exprs(newer, expr, expr)}),
				node(3, Node{Name: "unused", Extra: kustomizev1.KustomizationSpec{HealthCheckExprs: []HealthCheckExpr{expr, expr}}}), // FD211 too
			)
		},
		quiet: func() []Cluster {
			kind, group := expr, expr
			kind.Kind, group.APIVersion = "Gadget", "other.com/v1"
			return one(node(1, Node{Name: "kinds", Ready: WaitAll(expr, kind, group)}), node(2, Node{Name: "other", Ready: WaitAll(expr)}))
		},
	},
}

// unscopedChecks name no namespace: of a kind that has one, in the core group and
// in others, by an empty apiVersion, and of kinds that are not known.
func unscopedChecks() []Cluster {
	return one(
		node(1, Node{Name: "web", Ready: HealthChecks(HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "web"})}),
		node(2, Node{Name: "api", Ready: HealthChecks(HealthCheck{Kind: "StatefulSet", Name: "api"})}),
		node(3, Node{Name: "conf", Ready: HealthChecks(HealthCheck{APIVersion: "v1", Kind: "ConfigMap", Name: "conf"})}),
		node(4, Node{Name: "custom", Ready: HealthChecks(HealthCheck{APIVersion: "example.com/v1", Kind: "Widget", Name: "w"})}),
		// Another group's Deployment may well have no namespace.
		node(5, Node{Name: "other", Ready: HealthChecks(HealthCheck{APIVersion: "example.com/v1", Kind: "Deployment", Name: "d"})}),
	)
}

// scopedChecks name a namespace, or an object that has none, or are ignored.
func scopedChecks() []Cluster {
	return one(
		node(1, Node{Name: "web", Ready: HealthChecks(check("apps/v1", "Deployment"))}),
		node(2, Node{Name: "custom", Ready: HealthChecks(check("example.com/v1", "Widget"))}),
		node(3, Node{Name: "cluster", Ready: HealthChecks(
			HealthCheck{APIVersion: "v1", Kind: "Namespace", Name: "apps"},
			HealthCheck{APIVersion: "v1", Kind: "PersistentVolume", Name: "disk"},
			HealthCheck{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "ClusterRole", Name: "reader"},
			HealthCheck{APIVersion: "apiextensions.k8s.io/v1", Kind: "CustomResourceDefinition", Name: "widgets.example.com"},
		)}),
		node(4, Node{Name: "ignored", Extra: checked(true, HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "web"})}), // FD207
		node(5, Node{Name: "kindless", Ready: HealthChecks(HealthCheck{APIVersion: "v1", Name: "x"})}),                            // FD201
	)
}

// wrongVersions are an apiVersion that is none, an absent one for a kind that is
// not of apps/v1, and one that was served once.
func wrongVersions() []Cluster {
	return one(
		node(1, Node{Name: "slashes", Ready: HealthChecks(check("apps/v1/x", "Deployment"))}),
		node(2, Node{Name: "group", Ready: HealthChecks(check("Apps/v1", "Deployment"))}),
		node(3, Node{Name: "version", Ready: HealthChecks(check("apps", "Deployment"))}),
		node(4, Node{Name: "turned", Ready: HealthChecks(check("v1/apps", "Deployment"))}),
		node(5, Node{Name: "empty", Ready: HealthChecks(check("", "Job"))}),
		node(6, Node{Name: "gone", Ready: HealthChecks(check("policy/v1beta1", "PodDisruptionBudget"))}),
		node(7, Node{Name: "elsewhere", Ready: HealthChecks(check("batch/v1", "Deployment"))}),
		node(8, Node{Name: "crd", Ready: HealthChecks(HealthCheck{APIVersion: "apiextensions.k8s.io/v1beta1", Kind: "CustomResourceDefinition", Name: "x"})}),
		node(9, Node{Name: "custom", Ready: HealthChecks(check("example.com/one", "Widget"))}),
		node(10, Node{Name: "core", Ready: HealthChecks(check("v1", "Deployment"))}),
		node(11, Node{Name: "typo", Ready: HealthChecks(check("apps/v1", "Deploymnt"))}),
		node(12, Node{Name: "case", Ready: HealthChecks(check("helm.toolkit.fluxcd.io/v2", "Helmrelease"))}),
		node(13, Node{Name: "other", Ready: HealthChecks(check("networking.k8s.io/v1", "Deployment"))}),
		node(14, Node{Name: "newer", Ready: HealthChecks(check("batch/v1", "Workflow"))}),
	)
}

// rightVersions are served, or are of kinds that nothing is known of.
func rightVersions() []Cluster {
	return one(
		node(1, Node{Name: "empty", Ready: HealthChecks(check("", "Deployment"), check("", "DaemonSet"))}),
		node(2, Node{Name: "core", Ready: HealthChecks(check("v1", "Service"))}),
		node(3, Node{Name: "both", Ready: HealthChecks(check("autoscaling/v1", "HorizontalPodAutoscaler"))}),
		node(4, Node{Name: "newer", Ready: HealthChecks(check("autoscaling/v2", "HorizontalPodAutoscaler"))}),
		node(5, Node{Name: "custom", Ready: HealthChecks(check("example.com/v1alpha1", "PodDisruptionBudget"))}),
		node(6, Node{Name: "flux", Ready: HealthChecks(check("helm.toolkit.fluxcd.io/v2", "HelmRelease"))}),
		node(7, Node{Name: "ignored", Extra: checked(true, check("apps/v1/x", "Deployment"))}), // FD207
		node(8, Node{Name: "kindless", Ready: HealthChecks(check("v1/apps", ""))}),             // FD201
		node(9, Node{Name: "theirs", Ready: HealthChecks(check("example.com/v1", "Deployment"))}),
	)
}

// appliedControllers tell of themselves in the name and in the path.
func appliedControllers() []Cluster {
	named := node(1, Node{Name: "operators-core"})
	pathed := node(2, Node{Name: "platform", Path: "./infrastructure/crds"})
	a := node(3, Node{Name: "a", DependsOn: []Ref{named, pathed}})
	return one(named, pathed, a, node(4, Node{Name: "b", DependsOn: []Ref{pathed}}))
}

// otherControllers are waited for, are nobody's dependency, or only seem to tell
// of themselves.
func otherControllers() []Cluster {
	waits := node(1, Node{Name: "operators", Ready: WaitAll()})
	checks := node(2, Node{Name: "crds", Ready: HealthChecks(check("apps/v1", "Deployment"))})
	part := node(3, Node{Name: "operatorhub", Path: "./controllers2"})
	return one(waits, checks, part,
		node(4, Node{Name: "webhooks"}),
		node(5, Node{Name: "apps", DependsOn: []Ref{waits, checks, part, External("outside-controllers")}}),
	)
}
