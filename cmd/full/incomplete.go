package full

import (
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
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
	standing = []string{"FD102", "FD208", "FD209", "FD213", "FD214", "FD223", "FD225", "FD328", "FD331", "FD332", "FD333", "FD336", "FD341", "FD342", "FD343"}
	warned   = []string{"FD328", "FD333"}
	refused  = []string{"FD101", "FD201", "FD202", "FD215", "FD216", "FD217", "FD218", "FD219", "FD221", "FD222", "FD224", "FD339"}
)

// passed are the other rules of severity error, and why they are in none of these lists.
var passed = map[string]string{
	"FD103": "kustomize does not build it, which FD322 says of the node",
	"FD104": "of a declaration, which is then not generated",
	"FD105": "plan looks at it itself: a dependency that is nowhere",
	"FD106": "plan looks at it itself: a node that depends on itself",
	"FD107": "plan looks at it itself: a cycle",
	"FD108": "of a declaration, which is then not generated",
	"FD110": "of a declaration, which is then not generated",
	"FD113": "of a declaration, which is then not generated",
	"FD114": "of a declaration, which is then not generated",
	"FD116": "of a declaration, which is then not generated",
	"FD118": "of a declaration; plan says itself what becomes of the node",
	"FD301": "generated files that are not up to date: Flux sees only what is there",
	"FD302": "generated files that are not up to date: Flux sees only what is there",
	"FD303": "generated files that are not up to date: Flux sees only what is there",
	"FD304": "generated files that are not up to date: Flux sees only what is there",
	"FD308": "a limit of the reader: what Flux builds is built all the same",
	"FD311": "of the files beside generated ones; what Flux does not build, FD322 says of the node",
	"FD330": "plan looks at it itself: a dependency that is nowhere",
	"FD344": "plan looks at it itself: an encrypted Secret that a node does not decrypt",
}

// stops returns, of the findings of a cluster, those for which a node comes to a stop, by the
// node.
func (p *planning) stops(c *repo.Cluster, checked dag.Diagnostics) map[string]dag.Diagnostics {
	lenient := !repo.Strict(p.flux)
	all := map[string]dag.Diagnostics{}
	for _, d := range checked {
		stop := d.Severity == dag.Error || d.Severity == dag.Warning && slices.Contains(warned, d.Code)
		switch appliers := c.AppliedBy[d.Node]; {
		case gen.StopsAll(d): // see halts
		case !stop || d.Node == "" || d.Code == "FD336" && !awaits(c, d.Node), d.Code == "FD328" && lenient:
		case slices.Contains(standing, d.Code), slices.Contains(refused, d.Code) && (!isRefused(d) || len(appliers) == 0):
			all[d.Node] = append(all[d.Node], d)
		case isRefused(d):
			for _, name := range appliers {
				all[name] = append(all[name], d)
			}
		}
	}
	return all
}

// isRefused reports whether the API server does not admit a Kustomization for a finding. What
// the node gives to all that it applies is refused there. One without any spec is admitted.
func isRefused(d dag.Diagnostic) bool {
	given, bare := d.Code == "FD101" && strings.HasPrefix(d.Field, "spec."), d.Code == "FD201" && d.Field == "spec"
	return slices.Contains(refused, d.Code) && !given && !bare
}

// halts returns, of the findings of a cluster, those for which Flux reconciles none of its nodes.
func halts(checked dag.Diagnostics) dag.Diagnostics {
	return slices.DeleteFunc(slices.Clone(checked), func(d dag.Diagnostic) bool { return !gen.StopsAll(d) })
}

// awaits reports whether a node waits for all that it applies.
func awaits(c *repo.Cluster, node string) bool {
	v := c.Graph.Lookup(node)
	return v != nil && v.Object().Spec.Wait
}

// slips returns the findings about what a node names and nothing applies, where something of
// almost the same name is there.
func slips(checked dag.Diagnostics) map[string]dag.Diagnostics {
	all := map[string]dag.Diagnostics{}
	for _, d := range checked {
		if (d.Code == "FD105" || d.Code == "FD340") && strings.HasPrefix(d.Hint, "did you mean ") {
			all[d.Node] = append(all[d.Node], d)
		}
	}
	return all
}
