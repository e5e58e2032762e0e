package plan_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestUnseen holds that nodes which head does not show, since what applies them cannot be built there,
// are said to go on running, as they prune what has left their folders.
func TestUnseen(t *testing.T) {
	config := func(name string) plan.Object { return plan.Object{Kind: "ConfigMap", Namespace: "a", Name: name} }
	nodes := map[string]dag.Node{"flux-system": {}, "a": {}, "b": {}, "off": {}}
	off := nodes["off"]
	off.Extra.Suspend = true
	nodes["off"] = off
	base := applied(nodes, map[string][]string{"a": {"flux-system"}, "b": {"flux-system"}, "off": {"flux-system"}})
	base.Objects = map[string][]plan.Object{"flux-system/flux-system": {kustomizationOf("a"), kustomizationOf("b"), kustomizationOf("off")}, "flux-system/a": {config("x"), config("y")}}
	base.Shares = func(string) bool { return true }
	head := applied(map[string]dag.Node{"flux-system": {}}, nil)
	head.Unread = dag.Diagnostics{{Node: "flux-system/flux-system", Code: "FD322"}}
	head.Build = func(v *dag.Vertex) plan.Build {
		if v.Key() == "flux-system/flux-system" {
			return plan.Build{Partial: true}
		}
		return plan.Build{Objects: []plan.Object{config("x")}}
	}
	p := plan.Compare([]plan.Side{base}, []plan.Side{head})
	if r := p.Clusters[0].Rollout; r.Reconciles != 0 || r.Unseen != 2 {
		t.Errorf("%d nodes are reconciled, %d unseen", r.Reconciles, r.Unseen)
	}
	var b bytes.Buffer
	if err := plan.Text(&b, p); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{"PRUNE flux-system/a", "It goes on running: what applies it cannot be built", "; 2 more go on running that cannot be seen in it"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "No file holds it") {
		t.Error(text)
	}
}
