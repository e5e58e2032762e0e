package gen

import (
	"slices"
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
