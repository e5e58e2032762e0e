package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestRepatched holds when other patches of a FluxInstance are told.
func TestRepatched(t *testing.T) {
	instance := func(patched string) plan.Object {
		return plan.Object{Group: "fluxcd.controlplane.io", Kind: "FluxInstance", Namespace: "flux-system", Name: "flux", Syncs: "clusters/c", Patched: patched, Digest: patched}
	}
	values := func(name, patched string) plan.Object {
		return plan.Object{Kind: "ConfigMap", Namespace: "flux-system", Name: name, Syncs: "clusters/c", Patched: patched}
	}
	suspended := dag.Node{}
	suspended.Extra.Suspend = true
	for name, test := range map[string]struct {
		was, is []plan.Object
		node    dag.Node
		want    bool
	}{
		"another patch":        {[]plan.Object{instance("1")}, []plan.Object{instance("2")}, dag.Node{}, true},
		"a new one":            {[]plan.Object{instance("")}, []plan.Object{instance("2")}, dag.Node{}, true},
		"the same":             {[]plan.Object{instance("1")}, []plan.Object{instance("1")}, dag.Node{}, false},
		"a new instance":       {[]plan.Object{}, []plan.Object{instance("2")}, dag.Node{}, false},
		"of values by a hash":  {[]plan.Object{values("values-7d5b9c8f6k", "1")}, []plan.Object{values("values-2m4t8h9g5c", "2")}, dag.Node{}, true},
		"by what is suspended": {[]plan.Object{instance("1")}, []plan.Object{instance("2")}, suspended, false},
	} {
		side := func(objects []plan.Object) plan.Side {
			s := applied(map[string]dag.Node{"flux": test.node}, nil)
			s.Objects[key("flux")] = objects
			return s
		}
		told := false
		for _, change := range compare(t, side(test.was), side(test.is)).Changes {
			told = told || change.Kind == plan.Unknown && strings.Contains(change.Effect, "Another value of kustomize.patches")
		}
		if told != test.want {
			t.Errorf("%s: %t", name, told)
		}
	}
}
