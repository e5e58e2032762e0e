package plan_test

import (
	"fmt"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

const syncRoot = "flux-system/flux-system"

// rarely is true one time in n.
func rarely(t *rapid.T, n int, what string) bool { return rapid.IntRange(1, n).Draw(t, what) == n }

// randomTeardown draws a cluster in which something may stand in the way of every step of
// a teardown: who applies whom, what is suspended or kept, definitions, Namespaces, sources
// and other clusters.
func randomTeardown(t *rapid.T, cyclic bool) plan.Side {
	names := []string{"flux-system", "a", "b", "c", "d", "e", "f"}[:rapid.IntRange(1, 7).Draw(t, "nodes")]
	c := dag.Cluster{Name: "c", Defaults: dag.Defaults{Interval: time.Hour, Source: dag.Source{Kind: "GitRepository", Name: "flux-system", Namespace: "flux-system"}}}
	var keys []string
	for i, name := range names {
		n := dag.Node{Name: name, Namespace: "flux-system", Path: "./" + name, Prune: new(!rarely(t, 6, "no prune")), Extra: destroyedSpec(t)}
		if i > 0 && rarely(t, 6, "namespace") {
			n.Namespace = rapid.SampledFrom([]string{"n1", "n2"}).Draw(t, "of")
		}
		if rarely(t, 10, "kept") {
			n.Annotations = map[string]string{"kustomize.toolkit.fluxcd.io/prune": "disabled"}
		}
		if rarely(t, 6, "other source") {
			n.Source = dag.Source{Kind: "GitRepository", Name: "other", Namespace: rapid.SampledFrom([]string{"flux-system", "n1"}).Draw(t, "of")}
		}
		for j := range names {
			if (j < i || cyclic) && rarely(t, 5, "edge") {
				n.DependsOn = append(n.DependsOn, dag.External(fmt.Sprint("flux-system/", names[j])))
			}
		}
		keys = append(keys, n.Namespace+"/"+name)
		c.Nodes = append(c.Nodes, dag.Declare(n))
	}
	s := plan.Side{Name: "c", Root: "clusters/c", SyncRoot: syncRoot, Graph: dag.Resolve(c), Objects: map[string][]plan.Object{}, AppliedBy: map[string][]string{}}
	for i, key := range keys {
		s.Objects[key] = randomObjects(t, key)
		for j, parent := range keys {
			if parent == syncRoot && !rarely(t, 3, "elsewhere") || (j < i || cyclic) && s.Graph.Lookup(parent).Object().Spec.KubeConfig == nil && rarely(t, 5, "applied") {
				s.AppliedBy[key] = append(s.AppliedBy[key], parent)
			}
		}
	}
	for _, key := range keys {
		for _, parent := range s.AppliedBy[key] {
			v := s.Graph.Lookup(key).Object()
			s.Objects[parent] = append(s.Objects[parent], plan.Object{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: v.Namespace, Name: v.Name})
		}
	}
	return s
}

func destroyedSpec(t *rapid.T) kustomizev1.KustomizationSpec {
	spec := kustomizev1.KustomizationSpec{Suspend: rarely(t, 8, "suspend")}
	spec.DeletionPolicy = rapid.SampledFrom([]string{"", "", "", "Orphan", "Delete", "WaitForTermination", "MirrorPrune"}).Draw(t, "policy")
	if rarely(t, 8, "remote") {
		spec.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: rapid.SampledFrom([]string{"east", "west"}).Draw(t, "cluster")}}
	}
	return spec
}

// randomObjects draws what a node applies beside Kustomizations.
func randomObjects(t *rapid.T, key string) []plan.Object {
	number := func(what string) string { return rapid.SampledFrom([]string{"1", "2"}).Draw(t, what) }
	var objects []plan.Object
	for range rapid.IntRange(0, 3).Draw(t, "objects") {
		o := plan.Object{Kept: rarely(t, 8, "kept")}
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0, 1:
			o.Group, o.Kind, o.Namespace, o.Name = "g"+number("group")+".example.com", "Thing", "n"+number("in"), key
		case 2:
			o.Group, o.Kind, o.Name = "apiextensions.k8s.io", "CustomResourceDefinition", "things.g"+number("group")+".example.com"
		case 3:
			o.Kind, o.Name = "Namespace", "n"+number("in")
		case 4:
			o.Group, o.Kind, o.Namespace, o.Name = "source.toolkit.fluxcd.io", "GitRepository", rapid.SampledFrom([]string{"flux-system", "n1"}).Draw(t, "in"), "other"
		default:
			o.Group, o.Kind, o.Namespace, o.Name = "apps", "Deployment", "default", key
		}
		objects = append(objects, o)
	}
	return objects
}
