package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyClass holds that what names a StorageClass goes before what applies that, and what
// is said of classes that nothing applies.
func TestDestroyClass(t *testing.T) {
	class := plan.Object{Group: "storage.k8s.io", Kind: "StorageClass", Name: "fast"}
	claim := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "data", Classes: "fast"}
	set := plan.Object{Group: "apps", Kind: "StatefulSet", Namespace: "web", Name: "db", Classes: "fast slow"}
	driver := plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "storage", Name: "driver"}
	namespace := plan.Object{Kind: "Namespace", Name: "web"}
	kept := claim
	kept.Kept = true
	const unknown = "nothing here applies the classes"
	for _, c := range []struct {
		name    string
		objects map[string][]plan.Object
		driven  string // what the one with the class depends on
		chosen  string
		want    []string
		note    string
	}{
		{name: "a claim", objects: map[string][]plan.Object{"a": {class, driver}, "web": {claim}}, want: []string{"web", "a"}},
		{name: "the Namespace of a claim", objects: map[string][]plan.Object{"a": {class, driver}, "spaces": {namespace}, "web": {set}}, want: []string{"web", "spaces", "a"}, note: unknown + " (perhaps a chart makes them): see that it goes last. The classes: slow"},
		{name: "of a chart", objects: map[string][]plan.Object{"a": {driver}, "web": {claim}}, want: []string{"a web"}, note: unknown},
		{name: "of the provider", objects: map[string][]plan.Object{"a": {namespace}, "web": {claim}}, want: []string{"web", "a"}, note: "!" + unknown},
		{name: "a kept claim", objects: map[string][]plan.Object{"a": {driver}, "web": {kept}}, want: []string{"a web"}, note: "!" + unknown},
		{name: "in a circle", objects: map[string][]plan.Object{"a": {class, driver}, "web": {claim}}, driven: "web", want: []string{"a", "web"}},
		{name: "in one", objects: map[string][]plan.Object{"a": {class, driver, claim}, "web": nil}, want: []string{"a web"}, note: "flux-system/a applies a StorageClass, or what makes it, what names it and perhaps what runs its volumes, and deletes all at once"},
		{name: "alone", objects: map[string][]plan.Object{"a": {class}, "web": {claim}}, chosen: "a", want: []string{"a"}, note: "with flux-system/a go StorageClasses, and perhaps what runs their volumes, of flux-system/web, not taken down here"},
	} {
		nodes := map[string]dag.Node{}
		for name := range c.objects {
			nodes[name] = dag.Node{}
		}
		if c.driven != "" {
			nodes["a"] = dag.Node{DependsOn: []dag.Ref{dag.External(c.driven)}}
		}
		s := applied(nodes, nil)
		for name, objects := range c.objects {
			s.Objects[key(name)] = objects
		}
		var keys []string
		if c.chosen != "" {
			keys = []string{key(c.chosen)}
		}
		out := plan.Destroy(s, keys)
		if diff := cmp.Diff(c.want, staged(out)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		note, no := strings.CutPrefix(c.note, "!")
		if slices.ContainsFunc(out.Notes, func(n string) bool { return strings.Contains(n, note) }) == no && note != "" {
			t.Errorf("%s: %q: %t in %q", c.name, note, !no, out.Notes)
		}
	}
}

// TestClassGoes holds that what names a StorageClass is told where that is deleted.
func TestClassGoes(t *testing.T) {
	class := plan.Object{Group: "storage.k8s.io", Kind: "StorageClass", Name: "fast"}
	claim := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "web", Name: "data", Classes: "fast"}
	side := func(names ...string) plan.Side {
		nodes := map[string]dag.Node{}
		for _, name := range names {
			nodes[name] = dag.Node{}
		}
		s := applied(nodes, nil)
		for _, name := range names {
			s.Objects[key(name)] = map[string][]plan.Object{"storage": {class}, "web": {claim}}[name]
		}
		return s
	}
	const said = "Claims of StorageClass fast stay, or are still to be made: PersistentVolumeClaim web/data."
	for _, c := range []struct {
		head []string
		want bool
	}{{[]string{"web"}, true}, {nil, false}} {
		p := plan.Compare([]plan.Side{side("storage", "web")}, []plan.Side{side(c.head...)})
		told := false
		for _, change := range p.Clusters[0].Changes {
			told = told || change.Node == "flux-system/storage" && strings.Contains(change.Effect, said)
		}
		if told != c.want {
			t.Errorf("%v: told %t", c.head, told)
		}
	}
}
