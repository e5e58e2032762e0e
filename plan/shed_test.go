package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestShed holds which claims Kubernetes deletes of a StatefulSet that goes on, and that it is asked
// of one with very many replicas too.
func TestShed(t *testing.T) {
	const whenScaled, five, six = `"whenScaled":"Delete"`, `"start":"5"`, `"start":"6"`
	set := func(facts, retention, templates string) plan.Object {
		return plan.Object{Group: "apps", Kind: "StatefulSet", Namespace: "x", Name: "db", Digest: facts + retention, Facts: "{" + facts + "}",
			Retention: "{" + retention + "}", Fixed: fmt.Sprintf(`{"volumeClaimTemplates.names":%q}`, templates)}
	}
	replicas := func(n int) string { return fmt.Sprintf(`"replicas":"%d"`, n) }
	for _, test := range []struct {
		name     string
		was, now plan.Object
		kind     plan.Kind
		first    string
		claims   int
	}{
		{"fewer replicas", set(replicas(3), whenScaled, "data"), set(replicas(1), whenScaled, "data"), plan.Prune, "data-db-1", 2},
		{"none", set(replicas(3), whenScaled, "data wal"), set(replicas(0), whenScaled, "data wal"), plan.Prune, "data-db-0", 6},
		{"more", set(replicas(3), whenScaled, "data"), set(replicas(4), whenScaled, "data"), "", "", 0},
		{"claims stay", set(replicas(3), whenScaled, "data"), set(replicas(1), "", "data"), "", "", 0},
		{"no claims, of very many", set(replicas(2000000000), whenScaled, ""), set(replicas(1), whenScaled, ""), "", "", 0},
		{"others", set(replicas(3), whenScaled, "data"), set(replicas(3), whenScaled+","+five, "data"), plan.Prune, "data-db-0", 3},
		{"some others", set(replicas(3), whenScaled+","+five, "data"), set(replicas(3), whenScaled+","+six, "data"), plan.Prune, "data-db-5", 1},
		{"some before", set(replicas(3), whenScaled+","+six, "data"), set(replicas(3), whenScaled+","+five, "data"), plan.Prune, "data-db-8", 1},
		{"others, where claims stayed", set(replicas(3), five, "data"), set(replicas(3), whenScaled, "data"), plan.Prune, "data-db-5", 3},
		{"others, and claims stay", set(replicas(3), whenScaled, "data"), set(replicas(3), five, "data"), "", "", 0},
		{"others, however many", set(replicas(3), whenScaled, "data"), set("", whenScaled+","+five, "data"), plan.Prune, "data-db-0", 3},
		{"not said any more", set(replicas(3), whenScaled, "data"), set("", whenScaled, "data"), plan.Unknown, "data-db-1", 2},
		{"not said any more of one", set(replicas(1), whenScaled, "data"), set("", whenScaled, "data"), "", "", 0},
		{"not said", set("", whenScaled, "data"), set("", whenScaled+`,"whenDeleted":"Delete"`, "data"), "", "", 0},
		{"not known any more", set(replicas(3), whenScaled, "data"), set(`"replicas":"depends on Secret x/y"`, whenScaled, "data"), "", "", 0},
		{"the same in other words", set(replicas(3), whenScaled, "data"), set(replicas(3), whenScaled+`,"start":"0"`, "data"), "", "", 0},
		{"very many", set(replicas(2000000000), whenScaled, "data"), set(replicas(1000000000), whenScaled, "data"), plan.Prune, "data-db-1000000000", 50},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {test.was}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {test.now}}
		changes := slices.DeleteFunc(compare(t, base, head).Changes, func(ch plan.Change) bool { return ch.Kind == plan.Content })
		switch {
		case test.claims == 0 && len(changes) == 0:
		case len(changes) != 1 || changes[0].Kind != test.kind || len(changes[0].Objects) != test.claims || changes[0].Objects[0] != "PersistentVolumeClaim x/"+test.first:
			t.Errorf("%s: %+v", test.name, changes)
		}
	}
}

// TestShedElsewhere holds that the claims of replicas that go are told of too where another node
// applies the StatefulSet from now on.
func TestShedElsewhere(t *testing.T) {
	set := func(replicas int) plan.Object {
		return plan.Object{Group: "apps", Kind: "StatefulSet", Namespace: "x", Name: "db", Digest: fmt.Sprint(replicas), Facts: fmt.Sprintf(`{"replicas":"%d"}`, replicas),
			Retention: `{"whenScaled":"Delete"}`, Fixed: `{"volumeClaimTemplates.names":"data"}`, Kept: true}
	}
	for name, by := range map[string]string{"a node that was there": "flux-system/web", "a new one": "flux-system/new"} {
		base, head := pair(nil), pair(nil)
		if by == "flux-system/new" {
			head = applied(map[string]dag.Node{"data": {}, "web": {}, "new": {}}, nil)
		}
		base.Objects = map[string][]plan.Object{"flux-system/data": {set(3)}, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": {}, by: {set(1)}}
		if changes := compare(t, base, head).Changes; !slices.ContainsFunc(changes, func(ch plan.Change) bool {
			return ch.Kind == plan.Prune && ch.Node == by && slices.Equal(ch.Objects, []string{"PersistentVolumeClaim x/data-db-1", "PersistentVolumeClaim x/data-db-2"})
		}) {
			t.Errorf("%s: %+v", name, changes)
		}
	}
}
