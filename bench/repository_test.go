package bench

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden/synthetic"
)

// BenchmarkLint runs "fluxdag lint" on a repository and "kustomize build" on the path
// of each of its Kustomizations, one process after another, and reports the medians
// and the median of the ratios. The repository is made here (235 Kustomizations, some
// 1,600 objects) unless FLUXDAG_BENCH_REPO names one.
func BenchmarkLint(b *testing.B) {
	tools := b.TempDir()
	fluxdag, kustomize := filepath.Join(tools, "fluxdag"), filepath.Join(tools, "kustomize")
	build(b, "..", fluxdag, "./cmd/fluxdag")
	build(b, ".", kustomize, "sigs.k8s.io/kustomize/kustomize/v5")
	repository := os.Getenv("FLUXDAG_BENCH_REPO")
	if repository == "" {
		repository = b.TempDir()
		if err := synthetic.Write(repository, synthetic.Repository(233)); err != nil {
			b.Fatal(err)
		}
	}
	folders := paths(b, fluxdag, repository)
	compare(b, "lint", "kustomize", func() (wall, cpu float64) {
		return run(b, exec.Command(fluxdag, "lint", repository), 1) // findings are no failure
	}, func() (wall, cpu float64) {
		for _, folder := range folders {
			w, c := run(b, exec.Command(kustomize, "build", "--load-restrictor", "LoadRestrictionsNone", folder), 1)
			wall, cpu = wall+w, cpu+c
		}
		return wall, cpu
	})
	b.ReportMetric(float64(len(folders)), "folders")
}

// paths lists the folders that the Kustomizations of a repository build.
func paths(b *testing.B, fluxdag, repository string) []string {
	b.Helper()
	out, err := exec.Command(fluxdag, "graph", repository, "--format", "json").Output()
	if err != nil {
		b.Fatal(err)
	}
	folders := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, ok := strings.CutPrefix(strings.TrimSpace(line), `"path": "`)
		if !ok {
			continue
		}
		folder := filepath.Join(repository, strings.TrimRight(path, `",`))
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			folders[folder] = true
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

// BenchmarkReading reads 10,000 files of one Kustomization each with fluxdag's plain
// reader and with kubeconform, offline: it knows one schema, which asks only for
// objects, so that it does little more than read.
func BenchmarkReading(b *testing.B) {
	const n = 10_000
	tools, folder, schemas := b.TempDir(), b.TempDir(), b.TempDir()
	reader, kubeconform := filepath.Join(tools, "reader"), filepath.Join(tools, "kubeconform")
	build(b, ".", reader, "./reader")
	build(b, ".", kubeconform, "github.com/yannh/kubeconform/cmd/kubeconform")
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("app-%05d.yaml", i)] = synthetic.Kustomization(fmt.Sprintf("app-%05d", i), fmt.Sprintf("apps/%d", i))
	}
	if err := synthetic.Write(folder, files); err != nil {
		b.Fatal(err)
	}
	if err := synthetic.Write(schemas, map[string]string{"kustomization.json": `{"type": "object"}`}); err != nil {
		b.Fatal(err)
	}
	compare(b, "fluxdag", "kubeconform", func() (wall, cpu float64) {
		return run(b, exec.Command(reader, folder), 0)
	}, func() (wall, cpu float64) {
		return run(b, exec.Command(kubeconform, "-n", fmt.Sprint(runtime.GOMAXPROCS(0)), "-schema-location", filepath.Join(schemas, "{{.ResourceKind}}.json"), folder), 0)
	})
}

// BenchmarkGraph draws 10,000 Kustomizations, each waiting for up to three others, from a
// folder of their files, beside kubeconform's time for the same files.
func BenchmarkGraph(b *testing.B) {
	tools, folder, schemas := b.TempDir(), b.TempDir(), b.TempDir()
	drawer, kubeconform := filepath.Join(tools, "drawer"), filepath.Join(tools, "kubeconform")
	build(b, ".", drawer, "./drawer")
	build(b, ".", kubeconform, "github.com/yannh/kubeconform/cmd/kubeconform")
	files := map[string]string{}
	for i := range 10_000 {
		text := synthetic.Kustomization(fmt.Sprintf("app-%05d", i), fmt.Sprintf("apps/%d", i))
		if i > 0 {
			text += "  dependsOn:\n"
			for k := range min(i, 3) {
				text += fmt.Sprintf("    - name: app-%05d\n", (i-1)/2+k*((i-1)/7)%max(1, i-(i-1)/2))
			}
		}
		files[fmt.Sprintf("app-%05d.yaml", i)] = text
	}
	if err := synthetic.Write(folder, files); err != nil {
		b.Fatal(err)
	}
	if err := synthetic.Write(schemas, map[string]string{"kustomization.json": `{"type": "object"}`}); err != nil {
		b.Fatal(err)
	}
	for _, format := range []string{"text", "dot", "json", "svg", "html"} {
		b.Run(format, func(b *testing.B) {
			compare(b, "fluxdag", "kubeconform", func() (wall, cpu float64) {
				return run(b, exec.Command(drawer, folder, format), 0)
			}, func() (wall, cpu float64) {
				return run(b, exec.Command(kubeconform, "-n", fmt.Sprint(runtime.GOMAXPROCS(0)), "-schema-location", filepath.Join(schemas, "{{.ResourceKind}}.json"), folder), 0)
			})
		})
	}
}

// compare measures two things in turn.
func compare(b *testing.B, ours, theirs string, our, their func() (wall, cpu float64)) {
	b.Helper()
	var wall, cpu, ourWall, theirWall []float64
	for b.Loop() {
		ow, oc := our()
		tw, tc := their()
		wall, cpu = append(wall, ow/tw), append(cpu, oc/tc)
		ourWall, theirWall = append(ourWall, ow), append(theirWall, tw)
	}
	b.ReportMetric(median(ourWall), ours+"-ms")
	b.ReportMetric(median(theirWall), theirs+"-ms")
	b.ReportMetric(median(wall), "wall-ratio")
	b.ReportMetric(median(cpu), "cpu-ratio")
}

// run runs a program that may end with an exit code up to most.
func run(b *testing.B, c *exec.Cmd, most int) (wall, cpu float64) {
	b.Helper()
	wall, cpu, err := timed(c)
	if err != nil && (c.ProcessState == nil || c.ProcessState.ExitCode() < 0 || c.ProcessState.ExitCode() > most) {
		b.Fatal(c, err)
	}
	return wall, cpu
}
