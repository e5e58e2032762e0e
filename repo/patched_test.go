package repo

import (
	"testing"

	"github.com/tazlab/fluxdag/gen"
)

// TestPatched holds which patches may change the sync Kustomization, or its source, and where they
// stand.
func TestPatched(t *testing.T) {
	const sync = "{kind: GitRepository, url: 'https://x', ref: refs/heads/main, path: clusters/x}"
	object := func(text string) *Object {
		documents, unread := gen.Parse("", []byte(text))
		if len(unread) > 0 {
			t.Fatal(unread)
		}
		body, err := documents[0].Object()
		if err != nil {
			t.Fatal(err)
		}
		group, version := groupOf(documents[0].APIVersion())
		return &Object{Group: group, Version: version, Kind: documents[0].Kind(), Namespace: documents[0].Namespace(), Name: documents[0].Name(), body: body}
	}
	instance := func(patch string) *Object {
		return object("apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec: {sync: " + sync + ", kustomize: {patches: [" + patch + "]}}\n")
	}
	const other = "patch: '[{op: remove, path: /spec/prune}]'"
	for name, test := range map[string]struct {
		object *Object
		want   bool
	}{
		"none":                         {instance(""), false},
		"of the Kustomization":         {instance("{target: {kind: Kustomization}, " + other + "}"), true},
		"of its source":                {instance("{target: {group: source.toolkit.fluxcd.io, kind: (GitRepository|Bucket)}, " + other + "}"), true},
		"of another kind of source":    {instance("{target: {kind: OCIRepository}, " + other + "}"), false},
		"of any kind":                  {instance("{target: {name: flux-system}, " + other + "}"), true},
		"of another name":              {instance("{target: {kind: Kustomization, name: apps}, " + other + "}"), false},
		"of the controllers":           {instance("{target: {kind: Deployment, name: (kustomize-controller|helm-controller)}, " + other + "}"), false},
		"a part of the Kustomization":  {instance(`{patch: "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux-system}\nspec: {prune: false}"}`), true},
		"a part of a controller":       {instance(`{patch: "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: source-controller}\nspec: {replicas: 2}"}`), false},
		"in values of the chart":       {object("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: flux, namespace: flux-system}\nspec: {values: {instance: {sync: " + sync + ", kustomize: {patches: [{target: {kind: Kustomization}, " + other + "}]}}}}\n"), true},
		"in a ConfigMap of values":     {object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: flux, namespace: flux-system}\ndata:\n  values.yaml: |\n    instance: {sync: " + sync + ", kustomize: {patches: [{target: {kind: Kustomization}, " + other + "}]}}\n"), true},
		"where nothing is synced":      {object("apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\nspec: {kustomize: {patches: [{target: {kind: Kustomization}, " + other + "}]}}\n"), false},
		"of what no instance is about": {object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: flux}\ndata: {a: b}\n"), false},
	} {
		if got := test.object.Patched(); got != "" != test.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if a, b := instance("{target: {kind: Kustomization}, "+other+"}"), instance("{target: {kind: Kustomization}, patch: '[{op: add}]'}"); a.Patched() == b.Patched() {
		t.Error("another patch is the same")
	}
}
