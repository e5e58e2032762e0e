package repo

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestFixed holds of each kind one change that cannot be made in place, and one that can.
func TestFixed(t *testing.T) {
	const rbac, storage, helm = "rbac.authorization.k8s.io/v1", "storage.k8s.io/v1", "helm.toolkit.fluxcd.io/v2"
	template := "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: x}]}}"
	for _, test := range []struct{ apiVersion, kind, before, never, inPlace string }{
		{"batch/v1", "Job", "spec: {" + template + "}", "spec: {" + strings.Replace(template, "x", "y", 1) + "}", "spec: {completionMode: NonIndexed, suspend: true, " + template + "}"},
		{"v1", "PersistentVolumeClaim", "spec: {storageClassName: a, resources: {requests: {storage: 1Gi}}}", "spec: {storageClassName: '', resources: {requests: {storage: 1Gi}}}", "spec: {volumeMode: Filesystem, storageClassName: a, resources: {requests: {storage: 1Gi}, limits: {storage: 2Gi}}}"},
		{"v1", "PersistentVolumeClaim", "spec: {resources: {requests: {storage: 1Gi}}}", "spec: {resources: {requests: {storage: 1Mi}}}", "spec: {resources: {requests: {storage: 1Gi}}, volumeAttributesClassName: a}"},
		{"v1", "PersistentVolume", "spec: {hostPath: {path: /a}}", "spec: {hostPath: {path: /b}}", "spec: {hostPath: {path: /a}, capacity: {storage: 1Gi}}"},
		{"apps/v1", "StatefulSet", "spec: {serviceName: a, " + template + "}", "spec: {serviceName: b, " + template + "}", "spec: {serviceName: a, replicas: 2, podManagementPolicy: OrderedReady}"},
		{"apps/v1", "Deployment", "spec: {selector: {matchLabels: {a: b}}, " + template + "}", "spec: {selector: {matchLabels: {a: c}}}", "spec: {selector: {matchLabels: {a: b}}, replicas: 2}"},
		{"apps/v1", "DaemonSet", "spec: {selector: {matchLabels: {a: b}}}", "spec: {selector: {matchLabels: {a: b, c: d}}}", "spec: {selector: {matchLabels: {a: b}}, " + template + "}"},
		{"apps/v1", "ReplicaSet", "spec: {selector: {matchLabels: {a: b}}}", "spec: {}", "spec: {selector: {matchLabels: {'a': 'b'}}} # the same"},
		{"v1", "Service", "spec: {ports: [{port: 80}]}", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec: {clusterIP: '', ports: [{port: 81}]}"},
		{"v1", "Service", "spec: {clusterIP: 10.0.0.1}", "spec: {clusterIP: 10.0.0.2}", "spec: {clusterIP: 10.0.0.1, type: NodePort}"},
		{"v1", "PersistentVolumeClaim", "spec: {dataSource: {kind: a, name: b}}", "spec: {}", "spec: {dataSourceRef: {name: b, kind: a}, selector: {}}"},
		{"apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster, names: {kind: A}}", "spec: {scope: Namespaced, names: {kind: A}}", "spec: {scope: Cluster, names: {kind: A, shortNames: [a]}}"},
		{"apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster, names: {kind: A}}", "spec: {scope: Cluster, names: {kind: B}}", "spec: {scope: Cluster, names: {kind: A}, versions: [{name: v1}]}"},
		{"apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {scope: Cluster, versions: [{name: v1, storage: true}]}", "spec: {scope: Cluster, versions: [{name: v2, storage: true}]}", "spec: {scope: Cluster, versions: [{name: v1, storage: true, served: true}]}"},
		{"apps/v1", "StatefulSet", "spec: {serviceName: a}", "spec: {serviceName: a, volumeClaimTemplates: [{metadata: {name: b}}]}", "spec: {serviceName: a, volumeClaimTemplates: []}"},
		{"apps/v1", "StatefulSet", "spec: {volumeClaimTemplates: [{metadata: {name: b}, spec: {resources: {requests: {storage: 10Gi}}}}]}", "spec: {volumeClaimTemplates: [{metadata: {name: b}, spec: {resources: {requests: {storage: 11Gi}}}}]}",
			"spec: {volumeClaimTemplates: [{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: b, labels: {}, creationTimestamp: null}, spec: {volumeMode: Filesystem, resources: {requests: {storage: 10240Mi}}}, status: {}}]}"},
		{"apps/v1", "Deployment", "spec: {selector: {matchLabels: {protocol: TCP}}}", "spec: {selector: {matchLabels: {}}}", "spec: {selector: {matchExpressions: [], matchLabels: {protocol: TCP}}}"},
		{rbac, "RoleBinding", "roleRef: {kind: Role, name: a}", "roleRef: {kind: ClusterRole, name: a}", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}"},
		{"batch/v1", "Job", "spec: {template: {spec: {containers: [{name: a, image: 'r:5000/x:1', resources: {limits: {cpu: '1'}}}]}}}", "spec: {template: {spec: {containers: [{name: a, image: 'r:5000/x:1', imagePullPolicy: Always, resources: {limits: {cpu: '1'}}}]}}}",
			"spec: {template: {metadata: {creationTimestamp: null}, spec: {terminationGracePeriodSeconds: 30, containers: [{name: a, image: 'r:5000/x:1', imagePullPolicy: IfNotPresent, ports: [], resources: {limits: {cpu: 1000m}}}]}}}"},
		{"batch/v1", "Job", "spec: {completions: 2}", "spec: {completions: 3}", "spec: {completions: 2, parallelism: 2, backoffLimit: 4}"},
		{"v1", "Pod", "spec: {containers: [{name: a, image: x, env: [{name: A, valueFrom: {fieldRef: {fieldPath: a}}}]}]}", "spec: {containers: [{name: a, image: x, env: [{name: A, value: b}]}]}",
			"spec: {restartPolicy: Always, containers: [{name: a, image: 'y:1', imagePullPolicy: Always, env: [{name: A, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: a}}}]}]}"},
		{"v1", "ResourceQuota", "spec: {scopes: [BestEffort, NotTerminating]}", "spec: {scopes: [BestEffort]}", "spec: {hard: {pods: 3}, scopes: [NotTerminating, BestEffort]}"},
		{"discovery.k8s.io/v1", "EndpointSlice", "addressType: IPv4", "addressType: IPv6", "addressType: IPv4\nendpoints: []"},
		{"networking.k8s.io/v1", "IngressClass", "spec: {controller: a}", "spec: {controller: b}", "spec: {controller: a, parameters: {kind: a, name: b}}"},
		{"node.k8s.io/v1", "RuntimeClass", "handler: a", "handler: b", "handler: a\nscheduling: {nodeSelector: {a: b}}"},
		{"resource.k8s.io/v1", "ResourceClaimTemplate", "spec: {spec: {devices: {requests: [{name: a, exactly: {deviceClassName: b}}]}}}", "spec: {spec: {devices: {requests: [{name: a, exactly: {deviceClassName: c}}]}}}",
			"spec: {metadata: {}, spec: {devices: {requests: [{name: a, exactly: {allocationMode: ExactCount, count: 1, deviceClassName: b}}]}}}"},
		{"resource.k8s.io/v1", "ResourceClaimTemplate", "spec: {spec: {devices: {requests: [{name: a, exactly: {deviceClassName: b}}]}}}", "spec: {spec: {devices: {requests: [{name: a, exactly: {count: 2, deviceClassName: b}}]}}}",
			"spec: {spec: {devices: {requests: [{name: a, deviceClassName: b}]}}} # as v1beta1 writes it"},
		{"scheduling.k8s.io/v1", "PriorityClass", "value: 1", "value: 2", "value: 1\npreemptionPolicy: PreemptLowerPriority\ndescription: a"},
		{"scheduling.k8s.io/v1", "PriorityClass", "value: 1", "value: 1\npreemptionPolicy: Never", "value: 1\nglobalDefault: true"},
		{storage, "CSIDriver", "spec: {podInfoOnMount: false}", "spec: {attachRequired: false}", "spec: {attachRequired: true, podInfoOnMount: true, fsGroupPolicy: File}"},
		{storage, "VolumeAttributesClass", "driverName: a\nparameters: {a: b}", "driverName: a\nparameters: {a: c}", "driverName: a\nparameters: {'a': b}"},
		{"v1", "Secret", "stringData: {a: b}", "type: kubernetes.io/tls\nstringData: {a: b}", "type: Opaque\nstringData: {a: c}"},
		{"v1", "Secret", "immutable: true\nstringData: {a: b}", "immutable: true\nstringData: {a: c}", "stringData: {a: b}\nimmutable: true"},
		{"v1", "ConfigMap", "immutable: true\ndata: {a: b}", "data: {a: b}", "immutable: true\ndata: {a: b}\nbinaryData:"},
		{rbac, "RoleBinding", "roleRef: {name: a}", "roleRef: {name: b}", "roleRef: {name: a}\nsubjects: [{name: c}]"},
		{rbac, "ClusterRoleBinding", "roleRef: {name: a}", "roleRef: {name: b}", "roleRef: {name: a}\nsubjects: [{name: c}]"},
		{storage, "StorageClass", "provisioner: a", "provisioner: a\nvolumeBindingMode: WaitForFirstConsumer", "provisioner: a\nreclaimPolicy: Delete\nallowVolumeExpansion: true"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {inputs: [{a: b}]}", "spec: {inputs: [{a: c}]}", "spec: {inputs: [{'a': b}]}"},
		{"fluxcd.controlplane.io/v1", "FluxInstance", "spec: {sync: {path: a}}", "spec: {components: [source-controller], sync: {path: a}}", "spec: {sync: {path: a}, distribution: {version: 2.x}}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resources: [{apiVersion: v1, kind: Secret, metadata: {name: << inputs.a >>}}]}", "spec: {resources: [{apiVersion: v1, kind: Secret, metadata: {name: << inputs.b >>}}]}",
			"spec: {wait: true, resources: [{apiVersion: v1, kind: Secret, metadata: {labels: {a: b}, name: << inputs.a >>}}]}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {steps: [{resources: [{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {path: a}}]}]}", "spec: {steps: [{resources: [{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a}, spec: {path: b}}]}]}",
			"spec: {steps: [{name: b, resources: [{apiVersion: kustomize.toolkit.fluxcd.io/v1beta2, kind: Kustomization, metadata: {name: a}, spec: {path: a, interval: 1m}}]}]}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resourcesTemplate: \"kind: Secret\\nmetadata:\\n  name: a\\ndata: {}\"}", "spec: {resourcesTemplate: \"kind: Secret\\nmetadata:\\n  name: b\\ndata: {}\"}", "spec: {resourcesTemplate: \"kind: Secret\\nmetadata:\\n  name: a\\ndata: {b: c}\"}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resources: [{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, spec: {url: 'oci://a'}}]}", "spec: {resources: [{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, spec: {url: 'oci://b'}}]}",
			"spec: {resources: [{apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, spec: {interval: 1m, url: 'oci://a'}}]}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {inputs: [{a: b}], inputsFrom: [{kind: ResourceSetInputProvider, name: a}]}", "spec: {inputs: [{a: b}], inputsFrom: [{kind: ResourceSetInputProvider, name: b}]}", "spec: {inputs: [{a: b}], inputsFrom: [{kind: ResourceSetInputProvider, name: a}], serviceAccountName: c}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resourcesTemplate: \"# a\\nkind: A\\nmetadata:\\n  name: a\\n  annotations:\\n    fluxcd.controlplane.io/prune: disabled\"}", "spec: {resourcesTemplate: \"# a\\nkind: A\\nmetadata:\\n  name: a\\n  annotations:\\n    fluxcd.controlplane.io/reconcile: disabled\"}",
			"spec: {resourcesTemplate: \"# b\\n\\nkind: A\\nmetadata:\\n  name: a\\n  labels:\\n    kustomize.toolkit.fluxcd.io/ssa: Merge\\n  annotations:\\n    fluxcd.controlplane.io/prune: disabled\"}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resourcesTemplate: \"# a\\napiVersion: kustomize.toolkit.fluxcd.io/v1\\nspec:\\n  path: a\"}", "spec: {resourcesTemplate: \"# a\\napiVersion: kustomize.toolkit.fluxcd.io/v1\\nspec:\\n  path: b\"}",
			"spec: {resourcesTemplate: \"# b\\napiVersion: kustomize.toolkit.fluxcd.io/v1\\n\\nspec:\\n  path: a\"}"},
		{"fluxcd.controlplane.io/v1", "ResourceSet", "spec: {resourcesTemplate: \"# << if a >>\\napiVersion: kustomize.toolkit.fluxcd.io/v1\"}", "spec: {resourcesTemplate: \"# << if b >>\\napiVersion: kustomize.toolkit.fluxcd.io/v1\"}", "spec: {resourcesTemplate: \"# << if a >>\\n# b\\napiVersion: kustomize.toolkit.fluxcd.io/v1\"}"},
		{"fluxcd.controlplane.io/v1", "ResourceSetInputProvider", "spec: {type: Static, defaultValues: {apps: [{a: b}, {a: c}]}}", "spec: {type: Static, defaultValues: {apps: [{a: b}]}}", "spec: {type: Static, defaultValues: {apps: [{a: c}, {a: b}]}}"},
		{"fluxcd.controlplane.io/v1", "ResourceSetInputProvider", "spec: {type: GitHubPullRequest, filter: {labels: [a]}}", "spec: {type: GitHubPullRequest, filter: {labels: [b]}}", "spec: {type: GitHubPullRequest, filter: {labels: [a]}, secretRef: {name: c}}"},
		{helm, "HelmRelease", "spec: {chart: {spec: {chart: a, version: 1.x}}}", "spec: {chart: {spec: {chart: b, version: 1.x}}}", "spec: {chart: {spec: {chart: ./charts/a, version: 2.x}}}"},
		{helm, "HelmRelease", "spec: {chart: {spec: {chart: a}}}", "spec: {targetNamespace: other, releaseName: a, chart: {spec: {chart: a}}}", "spec: {targetNamespace: default, releaseName: a, storageNamespace: default, chart: {spec: {chart: a}}}"},
		{helm, "HelmRelease", "spec: {chart: {spec: {chart: a}}}", "spec: {storageNamespace: other, chart: {spec: {chart: a}}}", "spec: {values: {a: b}, chart: {spec: {chart: a}}}"},
		{helm, "HelmRelease", "spec: {targetNamespace: other, chart: {spec: {chart: a}}}", "spec: {targetNamespace: other, releaseName: a, chart: {spec: {chart: a}}}", "spec: {targetNamespace: other, releaseName: other-a, chart: {spec: {chart: a}}}"},
		{helm, "HelmRelease", "spec: {chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}}", "spec: {upgrade: {chartNameChangeStrategy: InPlaceUpdate}, chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}}}}", "spec: {chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: b}}}}"},
	} {
		fixed := func(text string) string {
			return onlyObject(t, "", "apiVersion: "+test.apiVersion+"\nkind: "+test.kind+"\nmetadata: {name: a, namespace: default}\n"+text+"\n").Fixed()
		}
		before := fixed(test.before)
		if before == "" {
			t.Errorf("%s %s: nothing is fixed", test.kind, test.before)
		}
		if before == fixed(test.never) {
			t.Errorf("%s: from %s to %s in place", test.kind, test.before, test.never)
		}
		if before != fixed(test.inPlace) {
			t.Errorf("%s: not from %s to %s in place", test.kind, test.before, test.inPlace)
		}
	}
	for _, kind := range []string{"ConfigMap", "Namespace"} {
		if o := onlyObject(t, "", "apiVersion: v1\nkind: "+kind+"\nmetadata: {name: a}\n"); o.Fixed() != "" {
			t.Errorf("a %s has something fixed", kind)
		}
	}
}

// TestProvided holds that a new entry in what a Static provider gives takes nothing away, and that
// anything else may.
func TestProvided(t *testing.T) {
	fixed := func(spec string) map[string]string {
		var fields map[string]string
		o := onlyObject(t, "", "apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSetInputProvider\nmetadata: {name: a, namespace: default}\nspec: {type: Static, defaultValues: "+spec+"}\n")
		if err := json.Unmarshal([]byte(o.Fixed()), &fields); err != nil {
			t.Fatal(err)
		}
		return fields
	}
	before := fixed("{apps: [{a: b}], other: c}")
	for spec, more := range map[string]bool{
		"{apps: [{a: b}, {a: c}], other: c}": true,
		"{apps: [{a: c}, {a: b}], other: c}": true,
		"{apps: [{a: c}], other: c}":         false,
		"{apps: [], other: c}":               false,
		"{apps: [{a: b}], other: d}":         false,
		"{apps: [{a: b}, c], other: c}":      false,
		"{other: c}":                         false,
	} {
		now := fixed(spec)
		same := true
		for field, value := range before {
			same = same && now[field] == value
		}
		for field := range now {
			same = same && (before[field] != "" || strings.HasPrefix(field, madeInput))
		}
		if same != more {
			t.Errorf("%s: %v, after %v", spec, now, before)
		}
	}
}

// chartFiles are a release whose chart another Kustomization's source names.
func chartFiles(url, tag string) map[string]string {
	return map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"clusters/prod/apps.yaml":                  kustomization("apps", "./apps", "") + kustomization("charts", "./charts", ""),
		"apps/a.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: default}\n" +
			"spec: {chartRef: {kind: OCIRepository, name: web, namespace: charts}}\n",
		"charts/web.yaml": "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web, namespace: charts}\n" +
			"spec: {url: " + url + ", ref: {tag: " + tag + "}}\n",
	}
}

// TestFixedByChartRef holds that a release follows the chart that its reference names, though
// the release itself is of a cache, and that what was loaded before stays as it was.
func TestFixedByChartRef(t *testing.T) {
	o := Options{Digests: true, Cache: NewCache()}
	load := func(url, tag string) (*Cluster, string) {
		r, err := Load(writeTree(t, chartFiles(url, tag)), o)
		if err != nil {
			t.Fatal(err)
		}
		o.Differs = func(p string) bool { return under(p, "charts/web.yaml") }
		c := r.Clusters[0]
		fixed := c.Objects["flux-system/apps"][0].Fixed()
		if now := c.Applies(c.Body("flux-system/apps")).Objects[0].Fixed(); now != fixed {
			t.Errorf("its own spec applies %s, not %s", now, fixed)
		}
		return c, fixed
	}
	base, before := load("oci://example.org/charts/web", "1.0.0")
	if _, moved := load("oci://example.com/mirror/web/", "2.0.0"); moved != before {
		t.Error("another version from another place is another chart")
	}
	if _, other := load("oci://example.org/charts/shop", "1.0.0"); other == before {
		t.Error("another chart is the same")
	}
	if now := base.Objects["flux-system/apps"][0].Fixed(); now != before {
		t.Errorf("the base has changed from %s to %s", before, now)
	}
}

// TestChartNamed holds what is known of the name of a release's chart: that of a HelmRepository for
// certain, that which a URL ends in as a guess, and nothing where its source is not here.
func TestChartNamed(t *testing.T) {
	const lead, rest = `{"chart":"web",`, `"releaseName":"a","storageNamespace":"default","targetNamespace":"default"}`
	for spec, want := range map[string]string{
		"{chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: web}}}}":         lead + rest,
		"{chart: {spec: {chart: charts/web, sourceRef: {kind: GitRepository, name: other}}}}": lead + `"chartGuessed":"true",` + rest,
		"{chartRef: {kind: OCIRepository, name: web, namespace: charts}}":                     lead + `"chartGuessed":"true",` + rest,
		"{chartRef: {kind: OCIRepository, name: nowhere, namespace: charts}}":                 `{"chartGuessed":"true",` + rest,
		"{chartRef: {kind: HelmChart, name: nowhere}}":                                        `{"chartGuessed":"true",` + rest,
	} {
		files := chartFiles("oci://example.org/charts/web", "1.0.0")
		files["apps/a.yaml"] = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: default}\nspec: " + spec + "\n"
		r, err := Load(writeTree(t, files), Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		if fixed := r.Clusters[0].Objects["flux-system/apps"][0].Fixed(); fixed != want {
			t.Errorf("%s: %s, not %s", spec, fixed, want)
		}
	}
}

// TestForced holds what Flux makes anew where it cannot change it.
func TestForced(t *testing.T) {
	const name = "kustomize.toolkit.fluxcd.io/force: "
	for metadata, want := range map[string]bool{
		"{}":                                   false,
		"{annotations: {" + name + "Enabled}}": true,
		"{labels: {" + name + "enabled}}":      true,
		"{labels: {" + name + "'true'}}":       false,
	} {
		o := onlyObject(t, "", "apiVersion: v1\nkind: Service\nmetadata: "+withName(metadata)+"\n")
		if o.Forced() != want {
			t.Errorf("%s: %t", metadata, o.Forced())
		}
	}
}
