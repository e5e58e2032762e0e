package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestGoesOverToNowhere holds what is said of a FluxInstance that begins in a folder which is not there:
// another node that applies it goes on, and so does what mends it.
func TestGoesOverToNowhere(t *testing.T) {
	side := func(path, by string) plan.Side {
		c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}}}
		c.Nodes = append(c.Nodes, dag.Declare(dag.Node{Name: "flux-system", Path: path}), dag.Declare(dag.Node{Name: "flux", Path: "./flux"}))
		const root = "flux-system/flux-system"
		s := plan.Side{Name: "c", Root: path, SyncRoot: root, Graph: dag.Resolve(c), AppliedBy: map[string][]string{"flux-system/flux": {root}}}
		s.Objects = map[string][]plan.Object{root: {kustomizationOf("flux")}, "flux-system/flux": {}}
		s.Objects[by] = append(s.Objects[by], plan.Object{Group: "fluxcd.controlplane.io", Kind: "FluxInstance", Namespace: "flux-system", Name: "flux", Syncs: path})
		s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
		return s
	}
	for by, want := range map[string]string{
		"flux-system/flux":        "flux-system/flux, which applies FluxInstance flux-system/flux, goes on by itself",
		"flux-system/flux-system": "no commit reaches the cluster any more",
	} {
		base, head := side("./a", by), side("./b", by)
		head.Unread = dag.Diagnostics{{Node: "flux-system/flux-system", Code: "FD320"}}
		out, said := compare(t, base, head), ""
		for _, change := range out.Changes {
			if change.Kind == plan.Path {
				said += change.Effect
			}
		}
		if !strings.Contains(said, want) {
			t.Errorf("%s: %q", by, said)
		}
		if notes := strings.Join(out.Notes, "\n"); strings.Contains(notes, "from then on it builds") || !strings.Contains(notes, "from then on it fails") {
			t.Errorf("%s: %s", by, notes)
		}
	}
}
