package golden

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema compiles a JSON Schema of docs/, with additionalProperties forbidden in it: what
// is written holds nothing that the schema does not describe.
func Schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(filepath.Join(Path(t, ""), "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	forbidOthers(document)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func forbidOthers(schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if s["type"] == "object" {
			s["additionalProperties"] = false
		}
		for _, member := range s {
			forbidOthers(member)
		}
	case []any:
		for _, element := range s {
			forbidOthers(element)
		}
	}
}
