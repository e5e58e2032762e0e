package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestRenamedParent holds that a node that is renamed says what goes with it, and that the
// nodes that it applied are told of as one, whatever each of them loses.
func TestRenamedParent(t *testing.T) {
	side := func(parent string) plan.Side {
		parent = "flux-system/" + parent
		nodes := []dag.Ref{dag.Declare(dag.Node{Name: strings.TrimPrefix(parent, "flux-system/"), Path: "./apps", Prune: new(true)})}
		s := plan.Side{Name: "c", Root: "clusters/c", AppliedBy: map[string][]string{}, Objects: map[string][]plan.Object{}}
		for name, kinds := range map[string][]string{"a": {"PersistentVolumeClaim"}, "b": {"HelmRelease"}, "d": {"PersistentVolumeClaim", "HelmRelease"}, "e": {"ConfigMap"}} {
			nodes = append(nodes, dag.Declare(dag.Node{Name: name, Path: "./" + name, Prune: new(true)}))
			key := "flux-system/" + name
			s.AppliedBy[key] = []string{parent}
			s.Objects[parent] = append(s.Objects[parent], plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: name})
			for _, kind := range kinds {
				s.Objects[key] = append(s.Objects[key], plan.Object{Group: map[string]string{"HelmRelease": "helm.toolkit.fluxcd.io"}[kind], Kind: kind, Namespace: "x", Name: name})
			}
		}
		s.Graph = dag.Resolve(dag.Cluster{Name: "c", Nodes: nodes})
		s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
		return s
	}
	p := plan.Compare([]plan.Side{side("apps")}, []plan.Side{side("workloads")})
	text := strings.Join(strings.Fields(written(t, p, plan.Text)), " ")
	for _, want := range []string{
		"c (clusters/c): 1 renamed, deletes objects of 4 nodes, 4 changed",
		"With it go 4 Kustomizations that it applied, and all that these applied: 2 claims with their data, unless reclaimPolicy: Retain keeps the volume, and 2 releases with the claims that they made.",
		"PRUNE 4 nodes Each goes with flux-system/apps",
		"The steps that rename flux-system/apps without loss keep it too.",
		"objects: 5 objects, of them 2 PersistentVolumeClaim, 2 HelmRelease",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, written(t, p, plan.Text))
		}
	}
}

// TestRenamedWithoutSteps holds that a child of a node that is renamed is said to be kept by its steps
// only where there are any: not where the new one is stuck, or does not change in place what it
// applies.
func TestRenamedWithoutSteps(t *testing.T) {
	job := func(fixed string) plan.Object {
		return plan.Object{Group: "batch", Kind: "Job", Namespace: "x", Name: "j", Digest: fixed, Fixed: `{"template":"` + fixed + `"}`}
	}
	child := plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "flux-system", Name: "a"}
	side := func(parent, template string, on ...dag.Ref) plan.Side {
		key := "flux-system/" + parent
		s := plan.Side{Name: "c", Root: "clusters/c", AppliedBy: map[string][]string{"flux-system/a": {key}},
			Objects: map[string][]plan.Object{key: {child, job(template)}, "flux-system/a": {{Kind: "ConfigMap", Namespace: "x", Name: "a"}}},
			Graph: dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{
				dag.Declare(dag.Node{Name: parent, Path: "./apps", Prune: new(true), DependsOn: on}), dag.Declare(dag.Node{Name: "a", Path: "./a", Prune: new(true)})}})}
		s.Build = func(v *dag.Vertex) plan.Build { return plan.Build{Objects: s.Objects[v.Key()]} }
		return s
	}
	for name, c := range map[string]struct {
		head plan.Side
		want bool
	}{
		"with steps":             {side("workloads", "1"), true},
		"what it waits for, not": {side("workloads", "1", dag.External("nowhere")), false},
		"not in place":           {side("workloads", "2"), false},
	} {
		steps, said := false, false
		for _, change := range compare(t, side("apps", "1"), c.head).Changes {
			steps = steps || change.Kind == plan.Rename && len(change.Steps) > 0
			said = said || change.Node == "flux-system/a" && strings.Contains(change.Effect, "The steps that rename flux-system/apps without loss keep it too.")
			if change.Node == "flux-system/a" && !strings.Contains(change.Effect, "It goes with flux-system/apps, which applied it") {
				t.Errorf("%s: %s", name, change.Effect)
			}
		}
		if steps != c.want || said != c.want {
			t.Errorf("%s: steps %t, said %t", name, steps, said)
		}
	}
}
