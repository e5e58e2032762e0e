package gen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

func write(t fatal, g *dag.Graph) []File {
	t.Helper()
	files, err := YAML(g)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return files
}

// readGraph reads files that must have no finding. What lies outside stands in none.
func readGraph(t fatal, files []File) *dag.Graph {
	t.Helper()
	c, found := Read(files)
	if len(found) > 0 {
		t.Fatalf("%v", found)
	}
	c.Externals = outside
	return dag.Resolve(c)
}

// TestReadGivesBackTheGraph is law 1, and law 2 for our own files: the graph that was
// written is read, and writes the same bytes but for the name of the declaration.
func TestReadGivesBackTheGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := randomGraph(t)
		files := write(t, want)
		got := readGraph(t, files)
		sameGraph(t, want, got)
		if diff := cmp.Diff(files, write(t, got)); diff != "" {
			t.Fatalf("written again (-first +second):\n%s", diff)
		}
		if diff := cmp.Diff(verdicts(want), verdicts(got)); diff != "" {
			t.Fatalf("the rules judge it differently (-declared +read):\n%s", diff)
		}
		if !dependsOutside(want) && !hasRule(want, "FD109") && hasRule(got, "FD109") {
			t.Fatalf("the levels have another order: %v", got.Check())
		}
	})
}

// verdicts are the findings about nodes, without positions and hints. The order of
// the levels stands in no file, so where a node stands later than it must (FD109), a
// reader cannot know that.
func verdicts(g *dag.Graph) []string {
	var all []string
	for _, d := range g.Check() {
		if d.Code != "FD109" {
			all = append(all, d.Code+" "+d.Node+" "+d.Field+" "+d.Message)
		}
	}
	slices.Sort(all)
	return all
}

// dependsOutside reports whether a node depends on what lies outside of the graph:
// FD109 says nothing about such a node, nor where it belongs.
func dependsOutside(g *dag.Graph) bool {
	for v := range g.Vertices() {
		for _, dep := range v.Object().Spec.DependsOn {
			if dep.Namespace == "other" {
				return true
			}
		}
	}
	return false
}

// hasRule reports whether a rule finds something.
func hasRule(g *dag.Graph, code string) bool {
	return slices.ContainsFunc(g.Check(), func(d dag.Diagnostic) bool { return d.Code == code })
}

// foreign turns the files of a graph into what other people write: several objects
// in one file or in a List, without our mark, with comments anywhere, with other line
// ends, in another order. It returns the comments too.
func foreign(t *rapid.T, files []File) ([]File, []string) {
	var comments, documents []string
	comment := func() string {
		comments = append(comments, fmt.Sprintf("comment %d: \"it's", len(comments)))
		return "# " + comments[len(comments)-1]
	}
	for _, f := range files {
		_, body, _ := strings.Cut(string(f.Data), "\napiVersion:")
		var b strings.Builder
		for line := range strings.Lines("apiVersion:" + body) {
			line = strings.TrimSuffix(line, "\n")
			indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
			if rapid.IntRange(0, 4).Draw(t, "above") == 0 {
				b.WriteString(indent + comment() + "\n")
			}
			b.WriteString(line)
			if !strings.HasSuffix(line, ":") && rapid.IntRange(0, 4).Draw(t, "behind") == 0 {
				b.WriteString(" " + comment())
			}
			b.WriteString("\n")
		}
		documents = append(documents, b.String())
	}
	var out []File
	for len(documents) > 0 {
		n := rapid.IntRange(1, len(documents)).Draw(t, "in one file")
		text := strings.Join(documents[:n], "---\n")
		if rapid.Bool().Draw(t, "CRLF") {
			text = "\uFEFF---\r\n" + strings.ReplaceAll(text, "\n", "\r\n")
		}
		out = append(out, File{Path: fmt.Sprintf("apps/%d/ks.yaml", len(out)), Data: []byte(text)})
		documents = documents[n:]
	}
	return out, comments
}

// plainGraph draws a graph whose files hold a scalar in every line.
func plainGraph(t *rapid.T) *dag.Graph {
	c := dag.Cluster{Name: "c", Defaults: defaults}
	for i := range rapid.IntRange(1, 5).Draw(t, "nodes") {
		n := dag.Node{Name: fmt.Sprintf("n%d", i), Path: "./p", Substitute: map[string]string{"a": "1", "b": "two words"}, Ready: dag.WaitAll()}
		n.Namespace = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "namespace")
		for _, ref := range c.Nodes {
			if rapid.Bool().Draw(t, "edge") {
				n.DependsOn = append(n.DependsOn, ref)
			}
		}
		c.Nodes = append(c.Nodes, dag.Declare(n))
	}
	return dag.Resolve(c)
}

// TestForeignFilesSettle is law 2: what is written from foreign files is the same
// objects, is read and written again byte for byte, and every comment of the originals
// is in the documents' comments.
func TestForeignFilesSettle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		original := plainGraph(t)
		files, comments := foreign(t, write(t, original))
		first := readGraph(t, files)
		for v := range original.Vertices() {
			read := first.Vertex(v.Object().Namespace, v.Object().Name)
			if diff := cmp.Diff(v.Object(), read.Object()); diff != "" {
				t.Fatal(diff)
			}
		}
		once := write(t, first)
		if diff := cmp.Diff(once, write(t, readGraph(t, once))); diff != "" {
			t.Fatalf("not settled after one pass:\n%s", diff)
		}
		var kept []string
		for _, f := range files {
			docs, _ := Parse(f.Path, f.Data)
			for _, d := range docs {
				for _, lines := range d.Comments() {
					kept = append(kept, lines...)
				}
			}
		}
		slices.Sort(kept)
		slices.Sort(comments)
		if diff := cmp.Diff(comments, kept); diff != "" {
			t.Fatalf("comments were lost or doubled (-written +read):\n%s\n%s", diff, files[0].Data)
		}
	})
}

// TestOrderOfFilesDoesNotMatter is law 4 for the reader.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := write(t, randomGraph(t))
		files = append(files, File{Path: "c/broken.yaml", Data: []byte("a: [\n---\na: b: c\n")})
		shuffled := rapid.Permutation(files).Draw(t, "order")
		a, foundA := Read(files)
		b, foundB := Read(shuffled)
		if diff := cmp.Diff(foundA, foundB); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(write(t, dag.Resolve(a)), write(t, dag.Resolve(b))); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(dag.Resolve(a).Check(), dag.Resolve(b).Check()); diff != "" {
			t.Fatal(diff)
		}
	})
}
