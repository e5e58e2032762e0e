package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestChartNamed holds what is said of a release whose chart has another name: nothing where one of
// them is not known, and no more than is certain.
func TestChartNamed(t *testing.T) {
	const guess, place = `,"chartGuessed":"true"`, `,"chartNameChangeStrategy":"InPlaceUpdate"`
	chart := func(name string) string { return `,"chart":"` + name + `"` }
	suspended := func(o plan.Object) plan.Object { o.Suspended = true; return o }
	release := func(more string) plan.Object {
		o := releaseOf("web", "web", "web/web")
		o.Fixed = strings.TrimSuffix(o.Fixed, "}") + more + "}"
		o.Digest = more
		return o
	}
	for _, c := range []struct {
		name     string
		was, now plan.Object
		want     plan.Kind
		says     string
	}{
		{"another", release(chart("a")), release(chart("b")), plan.Prune, "uninstalls the release"},
		{"another, perhaps", release(chart("a") + guess), release(chart("b") + guess), plan.Unknown, "Where this is another chart"},
		{"from a repository to an unlike URL", release(chart("a")), release(chart("b") + guess), plan.Unknown, "where it is the same from another place"},
		{"from a repository to a like URL", release(chart("a")), release(chart("a") + guess), plan.Content, ""},
		{"suspended", release(chart("a") + guess), suspended(release(chart("b") + guess)), plan.Unknown, "when that is resumed"},
		{"its source goes", release(chart("a") + guess), release(guess), plan.Content, ""},
		{"its source comes back", release(guess), release(chart("a") + guess), plan.Content, ""},
		{"in place", release(chart("a")), release(chart("b") + place), plan.Content, ""},
		{"in place no longer", release(chart("a") + place), release(chart("a")), plan.Content, ""},
		{"another, in place no longer", release(chart("a") + place), release(chart("b")), plan.Prune, "uninstalls the release"},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {c.was}, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {c.now}, "flux-system/web": {}}
		change := compare(t, base, head).Changes[0]
		if change.Kind != c.want || !strings.Contains(change.Effect, c.says) || c.says == "" && strings.Contains(change.Effect, "uninstall") {
			t.Errorf("%s: %s %s", c.name, change.Kind, change.Effect)
		}
	}
}
