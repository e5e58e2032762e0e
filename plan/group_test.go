package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/plan"
)

// shownOf returns what is said of changes, but for the head.
func shownOf(t *testing.T, changes ...plan.Change) string {
	_, cluster, _ := strings.Cut(written(t, &plan.Plan{Clusters: []plan.ClusterPlan{{Changes: changes}}}, plan.Text), "): ")
	_, said, _ := strings.Cut(cluster, "\n\n")
	return said
}

// alike are changes of a kind, of which each has an object, and the first gates something.
func alike(kind plan.Kind, effect string, names ...string) []plan.Change {
	var all []plan.Change
	for i, name := range names {
		all = append(all, plan.Change{Kind: kind, Node: "x/" + name, Effect: strings.ReplaceAll(effect, "NODE", "x/"+name), Objects: []string{"Service x/" + name}, Gates: &plan.Gates{Count: 1 - min(i, 1)}})
	}
	return all
}

// TestGrouped holds what is told of as one, and that nothing is lost in it.
func TestGrouped(t *testing.T) {
	other := alike(plan.Content, "Applies 1 object.", "a", "b", "c", "d")
	other[2].Objects[0] = "Secret x/z"
	moved := alike(plan.Path, "It moves.", "a", "b", "c", "d")
	for i := range moved {
		moved[i].Objects, moved[i].Fields = nil, []plan.Field{{Path: "spec.path", Old: `"./old/` + moved[i].Node + `"`, New: `"./new/` + moved[i].Node + `"`}}
	}
	moved[3].Fields[0].New = `"./new/d"`
	for _, c := range []struct {
		name    string
		changes []plan.Change
		want    string
	}{
		{"of a dangerous one every node, with what it loses and what waits", alike(plan.Prune, "NODE deletes 1 object.", "a", "b", "ab"),
			"PRUNE 3 nodes\n  each deletes 1 object.\n  x/a: Service x/a; gates 1\n  x/b: Service x/b\n  x/ab: Service x/ab\n  objects: 3 objects\n"},
		{"an object called like its node is none", alike(plan.Prune, "With NODE goes Certificate NODE, Alert NODE.", "a", "b", "c"),
			"PRUNE 3 nodes\n  With each goes Certificate of its name, Alert of its name.\n  x/a: Service x/a; gates 1\n  x/b: Service x/b\n  x/c: Service x/c\n  objects: 3 objects\n"},
		{"two are told of as they are", alike(plan.Content, "Applies.", "a", "b"),
			"content x/a\n  Applies.\n  objects: Service x/a\n  gates: 1 node: and 1 more\n\ncontent x/b\n  Applies.\n  objects: Service x/b\n"},
		{"objects named like their nodes are told of once", other,
			"content 4 nodes\n  Applies 1 object.\n  Service: x/a, x/b, x/d\n  x/c (Secret x/z)\n"},
		{"fields that differ alike", moved,
			"PATH 4 nodes\n  Each moves.\n  spec.path: \"./old/…\" -> \"./new/…\": x/a (gates 1), x/b, x/c\n  spec.path: \"./old/x/…\" -> \"./new/…\": x/d\n"},
		{"a name within another one is none", append(alike(plan.Ready, "NODE waits for x/a-b.", "a", "b"), alike(plan.Ready, "x/a-b waits for x/a-b.", "c")...),
			"ready x/a\n  x/a waits for x/a-b.\n  objects: Service x/a\n  gates: 1 node: and 1 more\n\nready x/b\n  x/b waits for x/a-b.\n  objects: Service x/b\n\nready x/c\n  x/a-b waits for x/a-b.\n  objects: Service x/c\n  gates: 1 node: and 1 more\n"},
	} {
		if diff := cmp.Diff(c.want, shownOf(t, c.changes...)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

// TestGroupedWhole holds that no node and no claim is cut off where there is danger, in any
// of the forms for people.
func TestGroupedWhole(t *testing.T) {
	var changes []plan.Change
	for i := range 100 {
		node := fmt.Sprintf("tenants/with-a-name-that-is-rather-long-%d", i)
		changes = append(changes, plan.Change{Kind: plan.Unknown, Node: node, Effect: "It may delete."}, plan.Change{Kind: plan.Prune, Node: node, Effect: "Flux deletes.", Objects: []string{fmt.Sprint("PersistentVolumeClaim x/", i), "Secret x/a", "Secret x/b", "Secret x/" + strings.Repeat("c", 80)}})
	}
	p := &plan.Plan{Clusters: []plan.ClusterPlan{{Changes: changes}}}
	text, markdown := written(t, p, plan.Text), written(t, p, plan.Markdown)
	for i := range 100 {
		if name := fmt.Sprintf("long-%d", i); strings.Count(strings.ReplaceAll(text, ",", " ")+" ", name+" ")+strings.Count(text, name+"\n") != 1 || strings.Count(text, name+":") != 1 || strings.Count(strings.NewReplacer("&#45;", "-", "<", ",").Replace(markdown), name+",") != 1 {
			t.Fatalf("%s is not told of", name)
		}
		if !strings.Contains(text, fmt.Sprintf(": PersistentVolumeClaim x/%d and 3 more\n", i)) && !strings.Contains(text, fmt.Sprintf("PersistentVolumeClaim x/%d,", i)) {
			t.Fatalf("claim %d is not told of", i)
		}
	}
	if !strings.Contains(text, "400 objects, of them 100 PersistentVolumeClaim") {
		t.Error("the claims are not counted")
	}
}

// TestGroupedLong holds that a long list of nodes stays one, below what it says of them.
func TestGroupedLong(t *testing.T) {
	var changes []plan.Change
	for i := range 200 {
		node := fmt.Sprintf("tenants/with-a-name-%d", i)
		changes = append(changes, plan.Change{Kind: plan.Path, Node: node, Effect: "It moves.", Fields: []plan.Field{{Path: "spec.path", Old: `"./old/` + node + `"`, New: `"./new/` + node + `"`}}})
	}
	p := &plan.Plan{Clusters: []plan.ClusterPlan{{Changes: changes}}}
	_, list, _ := strings.Cut(shownOf(t, changes...), "  spec.path: ")
	for i, line := range strings.Split(strings.TrimSpace(list), "\n") {
		if i > 0 && (!strings.HasPrefix(line, "    ") || len(line) < 60 && !strings.Contains(line, "name-199")) {
			t.Errorf("%q stands alone", line)
		}
	}
	if n := strings.Count(written(t, p, plan.Markdown), "\n  - "); n != 1 {
		t.Errorf("a list of %d points", n)
	}
}

// TestRecipe holds that several renames have one recipe, with all that each needs.
func TestRecipe(t *testing.T) {
	rename := func(name string) plan.Change {
		return plan.Change{Kind: plan.Rename, From: "x/" + name, Node: "x/new-" + name, Effect: "x/" + name + " goes, and x/new-" + name + " comes.",
			Steps: []plan.Instruction{{Do: "Suspend x/" + name + " in " + name + ".yaml."}, {Do: "Wait until it is suspended.", Run: "kubectl wait " + name}, {Do: "Merge the deletion of x/" + name + ": it is suspended."}}}
	}
	want := "RENAME x/a -> x/new-a, x/b -> x/new-b\n  the old one goes, and the new one comes.\n  without loss:\n    1. Suspend x/a in a.yaml, x/b in b.yaml.\n    2. Wait until it is suspended.\n" +
		"       kubectl wait a\n       kubectl wait b\n    3. Merge the deletion of x/a, x/b: it is suspended.\n"
	if diff := cmp.Diff(want, shownOf(t, rename("a"), rename("b"))); diff != "" {
		t.Error(diff)
	}
}

// TestCut holds that of long values what differs is shown.
func TestCut(t *testing.T) {
	long := strings.Repeat("same ", 100)
	said := shownOf(t, plan.Change{Kind: plan.Spec, Node: "x/a", Fields: []plan.Field{{Path: "spec.patches", Old: long + "old" + long, New: long + "new" + long}}})
	if !strings.Contains(said, "same old") || !strings.Contains(said, "same new") || len(said) > 500 {
		t.Error(said)
	}
}
