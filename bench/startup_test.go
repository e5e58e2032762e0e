// Package bench measures fluxdag side by side with peers, in the same run. It is
// a module of its own so that its peers weigh on nobody's build.
package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkStartup runs "manifests check" on this repository and the
// hello-world program in turn, as whole processes, and reports the median wall
// and CPU time of each and the median of the ratios pair by pair.
func BenchmarkStartup(b *testing.B) {
	dir := b.TempDir()
	check, hello := filepath.Join(dir, "manifests"), filepath.Join(dir, "hello")
	build(b, "..", check, "./cmd/manifests")
	build(b, ".", hello, "./hello")
	var wall, cpu, checkWall, helloWall []float64
	pair := func() {
		cw, cc := process(b, check, "check", "-C", "..")
		hw, hc := process(b, hello)
		wall, cpu = append(wall, cw/hw), append(cpu, cc/hc)
		checkWall, helloWall = append(checkWall, cw), append(helloWall, hw)
	}
	for range 5 {
		pair() // warm the page cache
	}
	wall, cpu, checkWall, helloWall = nil, nil, nil, nil
	for b.Loop() {
		pair()
	}
	b.ReportMetric(median(checkWall), "check-ms")
	b.ReportMetric(median(helloWall), "hello-ms")
	b.ReportMetric(median(wall), "wall-ratio")
	b.ReportMetric(median(cpu), "cpu-ratio")
}

func build(b *testing.B, module, output, pkg string) {
	b.Helper()
	c := exec.Command("go", "build", "-o", output, pkg)
	c.Dir = module
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
}

// process runs a program and returns its wall and CPU time in milliseconds.
func process(b *testing.B, name string, args ...string) (wall, cpu float64) {
	b.Helper()
	c := exec.Command(name, args...)
	c.Stderr = os.Stderr
	wall, cpu, err := timed(c)
	if err != nil {
		b.Fatal(err)
	}
	return wall, cpu
}

// timed runs a command and returns its wall and CPU time in milliseconds.
func timed(c *exec.Cmd) (wall, cpu float64, err error) {
	started := time.Now()
	err = c.Run()
	wall = ms(time.Since(started))
	if c.ProcessState != nil {
		cpu = ms(c.ProcessState.UserTime() + c.ProcessState.SystemTime())
	}
	return wall, cpu, err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
