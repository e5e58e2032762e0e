package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

// TestRing draws one cycle of 50,000 nodes: as deep a graph as there is, and one
// that a naive walk never leaves.
func TestRing(t *testing.T) {
	const n = 50_000
	refs := make([]dag.Ref, n)
	for i := range refs {
		refs[i] = dag.Declare(dag.Node{Name: fmt.Sprintf("n%d", i), DependsOn: []dag.Ref{dag.External(fmt.Sprintf("n%d", (i+1)%n))}})
	}
	ring := view.Cluster{Name: "ring", Graph: dag.Resolve(dag.Cluster{Name: "ring", Nodes: refs})}
	if got := strings.Count(toText(t, ring), "(cycle)"); got != n {
		t.Errorf("the text marks %d edges as part of the cycle", got)
	}
	for _, f := range view.Formats() {
		if !strings.Contains(strings.ToLower(written(t, f, ring)), "cycle") {
			t.Errorf("%s: no cycle is marked", f.Name)
		}
	}
	if got := strings.Count(string(toJSON(t, ring)), `"cycle": true`); got != n {
		t.Errorf("the JSON marks %d edges as part of the cycle", got)
	}
}
