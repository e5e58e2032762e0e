package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/tazlab/fluxdag/e2e/internal/admission"
	"github.com/tazlab/fluxdag/e2e/internal/binaries"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/schema"
)

// Of the cases that mix changes, so many are asked, and all but the first quarter are
// not kept.
const mixed, unrecorded = 2000, 1500

// TestAdmission asks the API server and schema about thousands of Kustomizations. The
// two must agree on every one, and on the fields at fault. What the API server said is
// kept as golden/admission, which the tests of schema run against without it.
func TestAdmission(t *testing.T) {
	t.Parallel()
	cases := admission.Cases(schemaOf(t, controllerCRD(t)), mixed)
	asked := ask(t, suite, schema.Default, cases, 1)
	table.Add(proof.Row{Claim: "schema and the API server judge every Kustomization alike, and name the same fields",
		Observed: fmt.Sprintf("%d objects, %d admitted by server-side apply, on Flux's way; no difference. A strict creation would admit %d more, and refuse %d of these", asked.all, asked.admitted, asked.onlyApply, asked.onlyCreate)})
	record(t, schema.Default, cases[:len(cases)-unrecorded])
}

// TestAdmissionOfOtherVersions asks API servers with the CRDs of the other versions of
// Flux that schema knows: about every twentieth case, and with -update about all that do
// not mix changes, of which every fourth is kept.
func TestAdmissionOfOtherVersions(t *testing.T) {
	t.Parallel()
	for _, version := range schema.Versions() {
		if version.Flux == schema.Default {
			continue
		}
		t.Run(version.Flux, func(t *testing.T) {
			t.Parallel()
			crd := embeddedCRD(t, version.Flux)
			suite.Interrupted()
			server, err := fleet.Serve(interrupted, crd, os.Stderr)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Stop(false)
			step := 20
			if *update {
				step = 1
			}
			cases := admission.Cases(schemaOf(t, crd), mixed)
			cases = cases[:len(cases)-mixed-1]
			ask(t, server, version.Flux, cases, step)
			table.Add(proof.Row{Claim: "schema and an API server with the CRD of Flux " + version.Flux + " (kustomize-controller " + version.ModuleVersion + ") judge alike",
				Observed: fmt.Sprintf("%d objects, every twentieth of what was recorded, and their recorded verdicts; no difference", (len(cases)+19)/20)})
			if !*update {
				sameAsRecorded(t, version.Flux, cases, step)
			} else {
				var kept []admission.Case
				for i := 0; i < len(cases); i += 4 {
					kept = append(kept, cases[i])
				}
				record(t, version.Flux, kept)
			}
		})
	}
}

// verdicts counts what an API server said.
type verdicts struct{ all, admitted, onlyApply, onlyCreate int }

// ask asks an API server about every so many-th case, and holds schema against it.
func ask(t *testing.T, s *fleet.Suite, flux string, cases []admission.Case, step int) verdicts {
	t.Helper()
	server, err := admission.NewServer(s.Plane.Config)
	if err != nil {
		t.Fatal(err)
	}
	crd, err := schema.Load(flux)
	if err != nil {
		t.Fatal(err)
	}
	var n verdicts
	for i := 0; i < len(cases); i += step {
		c := &cases[i]
		created, applied := *c, *c
		if err := server.Create(s.Plane.Context(), &created); err != nil {
			t.Fatal(err)
		}
		applied.Admitted = created.Admitted
		if err := server.Apply(s.Plane.Context(), &applied); err != nil {
			t.Fatal(err)
		}
		n.all++
		if applied.Causes == nil && !applied.Admitted && !hasNull(c.Object) && !identified(c.Object) {
			// What cannot be given its types has no causes; a creation says them, but
			// passes over what has no value, and over what only an object that is there
			// already can have.
			applied.Causes = created.Causes
		}
		*c = applied
		switch {
		case created.Admitted && !applied.Admitted:
			n.onlyApply++
		case applied.Admitted && !created.Admitted:
			n.onlyCreate++
		}
		if applied.Admitted {
			n.admitted++
		}
		compare(t, crd, c)
	}
	return n
}

// hasNull reports whether there is a field without a value.
func hasNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return slices.ContainsFunc(v, hasNull)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(v)), hasNull)
	}
	return false
}

// identified reports whether an object has what the API server gives to one that is there.
func identified(object map[string]any) bool {
	metadata, _ := object["metadata"].(map[string]any)
	return metadata["uid"] != nil || metadata["resourceVersion"] != nil || metadata["managedFields"] != nil
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

// recorded is how cases are kept: one a line.
func recorded(t *testing.T, cases ...admission.Case) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, c := range cases {
		if err := encoder.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// sameAsRecorded holds every so many-th case against the record, in which every fourth is
// kept.
func sameAsRecorded(t *testing.T, flux string, cases []admission.Case, step int) {
	t.Helper()
	data, err := os.ReadFile("../golden/admission/" + flux + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(data, []byte("\n"))
	for i := 0; i < len(cases); i += step {
		if got := bytes.TrimSpace(recorded(t, cases[i])); i/4 >= len(lines) || !bytes.Equal(got, lines[i/4]) {
			t.Errorf("the record says something else than: %s", cases[i].Short())
		}
	}
}

// record writes what the API server said, or holds it against what is committed.
func record(t *testing.T, flux string, cases []admission.Case) {
	t.Helper()
	got := recorded(t, cases...)
	file := "../golden/admission/" + flux + ".jsonl"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, got) {
		t.Errorf("%s is not what the API server says (%v): make e2e-update", file, err)
	}
}

// controllerCRD is that of Kustomizations, from the module of the controller that runs.
func controllerCRD(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	all, err := binaries.CRDs(t.Context(), "binaries")
	if err != nil {
		t.Fatal(err)
	}
	for _, crd := range slices.Concat(all...) {
		if crd.GetName() == "kustomizations.kustomize.toolkit.fluxcd.io" {
			return crd
		}
	}
	t.Fatal("no CRD of Kustomizations")
	return nil
}

// embeddedCRD is the one that schema embeds of a version; "make schema-check" holds it
// against the controller's module.
func embeddedCRD(t *testing.T, flux string) *unstructured.Unstructured {
	t.Helper()
	data, err := os.ReadFile("../schema/crds/" + flux + ".json")
	if err != nil {
		t.Fatal(err)
	}
	crd := &unstructured.Unstructured{}
	if err := crd.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	return crd
}

// schemaOf is the schema of v1.
func schemaOf(t *testing.T, crd *unstructured.Unstructured) map[string]any {
	t.Helper()
	versions, _, _ := unstructured.NestedSlice(crd.Object, "spec", "versions")
	for _, v := range versions {
		if v := v.(map[string]any); v["name"] == "v1" {
			return v["schema"].(map[string]any)["openAPIV3Schema"].(map[string]any)
		}
	}
	t.Fatal("the CRD has no version v1")
	return nil
}
