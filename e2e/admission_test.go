package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/admission"
	"github.com/tazlab/fluxdag/e2e/internal/binaries"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/schema"
)

// TestAdmission asks the API server and schema about thousands of Kustomizations. The
// two must agree on every one, and on the fields at fault. What the API server said is
// kept as golden/admission, which the tests of schema run against without it.
func TestAdmission(t *testing.T) {
	t.Parallel()
	server, err := admission.NewServer(suite.Plane.Config)
	if err != nil {
		t.Fatal(err)
	}
	crd, err := schema.Load(schema.Default)
	if err != nil {
		t.Fatal(err)
	}
	const mixed, unrecorded = 2000, 1500
	cases := admission.Cases(crdSchema(t), mixed)
	admitted, onlyApply, onlyCreate := 0, 0, 0
	for i := range cases {
		c := &cases[i]
		created, applied := *c, *c
		if err := server.Create(suite.Plane.Context(), &created); err != nil {
			t.Fatal(err)
		}
		applied.Admitted = created.Admitted
		if err := server.Apply(suite.Plane.Context(), &applied); err != nil {
			t.Fatal(err)
		}
		switch *c = created; {
		case created.Admitted && !applied.Admitted:
			*c = applied
			onlyApply++
		case created.Admitted:
			admitted++
		case applied.Admitted:
			onlyCreate++
		}
		compare(t, crd, c)
	}
	table.Add(proof.Row{Claim: "schema and the API server judge every Kustomization alike, and name the same fields",
		Observed: fmt.Sprintf("%d objects, %d admitted; %d of the others refused by server-side apply alone, %d by strict creation alone; no difference", len(cases), admitted, onlyApply, onlyCreate)})
	record(t, cases[:len(cases)-unrecorded])
}

// compare holds schema against what the API server said.
func compare(t *testing.T, crd *schema.Schema, c *admission.Case) {
	t.Helper()
	found := crd.Validate(c.Object)
	if (len(found) == 0) != c.Admitted {
		t.Errorf("the API server and schema differ: %s\n\tschema: %v", c.Short(), found)
		return
	}
	if len(c.Causes) == 0 {
		return // the object could not even be decoded: that has no causes
	}
	var causes []string
	for _, v := range found {
		causes = append(causes, v.Cause())
	}
	slices.Sort(causes)
	if causes = slices.Compact(causes); !slices.Equal(causes, c.Causes) {
		t.Errorf("the API server and schema name other fields: %s\n\tschema: %v", c.Short(), causes)
	}
}

// record writes what the API server said, or holds it against what is committed.
func record(t *testing.T, cases []admission.Case) {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, c := range cases {
		if err := encoder.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	file := "../golden/admission/" + schema.Default + ".jsonl"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s is not what the API server says (%v): make e2e-update", file, err)
	}
}

// crdSchema is the schema of Kustomization v1, from the module of the controller that runs.
func crdSchema(t *testing.T) map[string]any {
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
