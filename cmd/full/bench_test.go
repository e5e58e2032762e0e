package full

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

// BenchmarkJudge judges a repository of 235 Kustomizations, or the one in
// FLUXDAG_BENCH_REPO, that is loaded already: without the CRD, and with it.
func BenchmarkJudge(b *testing.B) {
	dir := os.Getenv("FLUXDAG_BENCH_REPO")
	if dir == "" {
		dir = b.TempDir()
		for name, text := range synthetic.Repository(233) {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	r, err := repo.Load(dir, repo.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("rules", func(b *testing.B) {
		for b.Loop() {
			for _, c := range r.Clusters {
				c.Check()
			}
		}
	})
	b.Run("schema", func(b *testing.B) {
		for b.Loop() {
			crd, err := schema.Load(schema.Default)
			if err != nil {
				b.Fatal(err)
			}
			for _, c := range r.Clusters {
				c.Check(readRules(crd, c)...)
			}
		}
	})
}
