package repo

import (
	"fmt"
	"os"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
)

// TestTogether holds that builds beside each other give what builds one by one give,
// warnings included. A kustomization.yaml with a schema of its own asks for the latter.
func TestTogether(t *testing.T) {
	files := synthetic.Repository(12)
	load := func() *Cluster {
		r, err := Load(writeTree(t, files), Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.Clusters[0]
	}
	together := load()
	files["other/kustomization.yaml"] = "openapi: {version: v1.21.2}\n"
	single := load()
	if !single.index.openAPI || together.index.openAPI {
		t.Fatal("both loads build in the same way")
	}
	if different := differences(together, single); len(different) > 0 {
		t.Error(different)
	}
	if a, b := fmt.Sprint(together.Check()), fmt.Sprint(single.Check()); a != b {
		t.Errorf("together:\n%s\none by one:\n%s", a, b)
	}
	if n := together.Graph.Len(); n != 14 {
		t.Errorf("%d nodes, want 14", n)
	}
}

// BenchmarkLint follows and judges a repository of 235 Kustomizations and some 1,600
// objects, or the one in FLUXDAG_BENCH_REPO.
func BenchmarkLint(b *testing.B) {
	dir := os.Getenv("FLUXDAG_BENCH_REPO")
	if dir == "" {
		dir = writeTree(b, synthetic.Repository(233))
	}
	for b.Loop() {
		r, err := Load(dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		nodes := 0
		for _, c := range r.Clusters {
			nodes += c.Graph.Len()
			c.Check()
		}
		b.ReportMetric(float64(nodes), "nodes")
	}
}
