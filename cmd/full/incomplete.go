package full

import (
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/repo"
)

// incomplete are the rules whose findings leave holes in a graph: YAML that cannot be
// parsed, paths that cannot be built or read, variables that cannot be substituted.
var incomplete = []string{"FD305", "FD306", "FD320", "FD321", "FD322", "FD329", "FD337"}

// isHole reports whether something could not be read for a finding.
func isHole(d dag.Diagnostic) bool {
	return d.Severity == dag.Error && slices.Contains(incomplete, d.Code)
}

// holes returns the findings about what could not be read of a cluster, and about what
// of the repository may belong to it.
func holes(loaded *repo.Repository, c *repo.Cluster) dag.Diagnostics {
	found := slices.Concat(c.Check(), loaded.Findings)
	found = slices.DeleteFunc(found, func(d dag.Diagnostic) bool { return !isHole(d) })
	found.Sort()
	return found
}
