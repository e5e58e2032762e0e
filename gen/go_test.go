package gen

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// TestGoTazLab holds that people's style and the importer's are one: what is
// written for the graph of a declaration is that declaration.
func TestGoTazLab(t *testing.T) {
	const declaration = "../clusters/tazlab-k8s/dag.go"
	files, err := Go(dag.Resolve(tazlabk8s.Cluster), GoOptions{})
	if err != nil || len(files) != 1 || files[0].Name != "dag.go" {
		t.Fatal(files, err)
	}
	if *golden.Update {
		if err := os.WriteFile(declaration, files[0].Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(declaration)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(files[0].Data)); diff != "" {
		t.Errorf("%s (-there +written):\n%s", declaration, diff)
	}
}
