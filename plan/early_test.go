package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// kustomizationOf is the object of a node.
func kustomizationOf(name string) plan.Object {
	return plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: name}
}

// TestEndsEarly holds that a deleted node is said to be kept by the new spec of what applied it only
// where that has a new spec: one that cannot be built any more has none for that.
func TestEndsEarly(t *testing.T) {
	side := func(child, breaks bool, change func(*dag.Node)) plan.Side {
		nodes := map[string]dag.Node{"flux-system": {}, "parent": {}}
		by := map[string][]string{"parent": {"flux-system"}}
		if child {
			nodes["child"], by["child"] = dag.Node{}, []string{"parent"}
		}
		parent := nodes["parent"]
		change(&parent)
		nodes["parent"] = parent
		s := applied(nodes, by)
		s.Objects["flux-system/flux-system"] = []plan.Object{kustomizationOf("parent")}
		s.Objects["flux-system/child"] = []plan.Object{{Kind: "ConfigMap", Namespace: "a", Name: "a"}}
		if child {
			s.Objects["flux-system/parent"] = []plan.Object{kustomizationOf("child")}
		}
		s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
		if breaks {
			s.Unread = dag.Diagnostics{{Node: "flux-system/parent", Code: "FD322"}}
			s.Build = func(v *dag.Vertex) plan.Build {
				return plan.Build{Objects: s.Objects[v.Key()], Partial: v.Key() == "flux-system/parent"}
			}
		}
		return s
	}
	same := func(*dag.Node) {}
	for name, c := range map[string]struct {
		breaks bool
		change func(*dag.Node)
		early  bool
	}{
		"broken, with the spec that it had": {true, same, false},
		"broken, with force":                {true, func(n *dag.Node) { n.Extra.Force = true }, false},
		"broken, with another spec":         {true, func(n *dag.Node) { n.Extra.NamePrefix = "a-" }, true},
		"keeps from now on":                 {false, func(n *dag.Node) { n.Prune = new(false) }, true},
		"suspended":                         {false, func(n *dag.Node) { n.Extra.Suspend = true }, true},
	} {
		said := ""
		for _, change := range compare(t, side(true, false, same), side(false, c.breaks, c.change)).Changes {
			if change.Node == "flux-system/child" {
				said += change.Effect
			}
		}
		if said == "" || strings.Contains(said, "before its new spec") != c.early {
			t.Errorf("%s: %q", name, said)
		}
	}
}
