package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestUncompared holds that nothing is called unchanged of which nothing is known: what is built from
// another source is not compared, and what is copied from this repository changes with it.
func TestUncompared(t *testing.T) {
	const from = "ExternalArtifact flux-system/web"
	side := func(fetches string, copied bool) plan.Side {
		web := dag.Declare(dag.Node{Name: "web", Path: "./", Prune: new(true), Source: dag.Source{Kind: "ExternalArtifact", Name: "web"}})
		s := plan.Side{Name: "c", Root: "clusters/c", Objects: map[string][]plan.Object{"flux-system/web": {}}, AppliedBy: map[string][]string{},
			Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{web}, Boundaries: []dag.Boundary{{Kind: "source", Node: "flux-system/web", What: from}}})}
		s.Build = func(*dag.Vertex) plan.Build { return plan.Build{Beyond: []string{from}} }
		s.Fetches, s.Copies = map[string]string{from: fetches}, map[string]bool{from: copied}
		return s
	}
	for name, c := range map[string]struct {
		base, head plan.Side
		summary    string
		note       bool
		kind       plan.Kind
	}{
		"of another source":   {side("x", false), side("x", false), "nothing that was compared changes, 1 not compared", true, ""},
		"copied, the same":    {side("files 1", true), side("files 1", true), "nothing changes, 1 unchanged", false, ""},
		"copied, other":       {side("files 1", true), side("files 2", true), "1 changed", false, plan.Unknown},
		"copied from then on": {side("x", false), side("files 1", true), "1 changed", true, plan.Unknown},
	} {
		out := compare(t, c.base, c.head)
		noted := strings.Contains(strings.Join(out.Notes, " "), "not compared")
		var kind plan.Kind
		if len(out.Changes) > 0 {
			kind = out.Changes[0].Kind
		}
		if out.Summary() != c.summary || noted != c.note || kind != c.kind {
			t.Errorf("%s: %q, noted %t, %q: %+v", name, out.Summary(), noted, kind, out)
		}
	}
}
