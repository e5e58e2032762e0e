package plan_test

import (
	"strings"
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
	idle := rapid.SampledFrom([]string{"", "", "broken", "missing"}).Draw(t, "idle") // a dependency is missing where all is known
	for i, name := range names {
		keys = append(keys, "flux-system/"+name)
		if i > 0 && rarely(t, 6, "namespace") {
			keys[i] = rapid.SampledFrom([]string{"n1/", "n2/"}).Draw(t, "of") + name
		}
	}
	for i, name := range names {
		namespace, _, _ := strings.Cut(keys[i], "/")
		n := dag.Node{Name: name, Namespace: namespace, Path: "./" + name, Prune: new(!rarely(t, 6, "no prune")), Extra: destroyedSpec(t)}
		if keys[i] == syncRoot { // what it applies is in its own cluster
			n.Extra.KubeConfig = nil
		}
		if rarely(t, 10, "kept") {
			n.Annotations = map[string]string{"kustomize.toolkit.fluxcd.io/prune": "disabled"}
		}
		if rarely(t, 6, "other source") {
			n.Source = dag.Source{Kind: "GitRepository", Name: "other", Namespace: rapid.SampledFrom([]string{"flux-system", "n1"}).Draw(t, "of")}
		}
		for j := range names {
			if (j < i || cyclic) && rarely(t, 5, "edge") {
				n.DependsOn = append(n.DependsOn, dag.External(keys[j]))
			}
		}
		if idle == "missing" && rarely(t, 6, "missing dependency") {
			n.DependsOn = append(n.DependsOn, dag.External("flux-system/nowhere"))
		}
		c.Nodes = append(c.Nodes, dag.Declare(n).At(dag.Position{File: "clusters/c/" + name + ".yaml", Line: 1}))
	}
	shared := map[string][]string{}
	for _, name := range names[1:] {
		if rarely(t, 4, "shared") {
			shared["clusters/c/"+name+".yaml"] = []string{"other"}
		}
	}
	s := plan.Side{Name: "c", Root: "clusters/c", SyncRoot: syncRoot, Graph: dag.Resolve(c), Objects: map[string][]plan.Object{}, AppliedBy: map[string][]string{},
		Build: func(*dag.Vertex) plan.Build { return plan.Build{Unknown: true} }, Elsewhere: func(file string) []string { return shared[file] }}
	for i, key := range keys {
		if idle == "broken" && rarely(t, 6, "broken") {
			s.Unread = append(s.Unread, dag.Diagnostic{Node: key, Code: "FD322"})
		}
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
	if rarely(t, 4, "account") {
		spec.ServiceAccountName = "runner"
	}
	if rarely(t, 4, "substitutes") {
		spec.PostBuild = &kustomizev1.PostBuild{SubstituteFrom: []kustomizev1.SubstituteReference{{Kind: "ConfigMap", Name: "east", Optional: rarely(t, 4, "optional")}}}
	}
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
		switch rapid.IntRange(0, 7).Draw(t, "kind") {
		case 0, 1:
			o.Group, o.Kind, o.Namespace, o.Name = "g"+number("group")+".example.com", "Thing", "n"+number("in"), key
		case 2:
			o.Group, o.Kind, o.Name = "apiextensions.k8s.io", "CustomResourceDefinition", "things.g"+number("group")+".example.com"
		case 3:
			o.Kind, o.Name = "Namespace", "n"+number("in")
		case 4:
			o.Group, o.Kind, o.Namespace, o.Name = "source.toolkit.fluxcd.io", "GitRepository", rapid.SampledFrom([]string{"flux-system", "n1"}).Draw(t, "in"), "other"
			o.Suspended = rarely(t, 4, "suspended")
		case 5:
			o.Group, o.Kind, o.Namespace, o.Name = "helm.toolkit.fluxcd.io", "HelmRelease", "default", key
			if rarely(t, 3, "operator") {
				o.Name = "example"
			}
			o.Installs = rapid.SampledFrom([]string{"", "n1", "n2"}).Draw(t, "installs")
		case 6:
			o = randomMeans(t, o)
		default:
			o.Group, o.Kind, o.Namespace, o.Name = "apps", "Deployment", "default", key
			o.Flux = rarely(t, 8, "flux")
		}
		objects = append(objects, o)
	}
	return objects
}

// randomMeans draws what a node may run with.
func randomMeans(t *rapid.T, o plan.Object) plan.Object {
	o.Namespace = rapid.SampledFrom([]string{"flux-system", "flux-system", "n1"}).Draw(t, "in")
	switch rapid.IntRange(0, 4).Draw(t, "means") {
	case 0:
		o.Kind, o.Name = "ServiceAccount", "runner"
	case 1:
		o.Group, o.Kind, o.Name = "rbac.authorization.k8s.io", "RoleBinding", "runs"
		o.Grants = rapid.SampledFrom([]string{"flux-system/runner", "n1/runner", "n1/*", "flux-system/other */*"}).Draw(t, "grants")
		o.Role = rapid.SampledFrom([]string{"Role/" + o.Namespace + "/runs", "ClusterRole//admin"}).Draw(t, "role")
	case 2:
		o.Group, o.Kind, o.Name = "rbac.authorization.k8s.io", "Role", "runs"
	default:
		o.Kind, o.Name = rapid.SampledFrom([]string{"ConfigMap", "Secret"}).Draw(t, "kind"), "east"
	}
	return o
}
