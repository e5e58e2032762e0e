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

// TestManifestsStartsAtOnce: no package that it links may have much to do at the start: what that
// allocates is the same on every machine, unlike the time it takes.
func TestManifestsStartsAtOnce(t *testing.T) {
	const most = 256 << 10 // bytes: twice what the largest one has, whose start takes a millisecond
	program := filepath.Join(t.TempDir(), "manifests")
	if output, err := exec.Command("go", "build", "-o", program, "./manifests").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	allocated := initialised(t, program)
	for pkg, n := range allocated {
		if n > most {
			t.Errorf("the initialisation of %s allocates %d bytes", pkg, n)
		}
	}
	if _, measured := allocated[module+"/dag"]; !measured {
		t.Errorf("no package of ours among the %d initialised ones", len(allocated))
	}
}

var initLine = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, \S+ ms clock, (\d+) bytes`)

// initialised starts a program and returns how many bytes each package's initialisation allocated.
func initialised(t *testing.T, program string) map[string]int {
	t.Helper()
	c := exec.Command(program, "version")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	output, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	bytes := map[string]int{}
	for _, line := range initLine.FindAllStringSubmatch(string(output), -1) {
		if bytes[line[1]], err = strconv.Atoi(line[2]); err != nil {
			t.Fatal(err)
		}
	}
	return bytes
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
