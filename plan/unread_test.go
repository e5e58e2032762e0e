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
	const node, why, there = "flux-system/a", "accumulating resources: no such file", "x.yaml:8:2: "
	unread := func(node, message string) dag.Diagnostics {
		return dag.Diagnostics{{Code: "FD322", Node: node, Position: dag.Position{File: "x.yaml", Line: 8, Column: 2}, Message: message}}
	}
	for _, c := range []struct {
		name       string
		base, head dag.Diagnostics
		want       string
	}{
		{"of what is stuck", nil, unread(node, "Flux cannot build ./a: "+why), "not read (head): " + there + "this stops " + node + ", see below (FD322)"},
		{"of what was stuck before", unread(node, "Flux cannot build ./a: "+why), unread(node, "Flux cannot build ./a: "+why), "not read (both): " + there + "Flux cannot build ./a: " + why},
		{"of the base", unread(node, why), nil, "not read (base): " + there + why},
		{"of no node", nil, unread("", "something else"), "not read (head): " + there + "something else"},
	} {
		base, head := holdingA("1").side(), holdingA("2").side()
		base.Unread, head.Unread = c.base, c.head
		text := written(t, plan.Compare([]plan.Side{base}, []plan.Side{head}), plan.Text)
		if !strings.Contains(strings.Join(strings.Fields(text), " "), c.want) {
			t.Errorf("%s: no %q in\n%s", c.name, c.want, text)
		}
	}
}
