package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestHandOver carries out the steps that are printed for what goes from one node to another:
// whatever the order in which the controller reconciles, what moves is the same object all
// along, and no plan of a step tells of its end.
func TestHandOver(t *testing.T) {
	done := 0
	for range 20 { // few trees allow all steps
		rapid.Check(t, func(t *rapid.T) { done += handOver(t) })
	}
	if done == 0 {
		t.Error("no steps were carried out")
	}
}

func handOver(t *rapid.T) int {
	base := randomTree(t)
	head, name, from, to := base.shift(t)
	if name == "" || from == to {
		return 0
	}
	at := thing{"", object(name, "", false)}
	if _, node := base[from].nodes[name]; node {
		at = kustomization(keyOf(name))
	}
	at.Kept = false
	owner := ""
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		if len(ch.Steps) == 5 && strings.Contains(ch.Steps[0].Do, at.String()) {
			owner = ch.Steps[3].Run
			if gone := head.side().Graph.Lookup(ch.Node) == nil; gone != strings.Contains(ch.Steps[2].Do, ch.Node+" (deleted from ") {
				t.Fatalf("the third step leaves a node without files: %+v", ch)
			}
		}
	}
	if owner == "" {
		return 0
	}
	for v := range head.side().Graph.Vertices() {
		if strings.Contains(owner, "}'="+v.Object().Name+" ") && v.Object().Spec.Suspend {
			t.Fatalf("the fourth step waits for %s, which is suspended", v.Key())
		}
	}
	f := start(base, anyOrder(t))
	f.converge(base.keep(name))
	before := f.objects[at]
	if before == nil || !before.kept {
		return 0 // the second step waits in vain
	}
	toldOf(t, base, base.keep(name), at)
	kept := head.keep(name)
	f.commit(t, kept)
	toldOf(t, base.keep(name), kept, at)
	f.converge(kept)
	if _, parent, _ := strings.Cut(f.objects[at].owner, "/"); !strings.Contains(owner, "}'="+parent+" ") {
		return 0 // and so does the fourth
	}
	toldOf(t, kept, head, at)
	f.commit(t, head)
	f.converge(head)
	if f.objects[at] != before {
		t.Fatalf("%s is not the same object any more", at)
	}
	return 1
}

// shift moves one object or Kustomization from a folder to another, and may delete what built an object.
func (r tree) shift(t *rapid.T) (head tree, name, from, to string) {
	head = r.clone()
	dirs := slices.Sorted(maps.Keys(r))
	from, to = rapid.SampledFrom(dirs).Draw(t, "from"), rapid.SampledFrom(dirs).Draw(t, "to")
	names := slices.Concat(slices.Sorted(maps.Keys(r[from].objects)), slices.Sorted(maps.Keys(r[from].nodes)))
	names = slices.DeleteFunc(names, func(s string) bool { return s == "sync" })
	if len(names) == 0 {
		return head, "", from, to
	}
	name = rapid.SampledFrom(names).Draw(t, "what")
	if m, node := head[from].nodes[name]; node {
		delete(head[from].nodes, name)
		head[to].nodes[name] = m
	} else {
		head[to].objects[name] = head[from].objects[name]
		delete(head[from].objects, name)
	}
	for _, node := range []string{"a", "b", "d"} { // it may be all that one of them applied
		if rapid.IntRange(0, 3).Draw(t, "goes") == 0 && head[to].nodes[name].spec.Path == "" {
			for _, f := range head {
				if f.nodes[node].spec.Path == "./"+from {
					delete(f.nodes, node)
				}
			}
		}
	}
	for _, node := range []string{"a", "b", "d"} { // or what applies it from now on is suspended with it
		if rapid.IntRange(0, 5).Draw(t, "rests") == 0 {
			head = head.rest(node)
		}
	}
	return head, name, from, to
}

// keep annotates something wherever it is.
func (r tree) keep(name string) tree {
	out := r.clone()
	for _, f := range out {
		if m, node := f.nodes[name]; node {
			m.kept = true
			f.nodes[name] = m
		}
		if _, there := f.objects[name]; there {
			f.objects[name] = true
		}
	}
	return out
}

// commit lets the controller reconcile a commit in any order.
func (f *controller) commit(t *rapid.T, r tree) {
	f.repository = r
	for _, key := range rapid.SliceOfN(rapid.SampledFrom(keys), 0, 24).Draw(t, "order") {
		f.reconcile(key, false)
	}
}

// converge lets it reconcile a commit until nothing changes any more.
func (f *controller) converge(r tree) {
	f.repository = r
	for range len(keys) {
		for _, key := range keys {
			f.reconcile(key, false)
		}
	}
}

// toldOf holds that no change says of something that it is deleted.
func toldOf(t *rapid.T, base, head tree, at thing) {
	for _, ch := range compare(t, base.side(), head.side()).Changes {
		if slices.Contains(deletions, ch.Kind) && (slices.Contains(ch.Objects, at.String()) || ch.Node == at.Namespace+"/"+at.Name && ch.Kind != plan.Unknown) {
			t.Fatalf("a step is said to delete: %+v", ch)
		}
	}
}
