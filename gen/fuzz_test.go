package gen

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// addGoldens seeds a fuzz target with the files under golden/.
func addGoldens(f *testing.F) {
	for _, pattern := range []string{"../golden/*/*.yaml", "../golden/rules/*/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no golden files", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// within fails where a position lies outside of the text.
func within(t *testing.T, data []byte, pos dag.Position) {
	t.Helper()
	text := strings.TrimPrefix(string(fromUTF16(data)), "\uFEFF")
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	if pos.Line < 1 || pos.Line > len(lines) || pos.Column > utf8.RuneCountInString(lines[pos.Line-1])+1 {
		t.Fatalf("%s is outside of %q", pos, data)
	}
}

// FuzzParse holds that no file makes the reader panic, that every position lies in
// it, that every walk ends, and that each field stands where Position says.
func FuzzParse(f *testing.F) {
	addGoldens(f)
	for _, seed := range []string{"\xff\xfea\x00", "---\n...\n%YAML 1.1\n", "a: &x [*x]", "a: {<<: [*b]}", "? {a: b}\n: c", "a\u2028b: \u0085c", "\uFEFFa: !!binary x\n", "{{ a }}", "<<<<<<< a"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, found := Parse("f.yaml", data)
		for _, d := range found {
			within(t, data, d.Position)
			for _, r := range d.Related {
				within(t, data, r.Position)
			}
		}
		for i, d := range docs {
			if i > 0 && docs[i-1].Index >= d.Index {
				t.Fatalf("the documents %d and %d", docs[i-1].Index, d.Index)
			}
			_ = d.Comments()
			for _, object := range d.Items() {
				checkPositions(t, data, object)
			}
		}
	})
}

// checkPositions holds every field of the first levels against its place, and that it is
// the same without the tree.
func checkPositions(t *testing.T, data []byte, d Document) {
	locate := d.locator()
	at := func(field string) {
		pos := d.Position(field)
		within(t, data, pos)
		if again := locate(field); again != pos {
			t.Fatalf("%q stands at %s, and at %s when it is parsed again", field, pos, again)
		}
	}
	at("")
	eachMember(d.Node, func(key, v *yaml.Node) bool {
		at(keyName(key))
		at(keyName(key) + "[0].name")
		eachMember(v, func(inner, _ *yaml.Node) bool {
			at(keyName(key) + "." + keyName(inner))
			return true
		})
		return true
	})
	if object, err := d.Object(); err == nil {
		node, problems := NodeOf(object)
		for _, found := range d.Diagnose(node.Name, problems) {
			within(t, data, found.Position)
		}
	}
}

// FuzzRead holds that what is written from any file is read and written again byte
// for byte, where the graph has no error of its own.
func FuzzRead(f *testing.F) {
	addGoldens(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, found := Read([]File{{Path: "clusters/c/f.yaml", Data: data}})
		for _, d := range found {
			within(t, data, d.Position)
		}
		first := dag.Resolve(c)
		findings := first.Check()
		for _, d := range findings {
			if d.Position.File == "clusters/c/f.yaml" {
				within(t, data, d.Position)
			}
		}
		once := write(t, first)
		if findings.Has(dag.Error) {
			return
		}
		second, again := Read(once)
		if len(again) > 0 {
			t.Fatalf("%v in %s", again, once[0].Data)
		}
		sameGraph(t, first, dag.Resolve(second))
		if diff := cmp.Diff(once, write(t, dag.Resolve(second))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzAllow holds that a comment is a suppression, a finding or neither, but never
// two of them, wherever it stands, and that a suppression is written and read again.
func FuzzAllow(f *testing.F) {
	for _, seed := range []string{"fluxdag:allow FD212 why", "fluxdag:allow", "fluxdag: allow FD212", "fluxdag:ignore", " fluxdag:allow\tA\tb # c", "FLUXDAG:allow A b", "Level: fluxdag:allow A b", "# fluxdag:allow A b", `\fluxdag:allow A b`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, comment string) {
		if strings.ContainsAny(comment, "\r\n"+oldBreaks) || printable(comment) != comment || len(comment) > 1000 {
			return
		}
		object := named("a") + "spec:\n  interval: 1h\n  prune: true\n  path: ./a\n  sourceRef: {kind: GitRepository, name: a}\n"
		var got []map[string]string
		for _, text := range []string{"# " + comment + "\n" + object, strings.Replace(object, "1h\n", "1h # "+comment+"\n", 1), object + "# " + comment + "\n"} {
			c, found := Read([]File{{Path: "clusters/c/f.yaml", Data: []byte(text)}})
			if len(c.Nodes) != 1 {
				t.Fatalf("%d nodes, %v", len(c.Nodes), found)
			}
			g := dag.Resolve(c)
			allow := g.Vertex("flux-system", "a").Allow()
			if len(allow)+len(found) > 1 || len(allow)+len(found) == 1 != directive.MatchString(comment) {
				t.Fatalf("%v and %v from %q", allow, found, text)
			}
			second, again := Read(write(t, g))
			if len(again) > 0 || !maps.Equal(allow, dag.Resolve(second).Vertex("flux-system", "a").Allow()) {
				t.Fatalf("%v: %v", again, second)
			}
			got = append(got, allow)
		}
		if slices.ContainsFunc(got, func(m map[string]string) bool { return !maps.Equal(m, got[0]) }) {
			t.Fatalf("%v", got)
		}
	})
}
