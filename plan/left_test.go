package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestLeft holds what is told of what Flux leaves as it is while it is there: no other node takes it
// over, and it does not get what its file says.
func TestLeft(t *testing.T) {
	claim := func(left bool, digest string) []plan.Object {
		return []plan.Object{{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "data", Left: left, Digest: digest}}
	}
	none := []plan.Object{}
	const label = "kubectl label --overwrite persistentvolumeclaim/data -n web kustomize.toolkit.fluxcd.io/name=new kustomize.toolkit.fluxcd.io/namespace=flux-system"
	for _, c := range []struct {
		name      string
		base      map[string][]plan.Object
		head      map[string][]plan.Object
		suspended bool // old, in both
		kind      plan.Kind
		effect    string
		not       string // a part of no effect, and of no step
		first     string // what the first step runs
		steps     int
	}{
		{name: "it moves", base: map[string][]plan.Object{"old": claim(true, "1"), "new": none}, head: map[string][]plan.Object{"old": none, "new": claim(true, "1")},
			kind: plan.Prune, effect: "Nobody takes over PersistentVolumeClaim web/data", not: "comes first", first: label, steps: 2},
		{name: "it moves, and is left from then on", base: map[string][]plan.Object{"old": claim(false, "1"), "new": none}, head: map[string][]plan.Object{"old": none, "new": claim(true, "1")},
			kind: plan.Prune, effect: "move it as in the base", not: "comes first"},
		{name: "it moves, and is left no longer", base: map[string][]plan.Object{"old": claim(true, "1"), "new": none}, head: map[string][]plan.Object{"old": none, "new": claim(false, "1")},
			kind: plan.Prune, effect: "stays only if that comes first", not: "Nobody", steps: 5},
		{name: "both apply it", base: map[string][]plan.Object{"old": claim(true, "1"), "new": claim(true, "1")}, head: map[string][]plan.Object{"old": none, "new": claim(true, "1")},
			kind: plan.Prune, effect: "stays only if that applied it last", not: "Nobody"},
		{name: "its node goes", base: map[string][]plan.Object{"old": claim(true, "1"), "new": none}, head: map[string][]plan.Object{"new": claim(true, "1")},
			kind: plan.Delete, effect: "Nobody takes over PersistentVolumeClaim web/data", not: "comes first", first: label, steps: 2},
		{name: "its node is renamed", base: map[string][]plan.Object{"old": claim(true, "1")}, head: map[string][]plan.Object{"new": claim(true, "1")}, suspended: true,
			kind: plan.Move, effect: "takes over", not: "comes first", first: label, steps: 1},
		{name: "it changes", base: map[string][]plan.Object{"old": claim(true, "1")}, head: map[string][]plan.Object{"old": claim(true, "2")},
			kind: plan.Content, effect: "1 object has other content in the files, which does not arrive", not: "Applies"},
		{name: "it changes, and is left from then on", base: map[string][]plan.Object{"old": claim(false, "1")}, head: map[string][]plan.Object{"old": claim(true, "2")},
			kind: plan.Content, effect: "does not arrive", not: "Applies"},
		{name: "it changes, and is left no longer", base: map[string][]plan.Object{"old": claim(true, "1")}, head: map[string][]plan.Object{"old": claim(false, "2")},
			kind: plan.Content, effect: "Applies 1 object with other content", not: "arrive"},
	} {
		side := func(all map[string][]plan.Object) plan.Side {
			nodes := map[string]dag.Node{}
			for name := range all {
				n := dag.Node{}
				n.Extra.Suspend = c.suspended && name == "old"
				nodes[name] = n
			}
			s := applied(nodes, nil)
			for name, objects := range all {
				s.Objects[key(name)] = objects
			}
			return s
		}
		told := false
		for _, change := range compare(t, side(c.base), side(c.head)).Changes {
			said := change.Effect
			for _, step := range change.Steps {
				said += step.Do
			}
			if c.not != "" && strings.Contains(said, c.not) {
				t.Errorf("%s: %+v", c.name, change)
			}
			if change.Kind == c.kind && strings.Contains(change.Effect, c.effect) {
				told = true
				if len(change.Steps) != c.steps || c.first != "" && change.Steps[0].Run != c.first {
					t.Errorf("%s: %d steps: %+v", c.name, len(change.Steps), change)
				}
			}
		}
		if !told {
			t.Errorf("%s: not told in %+v", c.name, compare(t, side(c.base), side(c.head)).Changes)
		}
	}
}
