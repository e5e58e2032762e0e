package e2e

import (
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/admission"
	"github.com/tazlab/fluxdag/e2e/internal/binaries"
)

func TestAdmission(t *testing.T) {
	t.Parallel()
	server, err := admission.NewServer(suite.Plane.Config)
	if err != nil {
		t.Fatal(err)
	}
	cases := admission.Cases(crd(t), 1500)
	admitted, differ := 0, 0
	for i := range cases {
		c := &cases[i]
		if err := server.Create(suite.Plane.Context(), c); err != nil {
			t.Error(err)
			continue
		}
		if c.Admitted {
			admitted++
		}
		applied := *c
		if err := server.Apply(suite.Plane.Context(), &applied); err != nil {
			t.Error(err)
		}
		if applied.Admitted != c.Admitted {
			differ++
			t.Logf("created: %s\napplied: %v %v", c.Short(), applied.Admitted, applied.Causes)
		}
	}
	t.Logf("%d cases, %d admitted, %d differ", len(cases), admitted, differ)
}

// crd is the schema of Kustomization v1, from the module of the controller that runs.
func crd(t *testing.T) map[string]any {
	t.Helper()
	all, err := binaries.CRDs(t.Context(), "binaries")
	if err != nil {
		t.Fatal(err)
	}
	for _, crd := range slices.Concat(all...) {
		if crd.GetName() != "kustomizations.kustomize.toolkit.fluxcd.io" {
			continue
		}
		for _, v := range crd.Object["spec"].(map[string]any)["versions"].([]any) {
			if v := v.(map[string]any); v["name"] == "v1" {
				return v["schema"].(map[string]any)["openAPIV3Schema"].(map[string]any)
			}
		}
	}
	t.Fatal("no CRD of Kustomization v1")
	return nil
}
