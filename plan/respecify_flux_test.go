package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestRespecified carries out the steps that are printed where a node may see a commit before
// its new spec: whatever the order in which the controller reconciles, what the new spec keeps
// is the same object all along, and no plan of a step tells of its end.
func TestRespecified(t *testing.T) {
	for _, first := range []string{"the annotation", "spec.prune", "spec.suspend"} {
		t.Run(first, func(t *testing.T) {
			carryOut(t, func(t *rapid.T) int { return respecified(t, first) })
		})
	}
}

func respecified(t *rapid.T, first string) int {
	base := randomTree(t)
	base.set("a", func(m *manifest) { m.spec.Prune, m.spec.Suspend, m.spec.NamePrefix = true, false, "" })
	head := base.respecify(t, first)
	steps, goes := map[string]plan.Change{}, map[string]bool{} // by what it is of; what goes without steps
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		if (ch.Kind == plan.Prune || ch.Kind == plan.Delete) && len(ch.Steps) > 0 && strings.Contains(ch.Steps[0].Do, "Commit and merge only this: "+first) && strings.Contains(ch.Steps[0].Do, "flux-system/a") && !strings.Contains(ch.Steps[0].Do, " moves") {
			steps[ch.Node] = ch
		} else if len(ch.Steps) == 0 && slices.Contains(deletions, ch.Kind) {
			for _, o := range append(ch.Objects, kustomization(ch.Node).String()) {
				goes[o] = true
			}
		}
	}
	if len(steps) == 0 {
		return 0
	}
	beside, merged := base.clone(), head
	said := func(at thing) bool {
		for _, ch := range steps {
			if strings.Contains(ch.Steps[0].Do, at.String()) {
				return true
			}
		}
		return false
	}
	switch first {
	case "spec.prune":
		beside.set("a", func(m *manifest) { m.spec.Prune = false })
	case "spec.suspend":
		beside.set("a", func(m *manifest) { m.spec.Suspend = true })
	default:
		for _, name := range []string{"1", "2", "3", "4"} {
			if said(thing{"", object(name, "", false)}) {
				beside, merged = beside.keep(name), merged.keep(name)
			}
		}
		for _, name := range []string{"b", "d"} {
			if said(kustomization(name)) {
				beside, merged = beside.keep(name), merged.keep(name)
			}
		}
	}
	f := start(base, anyOrder(t))
	f.converge(beside) // which the second step waits for
	if x := f.objects[kustomization("flux-system/a")]; x == nil || first == "spec.suspend" && !x.spec.Suspend || first == "spec.prune" && x.spec.Prune {
		return 0 // the second step waits in vain
	}
	before := map[thing]*live{}
	for at, x := range f.objects {
		child, node := steps[at.Namespace+"/"+at.Name], at.Kind == "Kustomization"
		own := slices.Contains(steps["flux-system/a"].Objects, at.String()) || node && child.Node != ""
		if own && !goes[at.String()] && said(at) == (first == "the annotation") && x.owner == "flux-system/a" {
			before[at] = x
			if first == "the annotation" && !x.kept {
				return 0
			}
		}
	}
	for _, commit := range []struct{ from, to tree }{{base, beside}, {beside, merged}, {merged, head}} {
		for _, ch := range compare(t, commit.from.side(), commit.to.side()).Changes {
			for at := range before {
				of := ch.Node == "flux-system/a" && slices.Contains(ch.Objects, at.String()) || at == kustomization(ch.Node) && !strings.HasPrefix(ch.Effect, "Flux deletes what is no longer in what it builds")
				if later := strings.HasPrefix(ch.Effect, "It is suspended. Once it is resumed:"); !later && ch.Kind != plan.Unknown && of && slices.Contains(deletions, ch.Kind) {
					t.Fatalf("a step is said to delete: %+v", ch)
				}
			}
		}
		f.commit(t, commit.to)
		f.converge(commit.to)
	}
	for at, was := range before {
		if f.objects[at] != was && f.deleted[at] == "flux-system/a" {
			t.Fatalf("%s is not the same object any more", at)
		}
	}
	return len(before)
}

// respecify gives a Kustomization another spec, and takes objects and Kustomizations out of the
// folder that it builds by the old one.
func (r tree) respecify(t *rapid.T, first string) tree {
	head := r.clone()
	old := ""
	for _, f := range r {
		if m, there := f.nodes["a"]; there {
			old = strings.TrimPrefix(m.spec.Path, "./")
		}
	}
	to := rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "to")
	head.set("a", func(m *manifest) {
		switch first {
		case "spec.prune":
			m.spec.Prune = false
		case "spec.suspend":
			m.spec.Suspend = true
		default:
			m.spec.Path = "./" + to
		}
	})
	for _, name := range slices.Sorted(maps.Keys(head[old].objects)) {
		switch kept := head[old].objects[name]; rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			delete(head[old].objects, name)
		case 1:
			delete(head[old].objects, name)
			head[to].objects[name] = kept
		}
	}
	for _, name := range []string{"b", "d"} {
		if m, there := head[old].nodes[name]; there {
			switch rapid.IntRange(0, 2).Draw(t, "what node") {
			case 0:
				delete(head[old].nodes, name)
			case 1:
				delete(head[old].nodes, name)
				head[to].nodes[name] = m
			}
		}
	}
	return head
}

// set changes a Kustomization wherever it is; the first time decides.
func (r tree) set(name string, change func(*manifest)) {
	var now *manifest
	for _, dir := range slices.Sorted(maps.Keys(r)) {
		if m, there := r[dir].nodes[name]; there {
			if now == nil {
				change(&m)
				now = &m
			}
			r[dir].nodes[name] = *now
		}
	}
}
