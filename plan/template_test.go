package plan_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// template is a cluster in which one document makes a database for each of three applications.
func template() plan.Side {
	c := dag.Cluster{Name: "c", Nodes: []dag.Ref{dag.Declare(dag.Node{Name: "flux-system", Path: "./c"})}}
	s := plan.Side{Name: "c", Root: "c", SyncRoot: syncRoot, AppliedBy: map[string][]string{syncRoot: {syncRoot}}, Objects: map[string][]plan.Object{}}
	for _, app := range []string{"one", "two", "three"} {
		c.Nodes = append(c.Nodes, dag.Declare(dag.Node{Name: app, Path: "./" + app, Prune: new(true)}).At(dag.Position{File: "c/" + app + ".yaml", Line: 1, Column: 1}),
			dag.Declare(dag.Node{Name: app + "-db", Path: "./db-" + app, Prune: new(true)}).At(dag.Position{File: "components/db/ks.yaml", Line: 1, Column: 1}))
		s.AppliedBy["flux-system/"+app], s.AppliedBy["flux-system/"+app+"-db"] = []string{syncRoot}, []string{"flux-system/" + app}
		s.Objects["flux-system/"+app] = []plan.Object{{Kind: "ConfigMap", Name: app}, {Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: app + "-db"}}
		s.Objects["flux-system/"+app+"-db"] = []plan.Object{{Kind: "PersistentVolumeClaim", Namespace: "default", Name: app}}
	}
	s.Graph = dag.Resolve(c)
	return s
}

// TestDestroyTemplate holds that a document which makes several nodes is not what is deleted of one of
// them, nor where its deletionPolicy is set.
func TestDestroyTemplate(t *testing.T) {
	for _, c := range []struct {
		names  string
		makes  [][]string // by node that goes
		patch  []string
		policy bool // it is set by a patch
	}{
		{"one-db", [][]string{{"flux-system/three-db", "flux-system/two-db"}}, []string{"flux-system/one"}, true},
		{"one-db two-db", [][]string{{"flux-system/three-db"}, {"flux-system/three-db"}}, []string{"flux-system/one"}, true},
		{"one-db two-db three-db", [][]string{nil, nil, nil}, nil, false},
		{"one", [][]string{{"flux-system/three-db", "flux-system/two-db"}, nil}, []string{"flux-system/one"}, true},
	} {
		var keys []string
		for _, name := range strings.Fields(c.names) {
			keys = append(keys, "flux-system/"+name)
		}
		out := plan.Destroy(template(), keys)
		var makes [][]string
		for _, stage := range out.Stages {
			for _, r := range stage.Nodes {
				makes = append(makes, r.Makes)
				if r.Beside {
					t.Errorf("%s: only the document of %s goes", c.names, r.Node)
				}
			}
		}
		if diff := cmp.Diff(c.makes, makes, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", c.names, diff)
		}
		if diff := cmp.Diff(c.patch, out.Stages[0].Nodes[0].Patch); diff != "" {
			t.Errorf("%s: %s", c.names, diff)
		}
		if told := slices.ContainsFunc(out.Notes, func(note string) bool {
			return strings.HasPrefix(note, "to set deletionPolicy first, leave the documents of these as they are, which make other nodes too")
		}); told != c.policy {
			t.Errorf("%s: told %t: %q", c.names, told, out.Notes)
		}
		var text bytes.Buffer
		if err := plan.DestroyText(&text, []plan.Teardown{out}); err != nil {
			t.Fatal(err)
		}
		words := strings.Join(strings.Fields(text.String()), " ")
		if told := strings.Contains(words, "by $patch: delete (of the name as it stands in the document) in spec.patches of flux-system/one, or in"); told != (c.patch != nil) {
			t.Errorf("%s: told %t: %s", c.names, told, words)
		}
	}
}

// TestTemplateSteps holds that steps do not have the document of several nodes changed for one of them.
func TestTemplateSteps(t *testing.T) {
	base, head := template(), template()
	c := dag.Cluster{Name: "c"}
	for v := range base.Graph.Vertices() {
		o := v.Object()
		n := dag.Node{Name: o.Name, Path: o.Spec.Path, Prune: new(o.Spec.Prune)}
		if o.Name == "one-db" {
			n.Name = "first-db"
		}
		c.Nodes = append(c.Nodes, dag.Declare(n).At(v.Position()))
	}
	head.Graph = dag.Resolve(c)
	head.Objects["flux-system/first-db"], head.AppliedBy["flux-system/first-db"] = head.Objects["flux-system/one-db"], []string{"flux-system/one"}
	delete(head.Objects, "flux-system/one-db")
	head.Objects["flux-system/one"][1].Name = "first-db"
	const in = "in components/db/ks.yaml (that makes flux-system/three-db, flux-system/two-db too: set it for this one alone, by a patch in what applies it)"
	const from = "from components/db/ks.yaml (that makes flux-system/three-db, flux-system/two-db too: leave out this one alone, by $patch: delete in what applies it)"
	var steps []string
	for _, change := range plan.Compare([]plan.Side{base}, []plan.Side{head}).Clusters[0].Changes {
		for _, step := range change.Steps {
			steps = append(steps, step.Do)
		}
	}
	if all := strings.Join(steps, "\n"); !strings.Contains(all, in) || !strings.Contains(all, from) {
		t.Error(all)
	}
}
