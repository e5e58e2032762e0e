package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// TestLockstep holds that of two renames that go on at once, the steps of one do not change the node
// that the other one deletes next.
func TestLockstep(t *testing.T) {
	waits := func(m *manifest) { m.spec.DependsOn = []kustomizev1.DependencyReference{{Name: "a"}} }
	anew := func(m *manifest) { m.spec.DependsOn = []kustomizev1.DependencyReference{{Name: "d"}} }
	base := tree{"c": rooted(map[string]manifest{"a": at("p", resting), "b": at("q", resting, waits)}), "p": holding(nil, "1"), "q": holding(nil, "2")}
	head := base.clone()
	head["c"].nodes["d"], head["c"].nodes["e"] = at("p"), at("q", anew)
	said := 0
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		for _, step := range ch.Steps {
			if said++; strings.Contains(step.Do, "let flux-system/b") {
				t.Errorf("%+v", ch)
			}
		}
	}
	if said == 0 {
		t.Error("no steps")
	}
}
