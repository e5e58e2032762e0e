package gen

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

const ours = markStart + "clusters/c/dag.go" + markEnd + "\n"

func declared(names ...string) []File {
	var files []File
	for _, name := range names {
		files = append(files, File{Path: "clusters/c/" + name, Data: []byte(ours + "name: " + name + "\n")})
	}
	return files
}

// changesIn returns what Compare finds, a line each.
func changesIn(t *testing.T, root string, files []File) []string {
	t.Helper()
	folder := open(t, root)
	defer folder.Close()
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range changes {
		lines = append(lines, fmt.Sprintf("%s %s", c.Kind, filepath.Base(c.Path)))
	}
	return lines
}

func TestCompare(t *testing.T) {
	right := string(declared("a.yaml")[0].Data)
	for name, test := range map[string]struct {
		there string
		want  []string
	}{
		"right":                {right, nil},
		"right, with CRLF":     {strings.ReplaceAll(right, "\n", "\r\n"), nil},
		"edited":               {right + "x: 1\n", []string{"changed a.yaml"}},
		"edited, with CRLF":    {strings.ReplaceAll(right+"x: 1\n", "\n", "\r\n"), []string{"changed a.yaml"}},
		"empty":                {"", []string{"changed a.yaml"}},
		"cut in the mark":      {ours[:7], []string{"changed a.yaml"}},
		"cut behind the mark":  {ours[:len(ours)-4], []string{"changed a.yaml"}},
		"conflict on top":      {"<<<<<<< HEAD\n" + right + "=======\n" + right + ">>>>>>> b\n", []string{"changed a.yaml"}},
		"conflict of others":   {"<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> b\n", []string{"foreign a.yaml"}},
		"foreign":              {"kind: Kustomization\n", []string{"foreign a.yaml"}},
		"mark not on top":      {"# hello\n" + right, []string{"foreign a.yaml"}},
		"mark without its end": {markStart + "x\n", []string{"foreign a.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			root := newFolder(t, map[string]string{"a.yaml": test.there})
			defer cleanup(t, root)
			if diff := cmp.Diff(test.want, changesIn(t, root, declared("a.yaml"))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOnlyOursIsStale holds that nothing without our whole mark is ever removed.
func TestOnlyOursIsStale(t *testing.T) {
	root := newFolder(t, map[string]string{
		"a.yaml": ours + "old\n", "b.yml": ours, "c.txt": ours, "empty.yaml": "", "cut.yaml": ours[:20],
		"kustomization.yaml": "resources: []\n", "mine.yaml": "x: 1\n", "dag.go": "package c", ".fluxdag-ABC.tmp": "half",
	})
	defer cleanup(t, root)
	nested := filepath.Join(root, "clusters", "c", "flux-system")
	if err := os.MkdirAll(nested, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(nested, "x.yaml"), []byte(ours), 0o644); err != nil {
		t.Fatal(err)
	}
	want := []string{"leftover .fluxdag-ABC.tmp", "stale a.yaml", "stale b.yml"}
	if diff := cmp.Diff(want, changesIn(t, root, nil)); diff != "" {
		t.Error(diff)
	}
}

// TestUnchangedFilesAreLeftAlone holds that their time of modification stays, and
// that a changed one keeps its permissions.
func TestUnchangedFilesAreLeftAlone(t *testing.T) {
	files := declared("a.yaml", "b.yaml")
	root := newFolder(t, map[string]string{"a.yaml": string(files[0].Data), "b.yaml": ours})
	defer cleanup(t, root)
	a, b := filepath.Join(root, files[0].Path), filepath.Join(root, files[1].Path)
	then := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := errors.Join(os.Chtimes(a, then, then), os.Chmod(b, 0o600)); err != nil {
		t.Fatal(err)
	}
	folder := open(t, root)
	defer folder.Close()
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write(changes, false); err != nil {
		t.Fatal(err)
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	if !infoA.ModTime().Equal(then) || infoB.Mode().Perm() != 0o600 {
		t.Errorf("a.yaml was touched (%v) or b.yaml lost its permissions (%v)", infoA.ModTime(), infoB.Mode())
	}
}

// TestForeignStopsEverything holds that a refused run has written nothing, and
// that only a regular file can be adopted.
func TestForeignStopsEverything(t *testing.T) {
	root := newFolder(t, map[string]string{"b.yaml": "mine\n", "old.yaml": ours})
	defer cleanup(t, root)
	folder := open(t, root)
	defer folder.Close()
	files := declared("a.yaml", "b.yaml")
	changes, err := folder.Compare(files)
	if err != nil {
		t.Fatal(err)
	}
	before := tree(t, root)
	var refused *PathError
	if err := folder.Write(changes, false); !errors.As(err, &refused) || refused.Path != "clusters/c/b.yaml" || !strings.Contains(refused.Hint, "--adopt") {
		t.Errorf("Write = %v", err)
	}
	if diff := cmp.Diff(before, tree(t, root)); diff != "" {
		t.Error("a refused run wrote something:", diff)
	}
	if err := folder.Write(changes, true); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(map[string]string{"a.yaml": string(files[0].Data), "b.yaml": string(files[1].Data)}, tree(t, root)); diff != "" {
		t.Error(diff)
	}
	link := filepath.Join(root, "clusters", "c", "a.yaml")
	if err := errors.Join(os.Remove(link), os.Symlink("b.yaml", link)); err != nil {
		t.Fatal(err)
	}
	if changes, err = folder.Compare(files); err != nil {
		t.Fatal(err)
	}
	if err := folder.Write(changes, true); err == nil {
		t.Error("a symbolic link was adopted")
	}
}

// TestRuleGoldens holds the findings about files; those about graphs are held in
// package dag.
func TestRuleGoldens(t *testing.T) {
	for _, rule := range Rules() {
		for _, name := range []string{"fires", "quiet"} {
			got := ""
			if test, drift := driftCases[rule.Code]; drift {
				got = findingsIn(t, test[name])
			} else {
				got = readingCase(t, rule.Code, name)
			}
			golden.Check(t, "rules/"+rule.Code+"/"+name+".txt", got)
			if strings.Contains(got, "("+rule.Code+")") != (name == "fires") {
				t.Errorf("%s %s:\n%s", rule.Code, name, got)
			}
		}
	}
	inputs, err := filepath.Glob(golden.Path(t, "rules/*/fires.yaml"))
	if err != nil || len(inputs) != len(Rules())-len(driftCases) {
		t.Errorf("%d folders hold a fires.yaml, for %d rules of the reader (%v)", len(inputs), len(Rules())-len(driftCases), err)
	}
	if !slices.IsSortedFunc(Rules(), func(a, b dag.Rule) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("the rules are not sorted")
	}
}

var right = map[string]string{"a.yaml": string(declared("a.yaml")[0].Data)}

var driftCases = map[string]map[string]map[string]string{
	"FD301": {"fires": nil, "quiet": right},
	"FD302": {"fires": {"a.yaml": ours + "name: edited\n"}, "quiet": right},
	"FD303": {"fires": {"a.yaml": right["a.yaml"], "b.yaml": ours}, "quiet": {"a.yaml": right["a.yaml"], "b.yaml": named("b")}},
	"FD304": {"fires": {"a.yaml": "mine\n"}, "quiet": right},
	"FD310": {
		"fires": {"a.yaml": right["a.yaml"], "kustomization.yaml": "kind: Kustomization\nresources:\n  - b.yaml\n", "b.yaml": named("b")},
		"quiet": {"a.yaml": right["a.yaml"], "kustomization.yaml": "resources: [./a.yaml]\n"},
	},
	"FD311": {"fires": brokenNeighbours(right), "quiet": soundNeighbours(right)},
	"FD312": {
		"fires": {"a.yaml": right["a.yaml"], "../old/x.yaml": ours, "../old/a.yaml": named("a")},
		"quiet": {"a.yaml": right["a.yaml"], "../mine/x.yaml": named("x"), "../go/dag.go": ours, "../empty/x.yaml": ""},
	},
}

// readingCase returns the findings in golden/rules/CODE/fires.yaml or quiet.yaml.
func readingCase(t *testing.T, code, name string) string {
	t.Helper()
	file := name + ".yaml"
	data, err := os.ReadFile(golden.Path(t, "rules/"+code+"/"+file))
	if err != nil {
		t.Fatal(err)
	}
	_, found := Read([]File{{Path: file, Data: data}})
	var b strings.Builder
	for _, d := range found {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

func findingsIn(t *testing.T, there map[string]string) string {
	root := newFolder(t, there)
	defer cleanup(t, root)
	folder := open(t, root)
	defer folder.Close()
	changes, err := folder.Compare(declared("a.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s\n%s", c.Diagnostic(), c.Diff())
	}
	orphans, err := Orphans(root, []string{"clusters/c"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range append(oneNode().Check(folder.Rules()...), orphans...) {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

// oneNode is the graph of declared("a.yaml").
func oneNode() *dag.Graph {
	a := dag.Declare(dag.Node{Name: "a", Path: "./a"}).At(dag.Position{File: "clusters/c/dag.go", Line: 1})
	return dag.Resolve(dag.Cluster{Name: "c", Defaults: defaults, Nodes: []dag.Ref{a}})
}

// brokenNeighbours each stop the build of a folder without a kustomization.yaml.
func brokenNeighbours(right map[string]string) map[string]string {
	return map[string]string{
		"a.yaml":        right["a.yaml"],
		"syntax.yaml":   named("x") + "---\n\t: [\n",
		"conflict.yml":  named("x") + "<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> b\n",
		"values.yaml":   "# of a chart\nreplicas: 1\n",
		"list.yaml":     "- 1\n",
		"nameless.yaml": "apiVersion: v1\nkind: ConfigMap\n",
		"large.yaml":    "<<<<<<< HEAD\n" + strings.Repeat("# x\n", maxNeighbour),
	}
}

// soundNeighbours stop nothing: objects, comments, no YAML file, and a chart's
// values in a folder of kustomize's own.
func soundNeighbours(right map[string]string) map[string]string {
	return map[string]string{
		"a.yaml":     right["a.yaml"],
		"b.yaml":     "---\n# nothing\n---\n" + named("b") + "---\napiVersion: v1\nkind: List\nitems: []\n",
		"notes.txt":  "<<<<<<< HEAD\n",
		"empty.yaml": "",
	}
}

// TestBuild holds what Flux builds of a folder that has a kustomization.yaml, or of
// one that has none.
func TestBuild(t *testing.T) {
	right := string(declared("a.yaml")[0].Data)
	for name, test := range map[string]struct {
		there map[string]string // relative to the folder
		built []string
		found string // of FD310 and FD311; the first line of each
	}{
		"without one": {map[string]string{"a.yaml": right, "sub/b.yaml": named("b"), "sub/deep/c.yml": named("c"), "x.txt": ""},
			[]string{"a.yaml", "sub/b.yaml", "sub/deep/c.yml"}, ""},
		"below": {map[string]string{"a.yaml": right, "sub/kustomization.yml": "resources: [b.yaml, ../up.yaml]\n", "sub/b.yaml": named("b"), "sub/values.yaml": "x: 1\n", "up.yaml": named("u")},
			[]string{"a.yaml", "sub/b.yaml", "up.yaml"}, ""},
		"lists all": {map[string]string{"a.yaml": right, "old/a.yaml": named("a"), "Kustomization": "resources: [a.yaml, flux-system, https://example.com/x.yaml, \"github.com/org/repo//path?ref=v1\"]\n",
			"flux-system/kustomization.yaml": "resources:\n- gotk-sync.yaml\ncomponents:\n- ../part\n", "flux-system/gotk-sync.yaml": named("flux-system"), "part/kustomization.yaml": "resources: [p.yaml]\n", "part/p.yaml": named("p")},
			[]string{"a.yaml", "flux-system/gotk-sync.yaml", "part/p.yaml"}, ""},
		"lists none":    {map[string]string{"kustomization.yaml": "# all in the base\nresources:\n- sub\n", "sub/kustomization.yaml": "bases: [..]\n"}, nil, "clusters/c/kustomization.yaml:3 FD310\n"},
		"not yet there": {map[string]string{"kustomization.yaml": "resources:\n- a.yaml\n"}, []string{"a.yaml"}, ""},
		"gone": {map[string]string{"a.yaml": right, "old.yaml": ours, "kustomization.yaml": "resources:\n- a.yaml\n- old.yaml\n- nowhere.yml\n- folder\n", "folder/x.yaml": named("x")},
			[]string{"a.yaml", "nowhere.yml", "old.yaml"},
			"clusters/c/kustomization.yaml:3 FD311\nclusters/c/kustomization.yaml:4 FD311\nclusters/c/kustomization.yaml:5 FD311\n"},
		"broken itself":   {map[string]string{"kustomization.yaml": "resources:\n- a.yaml\n\tx\n"}, nil, "clusters/c/kustomization.yaml:2 FD311\n"},
		"in conflict":     {map[string]string{"kustomization.yaml": "resources:\n<<<<<<< HEAD\n- a.yaml\n=======\n>>>>>>> b\n"}, nil, "clusters/c/kustomization.yaml:2 FD311\n"},
		"listed, broken":  {map[string]string{"kustomization.yaml": "resources: [a.yaml, b.yaml]\n", "b.yaml": "x: 1\n", "c.yaml": "x: 1\n"}, []string{"a.yaml", "b.yaml"}, "clusters/c/b.yaml:1 FD311\n"},
		"in a circle":     {map[string]string{"kustomization.yaml": "resources: [a.yaml, sub]\n", "sub/kustomization.yaml": "resources: [../]\n"}, []string{"a.yaml"}, ""},
		"out of the root": {map[string]string{"kustomization.yaml": "resources: [a.yaml, ../../../../etc]\n"}, []string{"a.yaml"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := newFolder(t, nil)
			defer cleanup(t, root)
			for file, data := range test.there {
				file = filepath.Join(root, "clusters", "c", file)
				if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(data), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			folder := open(t, root)
			defer folder.Close()
			var built []string
			for file := range folder.build().files {
				built = append(built, strings.TrimPrefix(file, "clusters/c/"))
			}
			slices.Sort(built)
			var found strings.Builder
			for _, d := range oneNode().Check(folder.Rules()...) {
				fmt.Fprintf(&found, "%s:%d %s\n", d.Position.File, d.Position.Line, d.Code)
			}
			if diff := cmp.Diff(test.built, built); diff != "" {
				t.Errorf("built (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.found, found.String()); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}
