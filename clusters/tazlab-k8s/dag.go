// Package tazlabk8s declares the Flux graph of the cluster tazlab-k8s.
package tazlabk8s

import (
	"time"

	"github.com/tazlab/fluxdag/dag"
)

//go:generate go run ../../cmd/manifests generate tazlab-k8s

// Cluster is the whole graph, level by level.
var Cluster = dag.Cluster{
	Name: "tazlab-k8s",
	Defaults: dag.Defaults{
		Namespace:      "flux-system",
		Interval:       time.Hour,
		Timeout:        5 * time.Minute,
		Prune:          new(true),
		Source:         dag.Source{Kind: "GitRepository", Name: "flux-system"},
		Ready:          dag.Applied(),
		SubstituteFrom: []dag.SubstituteReference{{Kind: "ConfigMap", Name: "cluster-vars"}},
	},
	Levels: []dag.Level{
		{Name: "Foundation", Nodes: []dag.Ref{operatorsCore, operatorsData, operatorsNamespaces}},
		{Name: "Physical Bridge", Nodes: []dag.Ref{bridge, monitoring}},
		{Name: "Identity & Secrets", Nodes: []dag.Ref{configs}},
		{Name: "Workloads & Storage", Nodes: []dag.Ref{appsData, appsOpenclaw, appsStatic, appsStaticWiki, instances}},
		{Name: "Access Management", Nodes: []dag.Ref{auth}},
	},
}

// Level 0: Foundation.

var operatorsCore = dag.Declare(dag.Node{
	Name:        "infrastructure-operators-core",
	Description: "Traefik, cert-manager, reloader",
	Path:        "./infrastructure/operators/core",
	Ready:       dag.WaitAll(),
})

var operatorsData = dag.Declare(dag.Node{
	Name:        "infrastructure-operators-data",
	Description: "the PostgreSQL operator (PGO)",
	Path:        "./infrastructure/operators/data",
	Ready:       dag.WaitAll(),
})

var operatorsNamespaces = dag.Declare(dag.Node{
	Name:        "infrastructure-operators-namespaces",
	Description: "namespaces",
	Path:        "./infrastructure/operators/namespaces",
	Ready: dag.HealthChecks(
		dag.HealthCheck{APIVersion: "apps/v1", Kind: "DaemonSet", Name: "kube-flannel", Namespace: "kube-system"},
		dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: "coredns", Namespace: "kube-system"},
	),
})

// Level 1: Physical Bridge.

var bridge = dag.Declare(dag.Node{
	Name:        "infrastructure-bridge",
	Description: "IngressClass, ClusterIssuer",
	Path:        "./infrastructure/cluster-bridge",
	DependsOn:   []dag.Ref{operatorsNamespaces, operatorsCore},
	Ready:       dag.WaitAll(),
})

var monitoring = dag.Declare(dag.Node{
	Name:        "infrastructure-monitoring",
	Description: "the Prometheus and Grafana stack",
	Path:        "./infrastructure/operators/monitoring",
	DependsOn:   []dag.Ref{operatorsNamespaces},
	Ready:       dag.WaitAll(),
	Timeout:     10 * time.Minute,
})

// Level 2: Identity & Secrets.

var configs = dag.Declare(dag.Node{
	Name:        "infrastructure-configs",
	Description: "ExternalSecret resources",
	Path:        "./infrastructure/configs",
	DependsOn:   []dag.Ref{bridge},
	Timeout:     10 * time.Minute,
})

// Level 3: Workloads & Storage.

var appsData = dag.Declare(dag.Node{
	Name:        "apps-data",
	Description: "mnemosyne-mcp",
	Path:        "./apps/cluster/mnemosyne-mcp",
	DependsOn:   []dag.Ref{configs},
	Interval:    15 * time.Minute,
})

var appsOpenclaw = dag.Declare(dag.Node{
	Name:          "apps-openclaw",
	Description:   "openclaw",
	Path:          "./infrastructure/instances/openclaw",
	DependsOn:     []dag.Ref{configs},
	RetryInterval: time.Minute,
})

var appsStatic = dag.Declare(dag.Node{
	Name:        "apps-static",
	Description: "hugo-blog",
	Path:        "./apps/cluster/hugo-blog",
	DependsOn:   []dag.Ref{configs},
	Interval:    15 * time.Minute,
})

var appsStaticWiki = dag.Declare(dag.Node{
	Name:        "apps-static-wiki",
	Description: "hugo-wiki",
	Path:        "./apps/cluster/hugo-wiki",
	DependsOn:   []dag.Ref{configs},
	Interval:    15 * time.Minute,
})

var instances = dag.Declare(dag.Node{
	Name:          "infrastructure-instances",
	Description:   "PostgresCluster, the traefik Service, the longhorn Ingress",
	Path:          "./infrastructure/cluster-instances",
	DependsOn:     []dag.Ref{configs, operatorsData},
	RetryInterval: 2 * time.Minute,
	Timeout:       10 * time.Minute,
	SubstituteFrom: []dag.SubstituteReference{
		{Kind: "ConfigMap", Name: "cluster-vars"},
		{Kind: "Secret", Name: "grafana-bootstrap-secret"},
	},
})

// Level 4: Access Management.

var auth = dag.Declare(dag.Node{
	Name:        "infrastructure-auth",
	Description: "Dex, OAuth2 Proxy",
	Path:        "./infrastructure/auth",
	DependsOn:   []dag.Ref{instances},
})
