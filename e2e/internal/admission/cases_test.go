package admission

import (
	"encoding/json"
	"os"
	"testing"
)

// TestCasesAreTheSame holds that no case leaves a trace in another, nor in the next run.
func TestCasesAreTheSame(t *testing.T) {
	data, err := os.ReadFile("../../../schema/crds/2.9.json")
	if err != nil {
		t.Fatal(err)
	}
	var crd struct {
		Spec struct {
			Versions []struct {
				Schema struct{ OpenAPIV3Schema map[string]any }
			}
		}
	}
	if err := json.Unmarshal(data, &crd); err != nil {
		t.Fatal(err)
	}
	schema := crd.Spec.Versions[0].Schema.OpenAPIV3Schema
	first, second := Cases(schema, 3000), Cases(schema, 3000)
	if len(first) < 5000 {
		t.Fatalf("only %d cases", len(first))
	}
	for i := range first {
		a, _ := json.Marshal(first[i])
		b, _ := json.Marshal(second[i])
		if string(a) != string(b) {
			t.Fatalf("not the same:\n%s\n%s", a, b)
		}
	}
}
