package plan_test

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyAlong holds the order of what goes along with something, and what is said of
// what is not taken down.
func TestDestroyAlong(t *testing.T) {
	after := func(name string) dag.Node { return dag.Node{DependsOn: []dag.Ref{dag.External(name)}} }
	remote := dag.Node{Extra: kustomizev1.KustomizationSpec{KubeConfig: &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "east"}}}}
	namespace := plan.Object{Kind: "Namespace", Name: "team"}
	definition := plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "databases.example.com"}
	database := plan.Object{Group: "example.com", Kind: "Database", Namespace: "data", Name: "main"}
	for _, c := range []struct {
		name    string
		nodes   map[string]dag.Node
		by      map[string][]string
		objects map[string][]plan.Object
		chosen  string
		want    []string
		note    string
	}{
		{name: "what depends on a parent goes before its children", nodes: map[string]dag.Node{"parent": {Ready: dag.WaitAll()}, "operator": {}, "app": after("parent")},
			by: map[string][]string{"operator": {"parent"}}, want: []string{"app", "operator", "parent"}},
		{name: "but for its children", nodes: map[string]dag.Node{"parent": {}, "one": after("parent"), "two": after("parent")},
			by: map[string][]string{"one": {"parent"}, "two": {"parent"}}, want: []string{"one two", "parent"}},
		{name: "and what a child waits for", nodes: map[string]dag.Node{"parent": {}, "app": after("parent"), "child": after("app")},
			by: map[string][]string{"child": {"parent"}}, want: []string{"child", "app", "parent"}},
		{name: "in a Namespace", nodes: map[string]dag.Node{"team": {}, "web": {}, "other": {Namespace: "team"}},
			objects: map[string][]plan.Object{"team": {namespace}, "web": {{Kind: "ConfigMap", Namespace: "team", Name: "web"}}}, want: []string{"web team/other", "team"}},
		{name: "a Namespace alone", nodes: map[string]dag.Node{"team": {}, "other": {Namespace: "team"}},
			objects: map[string][]plan.Object{"team": {namespace}}, chosen: "team", want: []string{"team/other", "team"}},
		{name: "a Namespace, and what others apply in it", nodes: map[string]dag.Node{"team": {}, "web": {}},
			objects: map[string][]plan.Object{"team": {namespace}, "web": {{Kind: "ConfigMap", Namespace: "team", Name: "web"}}}, chosen: "team", want: []string{"team"},
			note: "with the Namespaces in flux-system/team goes what is in them of flux-system/web, not taken down here: what stays fails from then on"},
		{name: "a Namespace with Kustomizations that others need", nodes: map[string]dag.Node{"team": {}, "other": {Namespace: "team"}, "web": after("team/other")},
			objects: map[string][]plan.Object{"team": {namespace}}, chosen: "team", want: []string{"web", "team/other", "team"}},
		{name: "the Namespace of the sync root", nodes: map[string]dag.Node{"flux-system": {}, "flux": {Namespace: "flux"}, "web": {Namespace: "web"}}, by: map[string][]string{"web": {"flux-system"}},
			objects: map[string][]plan.Object{"flux/flux": {{Kind: "Namespace", Name: "flux-system"}}}, chosen: "flux/flux", want: []string{"flux/flux"},
			note: "with the Namespaces in flux/flux go the Kustomizations flux-system/flux-system, web/web, not taken down here: Flux deletes what they applied too"},
		{name: "its own Namespace", nodes: map[string]dag.Node{"flux-system": {}},
			objects: map[string][]plan.Object{"flux-system": {{Kind: "Namespace", Name: "flux-system"}}}, chosen: "flux-system", want: []string{"flux-system"}, note: "in which it lies itself"},
		{name: "a source", nodes: map[string]dag.Node{"sources": {}, "web": {Source: dag.Source{Kind: "OCIRepository", Name: "web", Namespace: "flux-system"}}},
			objects: map[string][]plan.Object{"sources": {{Group: "source.toolkit.fluxcd.io", Kind: "OCIRepository", Namespace: "flux-system", Name: "web"}}}, want: []string{"web", "sources"}},
		{name: "a source alone", nodes: map[string]dag.Node{"sources": {}, "web": {Source: dag.Source{Kind: "OCIRepository", Name: "web", Namespace: "flux-system"}}},
			objects: map[string][]plan.Object{"sources": {{Group: "source.toolkit.fluxcd.io", Kind: "OCIRepository", Namespace: "flux-system", Name: "web"}}}, chosen: "sources",
			want: []string{"sources"}, note: "with flux-system/sources goes the source of flux-system/web"},
		{name: "custom resources of another cluster", nodes: map[string]dag.Node{"operator": {}, "database": remote},
			objects: map[string][]plan.Object{"operator": {definition}, "database": {database}}, want: []string{"database operator"}},
		{name: "both in another cluster", nodes: map[string]dag.Node{"operator": remote, "database": remote},
			objects: map[string][]plan.Object{"operator": {definition}, "database": {database}}, want: []string{"database", "operator"}},
		{name: "a Namespace of another cluster, and a Kustomization there of the name of one here", nodes: map[string]dag.Node{"team": remote, "web": remote, "other": {Namespace: "team"}},
			objects: map[string][]plan.Object{"team": {namespace}, "web": {{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "team", Name: "other"}}}, want: []string{"web team/other", "team"}},
		{name: "custom resources that are left", nodes: map[string]dag.Node{"operator": {}, "database": {Prune: new(false)}},
			objects: map[string][]plan.Object{"operator": {definition}, "database": {database}}, want: []string{"database", "operator"}, note: "the custom resources of flux-system/database, which leaves them"},
		{name: "both in one", nodes: map[string]dag.Node{"operator": {}},
			objects: map[string][]plan.Object{"operator": {definition, database}}, want: []string{"operator"}, note: "deletes all at once"},
		{name: "an operator from elsewhere", nodes: map[string]dag.Node{"database": {}},
			objects: map[string][]plan.Object{"database": {database}}, want: []string{"database"}, note: "see that they go last. The kinds: Database"},
		{name: "what stays as well", nodes: map[string]dag.Node{"blue": {}, "green": {}, "east": remote},
			objects: map[string][]plan.Object{"blue": {database, namespace}, "green": {database}, "east": {namespace}}, chosen: "blue", want: []string{"blue"},
			note: "with flux-system/blue go objects that are also in nodes that stay (flux-system/green), unless one of those applied them last, and come back when it reconciles: Database data/main"},
	} {
		s := applied(c.nodes, c.by)
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
		if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) {
			t.Errorf("%s: %q is not in %s", c.name, c.note, notes)
		}
	}
}

// key is a node's key; without a namespace, that of Flux.
func key(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	return "flux-system/" + name
}
