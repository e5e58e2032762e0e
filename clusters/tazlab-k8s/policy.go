package tazlabk8s

import "github.com/tazlab/fluxdag/dag"

// lastWaitingLevel is the last level whose nodes may hold up the engine.
const lastWaitingLevel = 1

// The policy attaches itself: dag.go is what an import of the generated files
// would write, and those hold no policy.
func init() { Cluster.Policies = []dag.Rule{waitsOnlyAtTheBottom} }

// waitsOnlyAtTheBottom is the owner's synchronisation policy.
var waitsOnlyAtTheBottom = dag.Rule{
	Code: "FD401", Name: "waits-only-at-the-bottom", Severity: dag.Error,
	Summary: "A node above level 1 waits for the health of what it applies.",
	Flux:    "A health check that does not pass holds one of the controller's four workers until the timeout: an application that waits for its database would block the GitOps engine.",
	Fix:     "Set Ready to dag.Applied(), and let an init container (wait-for-db) see to the readiness of the application.",
	Source:  "TazLab's synchronisation policy: only the levels Foundation and Physical Bridge wait",
	Check: func(g *dag.Graph) []dag.Diagnostic {
		var found []dag.Diagnostic
		for v := range g.Vertices() {
			spec := v.Object().Spec
			level, name := v.DeclaredLevel()
			if level > lastWaitingLevel && (spec.Wait || len(spec.HealthChecks) > 0) {
				found = append(found, v.Report("spec.wait", "set Ready to dag.Applied(), and wait in an init container",
					"waits for health in level %d (%s): only levels 0 to %d may, so that no application blocks the GitOps engine",
					level, name, lastWaitingLevel))
			}
		}
		return found
	},
}
