package repo

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/tazlab/fluxdag/dag"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// badInputs are files, each with what of it is refused; nothing where it is fine.
var badInputs = map[string]struct {
	data    []byte
	refused string // part of the finding
	line    int    // on which
}{
	"syntax":      {[]byte("a: b\n c: d\n"), "cannot be parsed", 2},
	"brackets":    {[]byte("a: [b\n"), "cannot be parsed", 1},
	"duplicate":   {[]byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata:\n  a: b\n  a: c\n"), "cannot be parsed", 6},
	"tabs":        {[]byte("apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: bad\n"), "cannot be parsed", 4},
	"nul":         {[]byte("a: \x00b\n"), "holds a NUL", 1},
	"binary":      {append([]byte("\x7fELF\x02\x01\x01"), bytes.Repeat([]byte{0, 1, 2, 255}, 1000)...), "holds a NUL", 1},
	"conflict":    {[]byte("apiVersion: v1\nkind: ConfigMap\nmetadata:\n<<<<<<< HEAD\n  name: a\n=======\n  name: b\n>>>>>>> b\n"), "merge-conflict markers", 4},
	"template":    {[]byte("apiVersion: v1\nkind: {{ .Kind }}\n"), "looks like a template", 2},
	"laughs":      {laughs(), "aliases", 0},
	"selfish":     {[]byte("a: &a [*a]\n"), "cannot be parsed", 1},
	"deep":        {[]byte("a: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "\n"), "levels", 1},
	"deep-block":  {deepBlock(1200), "levels", 0},
	"50-mib":      {bytes.Repeat([]byte("# fifty mebibytes of nothing but comments, so many\n"), 1<<20), "MiB", 1},
	"no-object":   {[]byte("a: b\n"), "", 0},
	"list":        {[]byte("- a\n- b\n"), "", 0},
	"scalar":      {[]byte("just text\n"), "", 0},
	"bom":         {[]byte("\uFEFF" + configMap("bad")), "", 0},
	"crlf":        {[]byte(strings.ReplaceAll(configMap("bad"), "\n", "\r\n")), "", 0},
	"utf-16":      {inUTF16(strings.TrimPrefix(configMap("bad"), "---\n")), "", 0},
	"empty":       {nil, "", 0},
	"comments":    {[]byte("# nothing\n---\n# at all\n"), "", 0},
	"null":        {[]byte("---\nnull\n---\n~\n"), "", 0},
	"no-newline":  {[]byte(strings.TrimSuffix(configMap("bad"), "\n")), "", 0},
	"aliases":     {[]byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: &n bad}\ndata: {a: *n}\n"), "", 0},
	"long":        {longDocument("data:\n  text: |\n", "    line %d\n"), "", 0},
	"wide":        {longDocument("data:\n", "  key-%d: value\n"), "members", 5},
	"many-braces": {[]byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata:\n  script: |\n" + strings.Repeat("    ${a[0]} {b} \n", 1000)), "", 0},
}

// without are the inputs that Flux's library, which has no limits, would not survive:
// one overflows its stack, others take all memory, or an hour.
var without = []string{"selfish", "laughs", "wide", "50-mib", "long"}

// laughs expands to ten to the ninth.
func laughs() []byte {
	var b strings.Builder
	b.WriteString("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := range 8 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return []byte(b.String())
}

func deepBlock(levels int) []byte {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return []byte(b.String())
}

// longDocument has 100,000 lines.
func longDocument(before, line string) []byte {
	var b strings.Builder
	b.WriteString("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\n" + before)
	for i := range 100_000 {
		fmt.Fprintf(&b, line, i)
	}
	return []byte(b.String())
}

func inUTF16(text string) []byte {
	data := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(text)) {
		data = append(data, byte(unit), byte(unit>>8))
	}
	return data
}

// badRepository has a folder that builds a file because a kustomization.yaml lists it,
// one that swallows it, and one that it has no part in.
func badRepository(t testing.TB, name string, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "clusters/prod/flux-system/gotk-sync.yaml", []byte(gotkSync))
	write(t, dir, "clusters/prod/apps.yaml", []byte(kustomization("listed", "./listed", "")+kustomization("swallowed", "./swallowed", "")+kustomization("sound", "./sound", "")))
	write(t, dir, "listed/kustomization.yaml", []byte("resources:\n  - cm.yaml\n  - "+name+"\n"))
	for _, folder := range []string{"listed", "swallowed", "sound"} {
		write(t, dir, folder+"/cm.yaml", []byte(configMap(folder)))
	}
	write(t, dir, "listed/"+name, data)
	write(t, dir, "swallowed/"+name, data)
	return dir
}

// TestBadInput holds that each bad file is a finding where it stands, in every place
// that builds it, that the rest goes on, that what Flux's own library refuses is what
// is refused here, and that all this needs no more memory than is stated.
func TestBadInput(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, bad := range badInputs {
		t.Run(name, func(t *testing.T) {
			dir := badRepository(t, "bad.yaml", bad.data)
			r, err := Load(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := r.Clusters[0]
			found := c.Check()
			for _, folder := range []string{"listed", "swallowed"} {
				node := "flux-system/" + folder
				if !slices.ContainsFunc(c.Objects[node], func(o *Object) bool { return o.Name == folder }) && bad.refused != "" {
					t.Errorf("%s: the rest is not built: %v", folder, c.Objects[node])
				}
				requireFinding(t, found, node, folder+"/bad.yaml", bad.refused, bad.line)
				if slices.Contains(without, name) {
					continue
				}
				if ours, theirs := failed(found, node), fluxFails(t, dir, folder); ours != theirs && len(bad.data) < 1<<20 {
					t.Errorf("%s: refused here: %v; by Flux's library: %v", folder, ours, theirs)
				}
			}
			if failed(found, "flux-system/sound") || len(c.Objects["flux-system/sound"]) != 1 {
				t.Error("the sound folder has suffered")
			}
		})
	}
	runtime.ReadMemStats(&after)
	if used := (after.Sys - before.Sys) >> 20; used > 1024 {
		t.Errorf("took %d MiB", used)
	}
}

func failed(found dag.Diagnostics, node string) bool {
	return slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Code == buildFailure.Code && d.Node == node })
}

func requireFinding(t *testing.T, found dag.Diagnostics, node, file, refused string, line int) {
	t.Helper()
	if refused == "" {
		return
	}
	var messages []string
	for _, d := range found {
		if d.Node != node || d.Code != buildFailure.Code {
			continue
		}
		at := []dag.Position{d.Position}
		for _, r := range d.Related {
			at = append(at, r.Position)
		}
		if strings.Contains(d.Message, refused) && slices.ContainsFunc(at, func(p dag.Position) bool { return p.File == file && (line == 0 || p.Line == line) }) {
			messages = append(messages, d.Message)
		}
	}
	if len(messages) != 1 {
		t.Errorf("%s has %d findings of %q at %s:%d: %v", node, len(messages), refused, file, line, found)
	}
}

// fluxFails builds a folder of a copy of the repository with Flux's own library.
func fluxFails(t *testing.T, dir, folder string) bool {
	t.Helper()
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(copied, folder)
	object := map[string]any{"spec": map[string]any{"path": "./" + folder}}
	if _, err := kustomize.NewGenerator(copied, unstructured.Unstructured{Object: object}).WriteFile(path); err != nil {
		return true
	}
	resources, err := kustomize.SecureBuild(copied, path, false)
	if err == nil {
		_, err = resources.AsYaml()
	}
	return err != nil
}

// TestBombsInEveryPlace holds that a text on which kustomize overflows its stack does not
// reach it, wherever a kustomization.yaml or a Kustomization names or holds it, and that a
// generator's file of any kind is left alone.
func TestBombsInEveryPlace(t *testing.T) {
	const bomb = "a: &a [*a]"
	for place, text := range map[string]string{
		"a resource of another name":    "resources: [bomb.txt]\n",
		"a patch":                       "resources: [cm.yaml]\npatches: [{path: bomb.txt}]\n",
		"a JSON patch":                  "resources: [cm.yaml]\npatchesJson6902: [{path: bomb.yaml, target: {kind: ConfigMap}}]\n",
		"an old patch":                  "resources: [cm.yaml]\npatchesStrategicMerge: [bomb.txt]\n",
		"an inline patch":               "resources: [cm.yaml]\npatches: [{patch: '" + bomb + "', target: {kind: ConfigMap}}]\n",
		"an old inline patch":           "resources: [cm.yaml]\npatchesStrategicMerge:\n  - |\n    apiVersion: v1\n    " + bomb + "\n",
		"a transformer":                 "resources: [cm.yaml]\ntransformers: [bomb.txt]\n",
		"an inline transformer":         "resources: [cm.yaml]\ntransformers:\n  - |\n    apiVersion: v1\n    " + bomb + "\n",
		"a replacement":                 "resources: [cm.yaml]\nreplacements: [{path: bomb.txt}]\n",
		"a configuration":               "resources: [cm.yaml]\nconfigurations: [bomb.txt]\n",
		"a patch of a transformer":      "resources: [cm.yaml]\ntransformers: [plugin.yaml]\n",
		"the kustomization.yaml itself": "resources: [cm.yaml]\n" + bomb + "\n",
	} {
		dir := badRepository(t, "bomb.txt", []byte(bomb))
		write(t, dir, "listed/bomb.yaml", []byte(bomb))
		write(t, dir, "listed/plugin.yaml", []byte("apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\npath: bomb.yaml\ntarget: {kind: ConfigMap}\n"))
		write(t, dir, "listed/kustomization.yaml", []byte(text))
		r, err := Load(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if found := r.Clusters[0].Check(); !failed(found, "flux-system/listed") {
			t.Errorf("%s: %s", place, found)
		}
	}
	dir := badRepository(t, "script.py", []byte("def f(*args, **kwargs):\n\treturn g(*args)\n"))
	write(t, dir, "listed/values.yaml", []byte(bomb))
	write(t, dir, "listed/kustomization.yaml", []byte("resources: [cm.yaml]\nconfigMapGenerator:\n  - name: a\n    files: [script.py, v=values.yaml]\n"))
	write(t, dir, "clusters/prod/apps.yaml", []byte(kustomization("listed", "./listed", "")+kustomization("patched", "./sound", "  patches: [{patch: '"+bomb+"', target: {kind: ConfigMap}}]\n")))
	r, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if found := r.Clusters[0].Check(); failed(found, "flux-system/listed") || !failed(found, "flux-system/patched") {
		t.Error(found)
	}
}

// TestValuesBounded holds that a large value in many places is not written out.
func TestValuesBounded(t *testing.T) {
	dir := badRepository(t, "bad.yaml", []byte(configMap("bad")+"  many: \""+strings.Repeat("${V}", 10_000)+"\"\n"))
	write(t, dir, "clusters/prod/vars.yaml", []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {V: "+strings.Repeat("x", 100_000)+"}\n"))
	write(t, dir, "clusters/prod/apps.yaml", []byte(kustomization("listed", "./listed", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n")))
	r, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := briefly(r.Clusters[0].Check()); !strings.Contains(got, "FD329") || !strings.Contains(got, "953 MiB") {
		t.Error(got)
	}
}
