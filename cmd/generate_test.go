//go:build unix

package cmd

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
)

// firstWrite calls itself at the first byte of the output, where a closed pipe would
// end the program.
type firstWrite struct{ at func() }

func (f *firstWrite) Write(data []byte) (int, error) {
	if f.at != nil {
		f.at()
		f.at = nil
	}
	return len(data), nil
}

// TestWrittenBeforeSaid holds that generate has written every cluster before it
// prints a word.
func TestWrittenBeforeSaid(t *testing.T) {
	root := t.TempDir()
	other := tazlabk8s.Cluster
	other.Name = "other"
	for _, name := range []string{tazlabk8s.Cluster.Name, other.Name} {
		if err := os.MkdirAll(filepath.Join(root, "clusters", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	said := false
	out := &firstWrite{func() {
		said = true
		files, err := filepath.Glob(filepath.Join(root, "clusters", "*", "*.yaml"))
		if err != nil || len(files) != 24 {
			t.Errorf("%d files are written when the output begins, not 24 (%v)", len(files), err)
		}
	}}
	code := run("fluxdag", []string{"generate", "-C", root}, out, io.Discard, &tool{clusters: []dag.Cluster{tazlabk8s.Cluster, other}})
	if code != 0 || !said {
		t.Errorf("exit %d, said %v", code, said)
	}
}
