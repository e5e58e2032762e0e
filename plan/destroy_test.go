package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// operated is a cluster with a sync root, an operator that brings a definition, two nodes
// that use it, and a parent with a child.
func operated() plan.Side {
	node := func(name string, deps ...dag.Ref) dag.Ref {
		return dag.Declare(dag.Node{Name: name, Path: "./" + name, DependsOn: deps})
	}
	parent, child := node("parent"), node("child")
	base := node("base")
	c := dag.Cluster{Name: "c", Nodes: []dag.Ref{node("flux-system"), node("operator", base), node("database"), node("cache"), parent, child, base},
		Defaults: dag.Defaults{Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"}}}
	s := plan.Side{Name: "c", Root: "clusters/c", SyncRoot: "flux-system/flux-system", Graph: dag.Resolve(c), AppliedBy: map[string][]string{}}
	for v := range s.Graph.Vertices() {
		s.AppliedBy[v.Key()] = []string{s.SyncRoot}
	}
	s.AppliedBy["flux-system/child"] = []string{"flux-system/parent"}
	s.Objects = map[string][]plan.Object{
		"flux-system/operator": {{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "databases.example.com"}},
		"flux-system/database": {{Group: "example.com", Kind: "Database", Namespace: "data", Name: "main"}},
		"flux-system/cache":    {{Group: "example.com", Kind: "Cache", Namespace: "data", Name: "main"}, {Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "data", Name: "redis"}},
	}
	return s
}

// TestDestroy holds the stages: custom resources go before their definition, children
// before their parent, and the sync root last.
func TestDestroy(t *testing.T) {
	for _, c := range []struct {
		name, nodes string
		want        []string
		note        string
	}{
		{"all", "", []string{"cache child database", "operator parent", "base"}, "flux-system/flux-system stays"},
		{"the root", "flux-system", []string{"cache child database", "operator parent", "base", "flux-system"}, ""},
		{"a parent", "parent", []string{"child", "parent"}, ""},
		{"an operator alone", "operator", []string{"operator"}, "with the definitions in flux-system/operator go the custom resources of flux-system/cache, flux-system/database"},
		{"an operator and what uses it", "operator database cache", []string{"cache database", "operator"}, ""},
		{"what an operator needs", "base", []string{"operator", "base"}, "with the definitions in flux-system/operator"},
	} {
		var keys []string
		for _, name := range strings.Fields(c.nodes) {
			keys = append(keys, "flux-system/"+name)
		}
		out := plan.Destroy(operated(), keys)
		if diff := cmp.Diff(c.want, staged(out)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) {
			t.Errorf("%s: %q is not among the notes: %s", c.name, c.note, notes)
		} else if c.note == "" && strings.Contains(notes, "definitions") {
			t.Errorf("%s: %s", c.name, notes)
		}
	}
}

// staged are the nodes of each stage.
func staged(out plan.Teardown) []string {
	var stages []string
	for _, stage := range out.Stages {
		var names []string
		for _, r := range stage.Nodes {
			names = append(names, strings.TrimPrefix(r.Node, "flux-system/"))
		}
		if stage.Circle {
			names = append(names, "(circle)")
		}
		stages = append(stages, strings.Join(names, " "))
	}
	return stages
}

// TestDestroyCustom holds which objects are said to need an operator, and which one that is
// not known: those of Flux do not, since its controllers carry the teardown out, nor what
// is kept.
func TestDestroyCustom(t *testing.T) {
	s := operated()
	s.Objects["flux-system/cache"] = append(s.Objects["flux-system/cache"], plan.Object{Group: "example.org", Kind: "Queue", Namespace: "data", Name: "main"},
		plan.Object{Group: "example.org", Kind: "Topic", Namespace: "data", Name: "main", Kept: true})
	out := plan.Destroy(s, []string{"flux-system/cache"})
	r := out.Stages[0].Nodes[0]
	if diff := cmp.Diff([]string{"Cache data/main", "Queue data/main"}, r.Custom); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Queue data/main"}, r.Undefined); diff != "" {
		t.Error(diff)
	}
	if notes := strings.Join(out.Notes, "\n"); strings.Count(notes, "see that they go last. The kinds: Queue") != 1 {
		t.Error(notes)
	}
	s.Objects["flux-system/cache"] = []plan.Object{{Kind: "ConfigMap", Namespace: "data", Name: "main"}}
	if notes := plan.Destroy(s, []string{"flux-system/cache"}).Notes; len(notes) > 0 {
		t.Errorf("%q", notes)
	}
}

// TestDestroyCircle holds that a circle does not draw in what is not part of it.
func TestDestroyCircle(t *testing.T) {
	refs := []dag.Ref{}
	for name, deps := range map[string][]string{"operator": nil, "chicken": {"egg", "operator"}, "egg": {"chicken"}, "web": {"egg"}} {
		n := dag.Node{Name: name, Path: "./" + name}
		for _, dep := range deps {
			n.DependsOn = append(n.DependsOn, dag.External(dep))
		}
		refs = append(refs, dag.Declare(n))
	}
	s := plan.Side{Name: "c", Root: "clusters/c", Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: refs})}
	if diff := cmp.Diff([]string{"web", "chicken egg (circle)", "operator"}, staged(plan.Destroy(s, nil))); diff != "" {
		t.Error(diff)
	}
}
