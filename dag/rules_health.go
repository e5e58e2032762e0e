package dag

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

var healthRules = []Rule{{
	Code: "FD207", Name: "ignored-health-checks", Severity: Warning,
	Summary: "healthChecks stand beside wait: true.",
	Flux:    "With wait: true the controller checks everything that the node applies, and ignores healthChecks: an object named there that the node does not apply is never waited for.",
	Fix:     "Keep one of the two; dag.WaitAll and dag.HealthChecks cannot be combined.",
	Source:  "kustomize-controller/api: KustomizationSpec.Wait",
	Check:   perVertex(checkIgnoredHealthChecks),
	OfValue: true,
}, {
	Code: "FD208", Name: "health-check-namespace", Severity: Error, Milder: []Severity{Information},
	Summary: "A health check on a namespaced object names no namespace.",
	Flux:    "Flux does not default it: the health check fails with \"is namespace scoped, but namespace is not set\". A kind that fluxdag does not know is reported as information.",
	Fix:     "Set the health check's namespace.",
	Source:  "kustomize-controller: checkHealth; cli-utils' object status poller",
	Check:   perVertex(checkHealthNamespaces),
	OfValue: true,
}, {
	Code: "FD209", Name: "health-check-version", Severity: Error, Milder: []Severity{Warning, Information},
	Summary: "A health check names an API group that has no such kind, or a version that does not exist.",
	Flux:    "Flux takes the group from apiVersion and asks the API server for the version: a wrong group or kind fails with \"no matches for kind\" until the timeout, a wrong version only misleads the reader (information). A kind that fluxdag does not know in a group of Kubernetes or Flux may be a newer one (warning). An empty apiVersion means apps/v1.",
	Fix:     "Set APIVersion to the group and version that the cluster serves.",
	Source:  "kustomize-controller: inventory.ReferenceToObjMetadataSet; Kubernetes: deprecated API migration guide",
	Check:   perVertex(checkHealthVersions),
	OfValue: true,
}, {
	Code: "FD210", Name: "repeated-health-check", Severity: Warning,
	Summary: "The same object is checked twice.",
	Flux:    "The controller polls it twice.",
	Fix:     "Delete one of the entries.",
	Source:  "kustomize-controller: checkHealth",
	Check:   perVertex(checkRepeatedHealthChecks),
	OfValue: true,
}, {
	Code: "FD211", Name: "unused-health-expressions", Severity: Warning,
	Summary: "healthCheckExprs stand without wait or healthChecks.",
	Flux:    "The expressions are evaluated only when one of the two is set, so these never are. They are compiled all the same: one that does not compile, or a second one for a kind (FD223), still stalls the node.",
	Fix:     "Set wait: true or healthChecks beside them, or delete them; in Go give them to dag.WaitAll, or to the Exprs of dag.HealthChecks.",
	Source:  "kustomize-controller/api: KustomizationSpec.HealthCheckExprs",
	Check:   perVertex(checkUnusedExprs),
	OfValue: true,
}, {
	Code: "FD212", Name: "applied-dependency", Severity: Information,
	Summary: "A node that seems to bring CRDs, controllers or webhooks is only applied, and others depend on it.",
	Flux:    "\"Ready\" then means applied: a dependent may start before the controller or webhook is up, and fail with \"no matches for kind\" or a refused webhook call until a retry succeeds.",
	Fix:     "Set Ready to dag.WaitAll(), or to dag.HealthChecks on what the dependents need.",
	Source:  "flux2 issues 562, 1482 and 1806; judged by the words of the node's name and path",
	Check:   checkAppliedDependency,
}, {
	Code: "FD223", Name: "repeated-expressions", Severity: Error,
	Summary: "Two healthCheckExprs are about the same kind.",
	Flux:    "The controller stalls the node before it applies anything, with or without wait: \"duplicate custom health check for GroupKind\". Two versions of one kind are the same kind.",
	Fix:     "Join the two, with && in their expressions.",
	Source:  "fluxcd/pkg/runtime/cel: NewStatusReader",
	Check:   perVertex(checkRepeatedExprs),
	OfValue: true,
}}

func checkIgnoredHealthChecks(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	if !spec.Wait || len(spec.HealthChecks) == 0 {
		return nil
	}
	return []Diagnostic{v.Report("spec.healthChecks", "keep either wait: true or healthChecks",
		"wait: true makes Flux ignore healthChecks, here those on %s", strings.Join(healthCheckNames(spec.HealthChecks), ", "))}
}

// effectiveChecks returns the health checks that Flux does not ignore (FD207).
func (v *Vertex) effectiveChecks() []HealthCheck {
	if v.object.Spec.Wait {
		return nil
	}
	return v.object.Spec.HealthChecks
}

func healthCheckNames(checks []HealthCheck) []string {
	names := make([]string, len(checks))
	for i, c := range checks {
		names[i] = healthCheckName(c)
	}
	return names
}

func healthCheckName(c HealthCheck) string {
	return c.Kind + " " + strings.TrimPrefix(c.Namespace+"/"+c.Name, "/")
}

func checkHealthNamespaces(v *Vertex) []Diagnostic {
	var found []Diagnostic
	for i, c := range v.effectiveChecks() {
		if c.Namespace != "" || c.Kind == "" {
			continue
		}
		field, hint := itemField("healthChecks", i, "namespace"), "set the health check's namespace"
		switch kind, known := lookUpKind(c); {
		case known && kind.namespaced:
			found = append(found, v.Report(field, hint,
				"the health check on %s %s names no namespace: Flux fails with \"is namespace scoped, but namespace is not set\"", c.Kind, c.Name))
		case !known:
			d := v.Report(field, hint+" if the kind is namespaced",
				"the health check on %s %s names no namespace: if the kind is namespaced, Flux fails with \"is namespace scoped, but namespace is not set\"", c.Kind, c.Name)
			d.Severity = Information
			found = append(found, d)
		}
	}
	return found
}

func checkRepeatedHealthChecks(v *Vertex) []Diagnostic {
	var found []Diagnostic
	seen := map[HealthCheck]bool{}
	for i, c := range v.effectiveChecks() {
		same := c // what Flux looks at
		same.APIVersion = groupOf(c)
		if seen[same] {
			found = append(found, v.Report(itemField("healthChecks", i, ""), "delete the entry",
				"healthChecks[%d] names %s again: Flux polls it twice", i, healthCheckName(c)))
		}
		seen[same] = true
	}
	return found
}

func checkUnusedExprs(v *Vertex) []Diagnostic {
	spec := &v.object.Spec
	if len(spec.HealthCheckExprs) == 0 || spec.Wait || len(spec.HealthChecks) > 0 {
		return nil
	}
	return []Diagnostic{v.Report("spec.healthCheckExprs", v.hint("set Ready to dag.WaitAll(exprs...), or to dag.HealthChecks(...).Exprs(exprs...)", "set wait: true or healthChecks, or delete them"),
		"healthCheckExprs are evaluated only with wait or healthChecks: Flux never evaluates these")}
}

func checkRepeatedExprs(v *Vertex) []Diagnostic {
	var found []Diagnostic
	seen := map[schema.GroupKind]int{}
	for i, e := range v.object.Spec.HealthCheckExprs {
		kind := schema.FromAPIVersionAndKind(e.APIVersion, e.Kind).GroupKind()
		if first, repeated := seen[kind]; repeated {
			found = append(found, v.Report(itemField("healthCheckExprs", i, ""), "join the two",
				"healthCheckExprs[%d] and [%d] are both about %s: Flux stalls the node with \"duplicate custom health check for GroupKind\"", first, i, kind))
		} else {
			seen[kind] = i
		}
	}
	return found
}

func checkAppliedDependency(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, v := range g.vertices {
		spec := &v.object.Spec
		if spec.Wait || len(spec.HealthChecks) > 0 || len(g.rdeps[v.id]) == 0 {
			continue
		}
		if word := controllerWord(v.object.Name + "/" + spec.Path); word != "" {
			found = append(found, v.Report("spec.wait", v.hint("set Ready to dag.WaitAll()", "set wait: true"),
				"by the word %q it brings what its dependents need at run time, but it is only applied: %s may start before it is up",
				word, g.dependentNames(v)))
		}
	}
	return found
}
