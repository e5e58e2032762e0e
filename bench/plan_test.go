package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
)

// BenchmarkPlan plans, from a declaration, two revisions of 10,000 Kustomizations of which
// ten are renamed, and has kubeconform read the files of one of them, as BenchmarkReading
// does.
func BenchmarkPlan(b *testing.B) {
	tools, repository, schemas := b.TempDir(), b.TempDir(), b.TempDir()
	planner, kubeconform := filepath.Join(tools, "planner"), filepath.Join(tools, "kubeconform")
	build(b, ".", planner, "./planner")
	build(b, ".", kubeconform, "github.com/yannh/kubeconform/cmd/kubeconform")
	folder := filepath.Join(repository, "c")
	if err := os.Mkdir(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := synthetic.Write(schemas, map[string]string{"kustomization.json": `{"type": "object"}`}); err != nil {
		b.Fatal(err)
	}
	do := func(name string, args ...string) {
		c := exec.Command(name, args...)
		c.Dir = repository
		if output, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%s: %v\n%s", c, err, output)
		}
	}
	commit := func(name string) {
		do(planner, "generate", "-C", repository)
		do("git", "add", "-A")
		do("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", name)
	}
	do("git", "init", "-q", "-b", "main")
	commit("one")
	b.Setenv("RENAME", "1")
	commit("two")
	compare(b, "plan", "kubeconform", func() (wall, cpu float64) {
		return run(b, exec.Command(planner, "plan", "-C", repository, "--base", "HEAD~1", "--head", "HEAD"), 0)
	}, func() (wall, cpu float64) {
		return run(b, exec.Command(kubeconform, "-n", fmt.Sprint(runtime.GOMAXPROCS(0)), "-schema-location", filepath.Join(schemas, "{{.ResourceKind}}.json"), folder), 0)
	})
}
