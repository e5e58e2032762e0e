package gen

import (
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// tazlab returns the files of the first user's cluster.
func tazlab(t *testing.T) []File {
	t.Helper()
	g := dag.Resolve(tazlabk8s.Cluster)
	for _, d := range g.Check() {
		t.Error(d)
	}
	files, err := YAML(g)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTazLab holds the generator, the files written by hand from the
// specification and the committed tree against each other, byte for byte.
func TestTazLab(t *testing.T) {
	files := tazlab(t)
	names := map[string]bool{}
	for _, f := range files {
		name := path.Base(f.Path)
		names[name] = true
		golden.Check(t, "tazlab-k8s/"+name, string(f.Data))
		committed, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(committed), string(f.Data)); diff != "" {
			t.Errorf("%s is not what is committed (-committed +generated):\n%s", f.Path, diff)
		}
	}
	for _, folder := range []string{"../golden/tazlab-k8s", "../clusters/tazlab-k8s"} {
		found, err := filepath.Glob(folder + "/*.yaml")
		if err != nil || len(found) != 12 || len(files) != 12 {
			t.Fatalf("%s holds %d files and %d are generated, not 12 (%v)", folder, len(found), len(files), err)
		}
		for _, f := range found {
			if !names[filepath.Base(f)] {
				t.Errorf("%s is not generated", f)
			}
		}
	}
}
