package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestUnreadOnce holds that why something could not be read is told once, and where it is
// stays.
func TestUnreadOnce(t *testing.T) {
	const why = "accumulating resources: no such file"
	unread := func(side, message string) plan.Unread {
		return plan.Unread{Side: side, Diagnostic: dag.Diagnostic{Code: "FD322", Position: dag.Position{File: side + ".yaml", Line: 8, Column: 2}, Message: message}}
	}
	stuck := plan.Change{Kind: plan.Stuck, Node: "x/a", Effect: "Flux cannot build it any more: " + why + "."}
	for _, c := range []struct {
		name, side, message string
		changes             []plan.Change
		want                string
	}{
		{"of what is stuck", "head", "Flux cannot build ./a: " + why, []plan.Change{stuck}, "not read (head): head.yaml:8:2: this stops x/a, see below (FD322)"},
		{"with nothing stuck", "head", "Flux cannot build ./a: " + why, nil, why + " (FD322)"},
		{"of the base", "base", why, []plan.Change{stuck}, "base.yaml:8:2: " + why},
		{"another reason", "head", "something else", []plan.Change{stuck}, "head.yaml:8:2: something else"},
	} {
		text := written(t, &plan.Plan{Clusters: []plan.ClusterPlan{{Changes: c.changes, Unread: []plan.Unread{unread(c.side, c.message)}}}}, plan.Text)
		if !strings.Contains(strings.Join(strings.Fields(text), " "), c.want) {
			t.Errorf("%s: no %q in\n%s", c.name, c.want, text)
		}
	}
}
