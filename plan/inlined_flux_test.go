package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestInlined carries out the steps that are printed where a Kustomization is deleted and what it
// applied moves to others: that of one change alone keeps all of it, and a check that lets through
// what the steps name passes.
func TestInlined(t *testing.T) {
	carryOut(t, inlinedBySteps)
}

func inlinedBySteps(t *rapid.T) int {
	base := randomTree(t)
	for _, f := range base {
		delete(f.nodes, "a")
	}
	base["c"].nodes["sync"], base["c"].nodes["a"] = at("c"), at(rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "from"))
	head, moves := base.inline(t)
	var steps []plan.Instruction
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		first := len(ch.Steps) == 5 && strings.Contains(ch.Steps[0].Do, " moves")
		if steps == nil && first && strings.Contains(ch.Steps[2].Do, "flux-system/a (deleted from ") {
			steps = ch.Steps
		}
	}
	if steps == nil {
		return 0
	}
	beside, merged := base.clone(), head.clone()
	for _, name := range []string{"1", "2", "3", "4", "b", "d"} {
		if strings.Contains(steps[0].Do, " "+inFolder(name).String()) {
			beside, merged = beside.keep(name), merged.keep(name)
		}
	}
	f := start(base, anyOrder(t))
	f.converge(beside)
	before := map[thing]*live{}
	for _, at := range moves {
		x := f.objects[at]
		if x == nil || x.owner != "flux-system/a" {
			continue
		}
		if before[at] = x; !x.kept && strings.Contains(steps[0].Do, at.String()) {
			return 0 // the second step waits in vain
		}
	}
	f.commit(t, merged)
	f.converge(merged)
	for at, was := range before {
		if f.objects[at] != was && !strings.Contains(steps[2].Do, at.String()) {
			t.Fatalf("%s is not the same object any more: %+v", at, steps)
		}
	}
	for _, ch := range compare(t, beside.side(), merged.side()).Changes {
		if slices.Contains(deletions, ch.Kind) && ch.Kind != plan.Unknown && ch.Node == "flux-system/a" && !strings.Contains(steps[2].Do, "--allow delete=flux-system/a") {
			t.Fatalf("%+v is not let through by %+v", ch, steps)
		}
	}
	return len(before)
}

// inFolder is what has a name in a folder.
func inFolder(name string) thing {
	if name == "b" || name == "d" {
		return kustomization(keyOf(name))
	}
	return thing{"", object(name, "", false)}
}

// inline deletes a Kustomization, and moves what is in its folder, or most of it, to another one.
func (r tree) inline(t *rapid.T) (head tree, moves map[string]thing) {
	head, moves = r.clone(), map[string]thing{}
	from, to := "", rapid.SampledFrom([]string{"c", "p", "q", "r"}).Draw(t, "to")
	for _, f := range head {
		if m, there := f.nodes["a"]; there {
			from = m.spec.Path[2:]
			delete(f.nodes, "a")
		}
	}
	if from == to {
		return head, moves
	}
	for _, name := range []string{"1", "2", "3", "4", "b", "d"} {
		kept, is := head[from].objects[name]
		m, node := head[from].nodes[name]
		switch stays := rapid.IntRange(0, 5).Draw(t, "is left out") == 0; {
		case stays:
		case is:
			delete(head[from].objects, name)
			head[to].objects[name] = kept
			moves[name] = inFolder(name)
		case node:
			delete(head[from].nodes, name)
			head[to].nodes[name] = m
			moves[name] = inFolder(name)
		}
	}
	return head, moves
}
