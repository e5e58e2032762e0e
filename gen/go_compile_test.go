package gen

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// program is what the compiled declarations say of themselves, each.
type program struct {
	Files    []File
	Findings dag.Diagnostics
}

const mainGo = `package main

import (
	"encoding/json"
	"os"

%s
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

type program struct {
	Files    []gen.File
	Findings dag.Diagnostics
}

func main() {
	var all []program
	for _, c := range []dag.Cluster{%s} {
		g := dag.Resolve(c)
		files, err := gen.YAML(g)
		if err != nil {
			panic(err)
		}
		all = append(all, program{files, g.Check()})
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}
`

// compiled writes the declarations of the graphs into a module of their own,
// compiles them all in one program and returns what that prints.
func compiled(t *testing.T, graphs []*dag.Graph, options GoOptions) []program {
	t.Helper()
	module := newModule(t)
	var imports, clusters []string
	for i, g := range graphs {
		options.Package = fmt.Sprintf("p%d", i)
		files, err := Go(g, options)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			writeIn(t, filepath.Join(module, filepath.FromSlash(g.Dir())), f.Name, f.Data)
		}
		imports = append(imports, fmt.Sprintf("\t%s \"example.com/fleet/%s\"", options.Package, g.Dir()))
		clusters = append(clusters, options.Package+".Cluster")
	}
	writeIn(t, module, "main.go", fmt.Appendf(nil, mainGo, strings.Join(imports, "\n"), strings.Join(clusters, ", ")))
	c := exec.Command("go", "run", ".")
	c.Dir = module
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	var stderr strings.Builder
	c.Stderr = &stderr
	output, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var programs []program
	if err := json.Unmarshal(output, &programs); err != nil {
		t.Fatal(err)
	}
	return programs
}

// newModule makes a module that takes this one and its dependencies from where
// they are on this machine.
func newModule(t *testing.T) string {
	t.Helper()
	module, root := t.TempDir(), filepath.Dir(filepath.Dir(golden.Path(t, "go.mod")))
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(data), "module github.com/tazlab/fluxdag\n", "module example.com/fleet\n\n"+
			"require github.com/tazlab/fluxdag v0.0.0\n\nreplace github.com/tazlab/fluxdag => "+root+"\n", 1)
		writeIn(t, module, name, []byte(text))
	}
	return module
}

func writeIn(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// compare holds the compiled declarations against the graphs that they were
// written from.
func compare(t *testing.T, graphs []*dag.Graph, programs []program) {
	t.Helper()
	for i, g := range graphs {
		files, err := YAML(g)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != len(programs[i].Files) {
			t.Errorf("%s: %d files, want %d", g.Name(), len(programs[i].Files), len(files))
			continue
		}
		for k, f := range files {
			if diff := cmp.Diff(string(f.Data), string(programs[i].Files[k].Data)); diff != "" || f.Path != programs[i].Files[k].Path {
				t.Errorf("%s: %s, %s (-graph +compiled):\n%s", g.Name(), f.Path, programs[i].Files[k].Path, diff)
			}
		}
		if diff := cmp.Diff(brief(g.Check()), brief(programs[i].Findings)); diff != "" {
			t.Errorf("%s: findings (-graph +compiled):\n%s", g.Name(), diff)
		}
	}
}

// brief are the findings on the spec, and those that say that the declaration
// itself is at fault, without what depends on how it is written: a defect in the
// defaults is one finding there, and one for each node where there are none.
func brief(found dag.Diagnostics) []string {
	var lines []string
	for _, d := range found {
		if d.Code == "FD113" || d.Code >= "FD200" && d.Code < "FD300" {
			lines = append(lines, d.Code+" "+d.Field)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
