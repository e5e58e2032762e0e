package dag

import (
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/apis/meta"
)

var specCases = ruleCases{
	"FD201": {fires: absentFields, quiet: presentFields},
	"FD216": {
		fires: func() []Cluster {
			return one(node(1, Node{Name: "web", TargetNamespace: strings.Repeat("n", 64),
				Extra: kustomizev1.KustomizationSpec{NamePrefix: strings.Repeat("p", 201), NameSuffix: strings.Repeat("s", 201)}}))
		},
		quiet: func() []Cluster {
			return one(node(1, Node{Name: "web", TargetNamespace: strings.Repeat("n", 63),
				Extra: kustomizev1.KustomizationSpec{NamePrefix: strings.Repeat("ä", 200), NameSuffix: strings.Repeat("s", 200)}}))
		},
	},
	"FD217": {
		fires: func() []Cluster {
			return one(
				node(1, Node{Name: "neither", Extra: remote(false, false)}),
				node(2, Node{Name: "both", Extra: remote(true, true)}),
			)
		},
		quiet: func() []Cluster {
			return one(
				node(1, Node{Name: "secret", Extra: remote(true, false)}),
				node(2, Node{Name: "config", Extra: remote(false, true)}),
				node(3, Node{Name: "local"}),
			)
		},
	},
	"FD218": {
		fires: func() []Cluster {
			return one(fromSource(1, "HelmRepository"), fromSource(2, "gitrepository"))
		},
		quiet: func() []Cluster {
			return one(fromSource(1, "GitRepository"), fromSource(2, "OCIRepository"), fromSource(3, "Bucket"), fromSource(4, "ExternalArtifact"))
		},
	},
	"FD219": {fires: unknownValues, quiet: knownValues},
	"FD220": {
		fires: func() []Cluster {
			db := node(1, Node{Name: "db", Extra: kustomizev1.KustomizationSpec{Suspend: true}})
			ns := node(2, Node{Name: "ns", Extra: kustomizev1.KustomizationSpec{Suspend: true}})
			return one(db, ns,
				node(3, Node{Name: "web", DependsOn: []Ref{db, ns}}),
				node(4, Node{Name: "api", DependsOn: []Ref{ns}}),
				node(5, Node{Name: "elsewhere", DependsOn: []Ref{ns}, Source: Source{Kind: "Bucket", Name: "apps"}}),
			)
		},
		quiet: func() []Cluster {
			db := node(1, Node{Name: "db"})
			off := node(3, Node{Name: "off", Extra: kustomizev1.KustomizationSpec{Suspend: true}})
			return one(db, node(2, Node{Name: "web", DependsOn: []Ref{db}, Extra: kustomizev1.KustomizationSpec{Suspend: true}}),
				off,
				node(4, Node{Name: "judges", DependsOn: []Ref{off.When("true")}}),
				node(5, Node{Name: "elsewhere", DependsOn: []Ref{off}, Source: Source{Kind: "Bucket", Name: "apps"}}),
			)
		},
	},
}

// remote names another cluster, by a Secret, a ConfigMap, both or neither.
func remote(secret, config bool) kustomizev1.KustomizationSpec {
	k := &meta.KubeConfigReference{}
	if secret {
		k.SecretRef = &meta.SecretKeyReference{Name: "kubeconfig"}
	}
	if config {
		k.ConfigMapRef = &meta.LocalObjectReference{Name: "kubeconfig"}
	}
	return kustomizev1.KustomizationSpec{KubeConfig: k}
}

// fromSource is a node whose source is of that kind, which names it too.
func fromSource(line int, kind string) Ref {
	return node(line, Node{Name: strings.ToLower(kind), Source: Source{Kind: kind, Name: "x"}})
}

// absentFields leave out what the API server requires: of the spec, and of each
// list and struct whose members it requires.
func absentFields() []Cluster {
	bare := unleveled(node(1, Node{Name: "bare", Path: "./apps"}))
	bare.Defaults = Defaults{}
	return append([]Cluster{bare}, one(
		node(2, Node{Name: "source", Source: Source{Namespace: "flux-system"}}),
		node(3, Node{Name: "checks", Ready: HealthChecks(HealthCheck{Namespace: "apps"})}),
		node(4, Node{Name: "exprs", Ready: WaitAll(HealthCheckExpr{Kind: "Widget"})}),
		node(5, Node{Name: "variables", SubstituteFrom: []SubstituteReference{{Optional: true}}}),
		node(6, Node{Name: "secrets", Extra: kustomizev1.KustomizationSpec{Decryption: &kustomizev1.Decryption{}}}),
		node(7, Node{Name: "unchecked", Ready: HealthChecks()}),
		node(8, Node{Name: "edges", Extra: byName([2]string{"team", ""})}),
		node(9, Node{Name: "transformers", Extra: kustomizev1.KustomizationSpec{
			Patches: []kustomize.Patch{{}}, Images: []kustomize.Image{{}}, Ignore: []kustomizev1.IgnoreRule{{}}}}),
		node(10, Node{Name: "names", Extra: kustomizev1.KustomizationSpec{
			Decryption: &kustomizev1.Decryption{Provider: "sops", SecretRef: &meta.LocalObjectReference{}},
			KubeConfig: &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{}}}}),
		node(11, Node{Name: "map", Extra: kustomizev1.KustomizationSpec{
			KubeConfig: &meta.KubeConfigReference{ConfigMapRef: &meta.LocalObjectReference{}}}}),
	)...)
}

// presentFields set the required ones in each place that may set them.
func presentFields() []Cluster {
	extra := kustomizev1.KustomizationSpec{Path: "./apps", Prune: true, SourceRef: complete.Source}
	extra.Interval.Duration = time.Hour
	own := unleveled(
		node(1, Node{Name: "named", Path: "./apps", Interval: time.Hour, Prune: new(false), Source: complete.Source}),
		node(2, Node{Name: "extra", Extra: extra}),
	)
	own.Defaults = Defaults{}
	inherited := unleveled(node(3, Node{Name: "inherited"}))
	inherited.Defaults = Defaults{Extra: extra}
	return []Cluster{own, inherited, unleveled(
		node(4, Node{Name: "checks", Ready: HealthChecks(check("", "Deployment"))}), // apiVersion is optional
		node(5, Node{Name: "exprs", Ready: WaitAll(HealthCheckExpr{APIVersion: "example.com/v1", HealthCheckExpressions: expr.HealthCheckExpressions})}),
		node(6, Node{Name: "none", Ready: Applied(), SubstituteFrom: []SubstituteReference{}}),
		node(7, Node{Name: "secrets", Extra: kustomizev1.KustomizationSpec{Decryption: &kustomizev1.Decryption{Provider: "sops"}}}),
	)}
}

// valued sets each field that has a fixed set of values.
func valued(deletion, provider, strategy string, options ...kustomizev1.BuildMetadataOption) kustomizev1.KustomizationSpec {
	return kustomizev1.KustomizationSpec{
		DeletionPolicy: deletion,
		Decryption:     &kustomizev1.Decryption{Provider: provider},
		PostBuild:      &kustomizev1.PostBuild{SubstituteStrategy: kustomizev1.SubstituteStrategy(strategy)},
		BuildMetadata:  options,
	}
}

func unknownValues() []Cluster {
	return one(node(1, Node{Name: "web", Extra: valued("Keep", "vault", "Never", "originAnnotations", "managedByLabel")}))
}

func knownValues() []Cluster {
	return one(
		node(1, Node{Name: "a", Extra: valued("MirrorPrune", "sops", "WithVariables", "originAnnotations")}),
		node(2, Node{Name: "b", Extra: valued("Delete", "sops", "Always", "transformerAnnotations")}),
		node(3, Node{Name: "c", Extra: valued("WaitForTermination", "sops", "")}),
		node(4, Node{Name: "d", Extra: valued("Orphan", "sops", "")}),
	)
}
