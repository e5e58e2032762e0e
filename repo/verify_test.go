package repo

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/golden"
)

// imported loads a golden repository and imports its first cluster.
func imported(t *testing.T, name string) (*Repository, *Cluster, *Import) {
	t.Helper()
	r, _ := loaded(t, name)
	c := r.Clusters[0]
	return r, c, c.Import(c.Name, c.Root)
}

func verified(t *testing.T, r *Repository, c *Cluster, i *Import) []string {
	t.Helper()
	before := stamped(t, r.index.base)
	different, err := r.Verify(c, i)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before, stamped(t, r.index.base)) {
		t.Error("Verify wrote into the repository")
	}
	return different
}

// importable are the traits whose Kustomizations all have a document of their own that
// a generated file can take the place of.
var importable = []string{"anchors", "archive", "components", "defaults-from-parent", "delete-by-label", "encrypted-variables", "external-artifact", "fluxinstance-object",
	"kubeconfig", "many-in-one-file", "namespace-from-kustomization", "namespace-from-target", "optional-variables", "remote", "same-url", "several-clusters",
	"substitution", "variables-later"}

// TestVerify holds that what is imported leaves each cluster as it is.
func TestVerify(t *testing.T) {
	for _, name := range importable {
		r, c, i := imported(t, "repo/"+name)
		if i.Graph.Len() == 0 {
			t.Errorf("%s: nothing is imported", name)
		}
		if different := verified(t, r, c, i); len(different) > 0 {
			t.Errorf("%s:\n%s", name, strings.Join(different, "\n"))
		}
	}
}

// TestVerifySees holds that Verify is not vacuous: it tells of every node whose spec is
// not what it was, of each that is missing or too many, of a document that stays beside
// the generated one, of one that goes with nothing in its place, and of other objects
// that change.
func TestVerifySees(t *testing.T) {
	change := func(i *Import, change func(*dag.Node)) {
		cluster := dag.Cluster{Name: i.Graph.Name(), Dir: i.Graph.Dir()}
		for v := range i.Graph.Vertices() {
			n := dag.Node{Name: v.Object().Name, Namespace: v.Object().Namespace, Extra: v.Object().Spec}
			if change(&n); n.Name != "" {
				cluster.Nodes = append(cluster.Nodes, dag.Declare(n))
			}
		}
		i.Graph = dag.Resolve(cluster)
	}
	only := func(name string, f func(*dag.Node)) func(*dag.Node) {
		return func(n *dag.Node) {
			if n.Name == name {
				f(n)
			}
		}
	}
	for what, c := range map[string]struct {
		tamper func(*testing.T, *Repository, *Import)
		want   string
	}{
		"nothing": {func(t *testing.T, _ *Repository, i *Import) { change(i, func(*dag.Node) {}) }, ""},
		"the path": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("apps", func(n *dag.Node) { n.Extra.Path = "./vars" }))
		}, "Kustomization flux-system/apps differs"},
		"prune": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("vars", func(n *dag.Node) { n.Extra.Prune = false }))
		}, "Kustomization flux-system/vars differs"},
		"an edge": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("apps", func(n *dag.Node) { n.Extra.DependsOn = nil }))
		}, "Kustomization flux-system/apps differs"},
		"a label": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("vars", func(n *dag.Node) { n.Labels = map[string]string{"a": "b"} }))
		}, "Kustomization flux-system/vars differs"},
		"a name": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("vars", func(n *dag.Node) { n.Name = "other" }))
		}, "Kustomization flux-system/vars is no longer applied"},
		"no node": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("vars", func(n *dag.Node) { n.Name = "" }))
		}, "Kustomization flux-system/vars is no longer applied"},
		"variables": {func(t *testing.T, _ *Repository, i *Import) {
			change(i, only("apps", func(n *dag.Node) { n.Extra.PostBuild = nil }))
		}, "apps differs"},
		"no removal": {func(t *testing.T, _ *Repository, i *Import) { i.Files = nil }, "is applied twice"},
		"too much removed": {func(t *testing.T, r *Repository, i *Import) {
			i.Files = append(i.Files, SupersededFile{File: "apps/web/cm.yaml", Whole: true})
		}, "ConfigMap default/web is no longer applied"},
		"an object": {func(t *testing.T, r *Repository, i *Import) { // it moves to another owner
			change(i, only("apps", func(n *dag.Node) { n.Extra.TargetNamespace = "other" }))
		}, "differs"},
	} {
		t.Run(what, func(t *testing.T) {
			name := "repo/variables-later"
			if what == "no removal" {
				name = "repo/components" // whose documents lie in other folders
			}
			r, cluster, i := imported(t, name)
			c.tamper(t, r, i)
			different, err := r.Verify(cluster, i)
			text := strings.Join(different, "\n")
			if err != nil {
				text = err.Error()
			}
			if c.want == "" && text != "" || !strings.Contains(text, c.want) {
				t.Errorf("got %q, want %q", text, c.want)
			}
			if c.want == "differs" && err != nil {
				t.Error(err)
			}
		})
	}
}

// TestImportKeeps holds what an import leaves as it is: the sync root, and what no
// document of its own holds.
func TestImportKeeps(t *testing.T) {
	for name, want := range map[string]string{
		"list":                "clusters/prod/apps.yaml:4:5",
		"fluxinstance-object": "flux-system/flux-system: the sync root",
	} {
		r, c, i := imported(t, "repo/"+name)
		if kept := strings.Join(i.Kept, "\n"); !strings.Contains(kept, want) || len(i.Kept)+i.Graph.Len() != c.Graph.Len() {
			t.Errorf("%s: %s", name, kept)
		}
		if different := verified(t, r, c, i); len(different) > 0 {
			t.Error(different)
		}
	}
}

// TestDigests holds that the content of an object that is no Kustomization counts.
func TestDigests(t *testing.T) {
	dir := badRepository(t, "bad.yaml", []byte(configMap("bad")))
	load := func() *Cluster {
		r, err := Load(dir, Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.Clusters[0]
	}
	before := load()
	if different := differences(before, load()); len(different) > 0 {
		t.Error(different)
	}
	write(t, dir, "sound/cm.yaml", []byte(configMap("sound")+"  more: value\n"))
	if different := differences(before, load()); len(different) != 1 || !strings.Contains(different[0], "ConfigMap default/sound has other content") {
		t.Error(different)
	}
}

// TestImportedDeclarationCompiles holds that the declaration that is written for an
// import, compiled and run, generates the files that Verify has proved.
func TestImportedDeclarationCompiles(t *testing.T) {
	for _, name := range []string{"components", "namespace-from-kustomization"} {
		r, c, i := imported(t, "repo/"+name)
		if different := verified(t, r, c, i); len(different) > 0 {
			t.Error(different)
		}
		want, err := gen.YAML(i.Graph)
		if err != nil {
			t.Fatal(err)
		}
		declaration, err := gen.Go(i.Graph, gen.GoOptions{Package: "fleet", Comments: i.Comments})
		if err != nil {
			t.Fatal(err)
		}
		got := generated(t, declaration)
		byPath := func(a, b gen.File) int { return strings.Compare(a.Path, b.Path) }
		slices.SortFunc(want, byPath)
		slices.SortFunc(got, byPath)
		for n := range want {
			if n >= len(got) || base(want[n]) != base(got[n]) || body(want[n]) != body(got[n]) {
				t.Errorf("%s: %s", name, cmp.Diff(want, got))
				break
			}
		}
		if len(want) != len(got) {
			t.Errorf("%s: %d files, want %d", name, len(got), len(want))
		}
	}
}

func base(f gen.File) string { return filepath.Base(f.Path) }

// body leaves out the comments on top, which name the declaration and the level.
func body(f gen.File) string { return string(f.Data[strings.Index(string(f.Data), "\napiVersion"):]) }

const program = `package main

import (
	"encoding/json"
	"os"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	fleet "example.com/fleet/c"
)

func main() {
	files, err := gen.YAML(dag.Resolve(fleet.Cluster))
	if err != nil {
		panic(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(files); err != nil {
		panic(err)
	}
}
`

// generated compiles a declaration in a module of its own, and returns what it
// generates.
func generated(t *testing.T, declaration []gen.GoFile) []gen.File {
	t.Helper()
	module, root := t.TempDir(), filepath.Dir(filepath.Dir(golden.Path(t, "go.mod")))
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, module, name, []byte(strings.Replace(string(data), "module github.com/tazlab/fluxdag\n",
			"module example.com/fleet\n\nrequire github.com/tazlab/fluxdag v0.0.0\n\nreplace github.com/tazlab/fluxdag => "+root+"\n", 1)))
	}
	for _, f := range declaration {
		write(t, module, "c/"+f.Name, f.Data)
	}
	write(t, module, "main.go", []byte(program))
	c := exec.Command("go", "run", ".")
	c.Dir, c.Env = module, append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	var stderr strings.Builder
	c.Stderr = &stderr
	output, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var files []gen.File
	if err := json.Unmarshal(output, &files); err != nil {
		t.Fatal(err)
	}
	return files
}
