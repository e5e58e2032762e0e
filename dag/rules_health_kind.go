package dag

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func checkHealthVersions(v *Vertex) []Diagnostic {
	var found []Diagnostic
	for i, c := range v.effectiveChecks() {
		hint, problem, severity := versionProblem(c)
		if c.Kind == "" || problem == "" { // FD201 has the first
			continue
		}
		d := v.Report(itemField("healthChecks", i, "apiVersion"), hint, "the health check on %s has the apiVersion %s, %s", healthCheckName(c), quote(c.APIVersion), problem)
		d.Severity = severity
		found = append(found, d)
	}
	return found
}

// versionProblem says what is wrong with the apiVersion of a health check. Flux
// takes only the group from it, and asks the API server for the version.
func versionProblem(c HealthCheck) (hint, problem string, severity Severity) {
	kind, known := lookUpKind(c)
	gv, err := schema.ParseGroupVersion(c.APIVersion)
	switch {
	case err != nil:
		return "write group/version, such as apps/v1", "which has more than one slash: Flux fails with \"unexpected GroupVersion string\"", Error
	case c.APIVersion == "" && !slices.Contains(appsKinds, c.Kind):
		return "set the health check's APIVersion", "which means apps/v1, and that has no such kind: Flux fails with \"no matches for kind\"", Error
	case c.APIVersion == "":
		return "", "", 0
	case !known && foreignToGroup(gv.Group, c.Kind):
		return "use " + homeOf(c.Kind), "and that group has no such kind: Flux fails with \"no matches for kind\"", Error
	case !known && slices.Contains(knownGroups, gv.Group):
		return unknownKind(gv.Group, c.Kind)
	case known && !slices.Contains(kind.versions, gv.Version):
		return "use " + schema.GroupVersion{Group: kind.group, Version: kind.versions[0]}.String(), "which the API server does not serve: Flux looks only at the group", Information
	case !known && !apiVersionPattern.MatchString(gv.Version):
		return "write group/version, such as apps/v1", "which does not look like a version: Flux looks only at the group", Information
	}
	return "", "", 0
}

// unknownKind judges a kind that a group of Kubernetes or Flux does not have, unless it
// is newer than this program.
func unknownKind(group, kind string) (hint, problem string, severity Severity) {
	problem = "and that group has no such kind: Flux fails with \"no matches for kind\""
	if home := homeOf(kind); home != "" {
		return "use " + home, problem, Error
	}
	for _, known := range kindsOf(group) {
		if levenshtein.Distance(strings.ToLower(known), strings.ToLower(kind), nil) <= 2 {
			return "did you mean " + known + "?", problem, Error
		}
	}
	return "use a kind that the cluster serves", "and no such kind is known in that group: unless it is newer than fluxdag, Flux fails with \"no matches for kind\"", Warning
}
