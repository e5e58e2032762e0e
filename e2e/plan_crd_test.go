package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// definition is a CustomResourceDefinition of a kind in fleet's group.
func definition(kind string) string {
	singular := strings.ToLower(kind)
	return fmt.Sprintf(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %[1]ss.%[2]s}
spec:
  group: %[2]s
  names: {kind: %[3]s, listKind: %[3]sList, plural: %[1]ss, singular: %[1]s}
  scope: Namespaced
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`, singular, fleet.CustomGroup, kind)
}

// TestPlanDefinition deletes the Kustomization of a definition, and leaves that of a
// custom resource. A finalizer stands for the operator that has not seen to it yet.
func TestPlanDefinition(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, more, claim string }{
		{"Widget", "", "A Kustomization that applied a CustomResourceDefinition takes the custom resources with it when it is deleted, though the Kustomization that applied those stays; both hang until the finalizers of the custom resources are released"},
		{"Gadget", "dependsOn: [{name: crds}]", "dependsOn changes nothing of that: a Kustomization that applied a CustomResourceDefinition takes the custom resources with it, though the Kustomization that applied those depends on it and stays"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()
			f := suite.New(t, "plan-definition-"+strings.ToLower(c.kind))
			crd := strings.ToLower(c.kind) + "s." + fleet.CustomGroup
			f.Push(map[string]string{
				root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
				root + "/crds.yaml":                  applying(f, "crds", "./crds"),
				root + "/app.yaml":                   applying(f, "app", "./app", with(c.more)...),
				"crds/crd.yaml":                      definition(c.kind),
				"app/resource.yaml": fmt.Sprintf("apiVersion: %s/v1\nkind: %s\nmetadata: {name: held, namespace: %s, finalizers: [example.com/operator]}\n",
					fleet.CustomGroup, c.kind, f.Namespace),
			})
			f.Bootstrap(sync(f.Namespace, root))
			f.Ready("crds", "app")
			t.Cleanup(func() { release(f, c.kind) })
			before := identify(t, f, "Kustomization/app", "CustomResourceDefinition/"+crd, c.kind+"/held")
			f.Push(map[string]string{root + "/crds.yaml": ""})
			f.Absent("Kustomization", "crds")
			f.Until("the custom resource is being deleted", func() (bool, string) {
				held := f.Object(c.kind, "held")
				return held != nil && held.GetDeletionTimestamp() != nil, ""
			})
			before.kept(t, f, "Kustomization/app")
			hanging := f.Object("CustomResourceDefinition", crd)
			if hanging == nil || hanging.GetDeletionTimestamp() == nil || !slices.Contains(hanging.GetFinalizers(), "customresourcecleanup.apiextensions.k8s.io") {
				t.Fatalf("the definition does not hang: %v", hanging)
			}
			release(f, c.kind)
			before.gone(f, c.kind+"/held", "CustomResourceDefinition/"+crd)
			f.Reconcile("app")
			f.Says("app", regexp.MustCompile("not found|no matches for kind"))
			before.kept(t, f, "Kustomization/app")
			table.Add(proof.Row{Claim: c.claim, Observed: "the custom resource is being deleted, the definition waits with customresourcecleanup.apiextensions.k8s.io; without the finalizer both are gone; the Kustomization of the custom resource is there, and fails"})
		})
	}
}
