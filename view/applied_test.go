package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/view"
)

// TestAppliedByOne has a cluster of which one node applies nearly all, without dependencies:
// the text says so once, and the picture sets apart what applies others.
func TestAppliedByOne(t *testing.T) {
	const sync, apps = "flux-system/flux-system", "flux-system/apps"
	c := view.Cluster{Name: "c", SyncRoot: sync, AppliedBy: map[string]string{sync: sync, apps: sync}}
	nodes := []dag.Ref{dag.Declare(dag.Node{Name: "flux-system"}), dag.Declare(dag.Node{Name: "apps"})}
	for i := range 30 {
		name := fmt.Sprintf("n%02d", i)
		nodes = append(nodes, dag.Declare(dag.Node{Name: name}))
		c.AppliedBy["flux-system/"+name] = apps
	}
	c.Graph = dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes})
	for _, f := range view.Formats() {
		switch f.Name {
		case "text":
			golden.Check(t, "view/applied.txt", written(t, f, c))
			for _, part := range [][]string{{"n00", "n01", "n02"}, {"n00", "apps"}} {
				some, err := view.Select([]view.Cluster{c}, view.Selection{From: part})
				if err != nil {
					t.Fatal(err)
				}
				if out := strings.Join(strings.Fields(written(t, f, some...)), " "); strings.Count(out, "applied by apps") != 1 || !strings.Contains(out, "applied by apps where nothing else is said") {
					t.Errorf("of %v the text does not say once what applies them:\n%s", part, out)
				}
			}
		case "svg":
			out := written(t, f, c)
			for _, frame := range []string{"Apply the others: 2 Kustomizations", "On their own: 30 Kustomizations"} {
				if !strings.Contains(out, frame) {
					t.Errorf("the picture has no frame %q", frame)
				}
			}
		}
	}
}
