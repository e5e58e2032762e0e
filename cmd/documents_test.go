package cmd

import (
	"testing"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// TestDocuments holds the documents of TazLab: they are the golden ones, and what is
// committed beside the YAML.
func TestDocuments(t *testing.T) {
	files, err := documents(dag.Resolve(tazlabk8s.Cluster))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(tazlabk8s.Cluster.Documents) {
		t.Fatalf("%d documents", len(files))
	}
	for i, name := range tazlabk8s.Cluster.Documents {
		golden.Check(t, "tazlab-k8s/"+name, string(files[i].Data))
		if committed := readFile(t, "../"+files[i].Path); committed != string(files[i].Data) {
			t.Errorf("%s is not what is committed", files[i].Path)
		}
	}
}
