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

// holes returns the findings about what could not be read of a cluster, of which those of
// Check are given, and about what of the repository may belong to it.
func holes(loaded *repo.Repository, checked dag.Diagnostics) dag.Diagnostics {
	found := slices.Concat(checked, loaded.Findings)
	found = slices.DeleteFunc(found, func(d dag.Diagnostic) bool { return !isHole(d) })
	found.Sort()
	return found
}

// standing are the rules about what Flux cannot build or apply, or never calls ready, though
// all of it can be read; warned are those of them that need be no errors. Refused are the
// rules about what the API server does not admit: what applies such a Kustomization applies
// nothing.
var (
	standing = []string{"FD328", "FD331", "FD332", "FD333", "FD341", "FD342", "FD343"}
	warned   = []string{"FD328", "FD333"}
	refused  = []string{"FD201", "FD221", "FD222", "FD224", "FD339"}
)

// stops returns, of the findings of a cluster, those for which a node comes to a stop, by the
// node.
func stops(c *repo.Cluster, checked dag.Diagnostics) map[string]dag.Diagnostics {
	all := map[string]dag.Diagnostics{}
	for _, d := range checked {
		stop := d.Severity == dag.Error || d.Severity == dag.Warning && slices.Contains(warned, d.Code)
		switch appliers := c.AppliedBy[d.Node]; {
		case !stop || d.Node == "":
		case slices.Contains(standing, d.Code), slices.Contains(refused, d.Code) && len(appliers) == 0:
			all[d.Node] = append(all[d.Node], d)
		case slices.Contains(refused, d.Code):
			for _, name := range appliers {
				all[name] = append(all[name], d)
			}
		}
	}
	return all
}
