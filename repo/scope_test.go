package repo

import (
	"testing"

	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestScopes holds the scopes of Kubernetes' kinds against the schema of Kubernetes that comes
// with kustomize, as far as that knows them.
func TestScopes(t *testing.T) {
	buildLock.Lock()
	defer buildLock.Unlock()
	known := 0
	hold := func(kinds map[string][]string, namespaced bool) {
		for group, names := range kinds {
			for _, kind := range names {
				for _, version := range []string{"v1", "v1beta1", "v2"} {
					meta := yaml.TypeMeta{APIVersion: version, Kind: kind}
					if group != "" {
						meta.APIVersion = group + "/" + version
					}
					if is, found := openapi.IsNamespaceScoped(meta); found {
						if known++; is != namespaced {
							t.Errorf("%v: namespaced %v", meta, is)
						}
					}
				}
			}
		}
	}
	hold(clusterKinds, false)
	hold(namespacedKinds, true)
	if known < 60 {
		t.Errorf("only %d are known", known)
	}
}

// TestDefinitions holds what is read of definitions as they are written.
func TestDefinitions(t *testing.T) {
	ix := &index{scopes: map[[2]string]scope{}}
	ix.define([]byte(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: walls.example.io
spec:
  # of them there is one
  group: "example.io"
  names:
    kind: Wall
    plural: walls
  scope: Cluster
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          scope:
            enum: [Namespaced]
---
kind: CustomResourceDefinition
spec:
  scope: Namespaced
  names: {kind: Flow}
  group: example.io
---
kind: CustomResourceDefinition
spec:
  scope: Namespaced
  names:
    categories: [all]
    kind: Stone
  group: example.io
---
kind: ConfigMap
spec:
  scope: Cluster
  names:
    kind: Map
  group: example.io
---
kind: CustomResourceDefinition
spec:
  scope: {{ .Values.scope }}
  names:
    kind: Template
  group: example.io
`))
	for kind, want := range map[string]scope{"Wall": clusterScope, "Stone": namespaceScope, "Flow": unknownScope, "Map": unknownScope, "Template": unknownScope} {
		if got := ix.scopeOf("example.io", kind); got != want {
			t.Errorf("%s: %d", kind, got)
		}
	}
}
