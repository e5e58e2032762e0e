package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/plan"
)

// TestFacts holds which fields are told of an object with other content.
func TestFacts(t *testing.T) {
	const name = "HelmRelease x/web"
	release := func(digest, facts string) plan.Object {
		return plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "x", Name: "web", Digest: digest, Facts: facts}
	}
	for _, c := range []struct {
		name     string
		was, now string
		want     []plan.Field
	}{
		{"none", "", "", nil},
		{"the same", `{"suspend":"true"}`, `{"suspend":"true"}`, nil},
		{"another", `{"suspend":"true"}`, `{"suspend":"false"}`, []plan.Field{{Path: name + " suspend", Old: "true", New: "false"}}},
		{"as it is written", "", `{"semver":">=4.0.0 <5 & x"}`, []plan.Field{{Path: name + " semver", New: `">=4.0.0 <5 & x"`}}},
		{"new", "", `{"suspend":"true"}`, []plan.Field{{Path: name + " suspend", New: "true"}}},
		{"gone", `{"suspend":"true"}`, "", []plan.Field{{Path: name + " suspend", Old: "true"}}},
		{"gone, of several", `{"suspend":"true","version":"1"}`, `{"version":"1"}`, []plan.Field{{Path: name + " suspend", Old: "true"}}},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {release("1", c.was)}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {release("2", c.now)}}
		changes := compare(t, base, head).Changes
		i := slices.IndexFunc(changes, func(ch plan.Change) bool { return ch.Kind == plan.Content })
		if i < 0 {
			t.Errorf("%s: %+v", c.name, changes)
		} else if diff := cmp.Diff(c.want, changes[i].Fields); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
