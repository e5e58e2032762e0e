package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
)

// BenchmarkPlanRepository plans with the whole program, which follows the repository and has
// kustomize build every path of both revisions: 10,000 Kustomizations of one path, of which
// one is given another interval, and as many with a folder each. kubeconform reads all files
// of one revision.
func BenchmarkPlanRepository(b *testing.B) {
	const n = 10_000
	tools, schemas := b.TempDir(), b.TempDir()
	fluxdag, kubeconform := filepath.Join(tools, "fluxdag"), filepath.Join(tools, "kubeconform")
	build(b, "..", fluxdag, "./cmd/fluxdag")
	build(b, ".", kubeconform, "github.com/yannh/kubeconform/cmd/kubeconform")
	if err := synthetic.Write(schemas, anySchema); err != nil {
		b.Fatal(err)
	}
	pathOf := map[string]string{"shared": "apps", "folders": "apps/app-00000"}
	for _, kind := range []string{"shared", "folders"} {
		repository := b.TempDir()
		if err := synthetic.Write(repository, synthetic.Flat(n, kind == "shared")); err != nil {
			b.Fatal(err)
		}
		do := func(args ...string) {
			c := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
			c.Dir = repository
			if output, err := c.CombinedOutput(); err != nil {
				b.Fatalf("%s: %v\n%s", c, err, output)
			}
		}
		do("init", "-q", "-b", "main")
		do("add", "-A")
		do("commit", "-qm", "one")
		one := map[string]string{"cluster/app-00000.yaml": strings.Replace(synthetic.Kustomization("app-00000", pathOf[kind]), "1h", "2h", 1)}
		if err := synthetic.Write(repository, one); err != nil {
			b.Fatal(err)
		}
		do("commit", "-qam", "two")
		b.Run(kind, func(b *testing.B) {
			compare(b, "plan", "kubeconform", func() (wall, cpu float64) {
				return run(b, exec.Command(fluxdag, "plan", "-C", repository, "--base", "HEAD~1", "--head", "HEAD", "--root", "cluster"), 1)
			}, func() (wall, cpu float64) {
				return run(b, exec.Command(kubeconform, "-n", fmt.Sprint(runtime.GOMAXPROCS(0)), "-schema-location", filepath.Join(schemas, "{{.ResourceKind}}.json"),
					filepath.Join(repository, "cluster"), filepath.Join(repository, "apps")), 0)
			})
		})
	}
}

// anySchema is a schema that asks only for objects, for every kind that is read here.
var anySchema = map[string]string{
	"kustomization.json": `{"type": "object"}`, "gitrepository.json": `{"type": "object"}`, "deployment.json": `{"type": "object"}`, "service.json": `{"type": "object"}`, "configmap.json": `{"type": "object"}`,
}

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
	if err := synthetic.Write(schemas, anySchema); err != nil {
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
	do("git", "gc", "-q") // objects come packed with a clone
	compare(b, "plan", "kubeconform", func() (wall, cpu float64) {
		return run(b, exec.Command(planner, "plan", "-C", repository, "--base", "HEAD~1", "--head", "HEAD"), 0)
	}, func() (wall, cpu float64) {
		return run(b, exec.Command(kubeconform, "-n", fmt.Sprint(runtime.GOMAXPROCS(0)), "-schema-location", filepath.Join(schemas, "{{.ResourceKind}}.json"), folder), 0)
	})
}
