package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/tazlab/fluxdag"

// TestArrows holds the direction of the imports: dag knows no other package of
// this module, gen, view and a cluster only dag, and the command line no cluster.
func TestArrows(t *testing.T) {
	t.Parallel()
	for pkg, want := range map[string][]string{
		"internal/scc":        {module + "/internal/scc"},
		"internal/terminal":   {module + "/internal/terminal"},
		"dag":                 {module + "/dag", module + "/internal/scc", module + "/internal/sibling"},
		"gen":                 {module + "/dag", module + "/gen", module + "/internal/scc", module + "/internal/sibling"},
		"clusters/tazlab-k8s": {module + "/clusters/tazlab-k8s", module + "/dag", module + "/internal/scc", module + "/internal/sibling"},
		"plan":                {module + "/dag", module + "/internal/scc", module + "/internal/sibling", module + "/internal/terminal", module + "/plan"},
		"view":                {module + "/dag", module + "/internal/scc", module + "/internal/sibling", module + "/internal/terminal", module + "/view", module + "/view/layout"},
		"view/layout":         {module + "/view/layout"},
		"schema":              {module + "/dag", module + "/internal/scc", module + "/internal/sibling", module + "/schema"},
	} {
		ours := slices.DeleteFunc(goList(t, "-deps", "../"+pkg), func(p string) bool { return !strings.HasPrefix(p, module+"/") })
		if slices.Sort(ours); !slices.Equal(ours, want) {
			t.Errorf("%s links %v, want %v", pkg, ours, want)
		}
	}
	for _, pkg := range goList(t, "-deps", "./", "./full", "./internal/...") {
		if strings.HasPrefix(pkg, module+"/clusters/") {
			t.Errorf("the command line links %s", pkg)
		}
	}
}

// TestManifestsLinksNothingHeavy: every user's cold CI compiles cmd/manifests.
func TestManifestsLinksNothingHeavy(t *testing.T) {
	t.Parallel()
	heavy := regexp.MustCompile(`k8s\.io/client-go|kustomize/api|cel-go|controller-runtime/pkg/client|k8s\.io/apiextensions-apiserver/pkg/apiserver|k8s\.io/apiserver|fluxdag/schema`)
	for _, pkg := range goList(t, "-deps", "./manifests") {
		if heavy.MatchString(pkg) {
			t.Errorf("cmd/manifests links %s", pkg)
		}
	}
}

// TestManifestsStartsAtOnce: no package that it links may take a millisecond of
// the start. The machine may be busy, so the fastest of five starts counts.
func TestManifestsStartsAtOnce(t *testing.T) {
	program := filepath.Join(t.TempDir(), "manifests")
	if output, err := exec.Command("go", "build", "-o", program, "./manifests").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	standard := map[string]bool{}
	for _, pkg := range goList(t, "std") {
		standard[pkg] = true
	}
	fastest := map[string]float64{}
	for range 5 {
		for pkg, ms := range initTimes(t, program) {
			if best, seen := fastest[pkg]; !seen || ms < best {
				fastest[pkg] = ms
			}
		}
	}
	for pkg, ms := range fastest {
		if ms >= 1 && !standard[pkg] {
			t.Errorf("the initialisation of %s takes %.2f ms", pkg, ms)
		}
	}
	if _, measured := fastest[module+"/dag"]; !measured {
		t.Errorf("no package of ours among the %d initialised ones", len(fastest))
	}
}

var initLine = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock,`)

// initTimes starts a program and returns the milliseconds that each package's
// initialisation took.
func initTimes(t *testing.T, program string) map[string]float64 {
	t.Helper()
	c := exec.Command(program, "version")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	output, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	times := map[string]float64{}
	for _, line := range initLine.FindAllStringSubmatch(string(output), -1) {
		if times[line[1]], err = strconv.ParseFloat(line[2], 64); err != nil {
			t.Fatal(err)
		}
	}
	return times
}

// goList returns the import paths that go list prints.
func goList(t *testing.T, args ...string) []string {
	t.Helper()
	output, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(string(output))
}
