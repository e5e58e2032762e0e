package plan_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestEveryDeletionOfDefined is the law of every deletion for what goes with its definition: of
// whomever it is, and whether that can still be built or not.
func TestEveryDeletionOfDefined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := randomTree(t)
		dirs := []string{"c", "p", "q", "r"}
		base[rapid.SampledFrom(dirs).Draw(t, "definition in")].objects["Definition"] = false
		for _, name := range []string{"Thing 5", "Thing 6"} {
			base[rapid.SampledFrom(dirs).Draw(t, "thing in")].objects[name] = rapid.IntRange(0, 5).Draw(t, "kept thing") == 0
		}
		head := base.commit(t)
		c := compare(t, base.side(), head.side())
		f := start(base, anyOrder(t))
		f.repository = head
		f.deletesWhatIsTold(t, c, maps.Clone(f.objects), func(at thing) bool { return at.Kind == "Thing" })
	})
}

// TestDefinitionTakesAlong holds whose custom resources are told to go with their definition.
func TestDefinitionTakesAlong(t *testing.T) {
	with := func(defined, custom folder) tree {
		all := map[string]manifest{"defines": at("p"), "applies": at("q")}
		r := tree{"c": rooted(all), "p": defined, "q": custom}
		if custom.objects == nil {
			delete(r, "q")
		}
		return r
	}
	defined, none, custom := holding(nil, "Definition", "1"), holding(nil, "1"), holding(nil, "Thing 5")
	for name, head := range map[string]tree{
		"applied by another":        with(none, custom),
		"whose folder is gone":      with(none, folder{}),
		"which the other one drops": with(none, holding(nil)),
	} {
		c := compare(t, with(defined, custom).side(), head.side())
		if !named(c, "Thing x/5", "flux-system/defines") {
			t.Errorf("%s: %+v", name, c.Changes)
		}
	}
	c := compare(t, with(defined, custom).side(), with(defined, folder{}).side())
	if named(c, "Thing x/5", "flux-system/defines") {
		t.Errorf("the definition stays: %+v", c.Changes)
	}
}
