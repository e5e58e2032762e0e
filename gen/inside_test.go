package gen

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

const texts = `# the first document
kind: X
---
# the second one
plain: a.b == 'é' && c
single: 'a == "b"'
escaped: 'a == ''b'''
double: "a == b"
tab: "a\t== b"
anchored: &x a == b
literal: |
  one &&
    two
kept: |+
    é one

folded: >-
  one
  two
wrapped: one
  two
list: [one, {two: three four}]
next: |2-
    two
`

func TestInside(t *testing.T) {
	documents, found := Parse("f.yaml", []byte(texts))
	if len(found) > 0 || len(documents) != 2 {
		t.Fatal(found)
	}
	at := func(line, column int) dag.Position { return dag.Position{File: "f.yaml", Line: line, Column: column} }
	for field, c := range map[string]struct {
		line, column int
		want         dag.Position
	}{
		"plain":       {1, 15, at(5, 22)},
		"single":      {1, 6, at(6, 15)},
		"double":      {1, 1, at(8, 10)},
		"anchored":    {1, 3, dag.Position{}}, // the value begins with its anchor
		"literal":     {2, 3, at(13, 5)},
		"kept":        {1, 3, at(15, 7)},
		"list[1].two": {1, 7, at(22, 25)},
		"next":        {1, 3, at(24, 5)},
		"escaped":     {1, 8, dag.Position{}},
		"tab":         {1, 3, dag.Position{}},
		"folded":      {1, 5, dag.Position{}},
		"wrapped":     {1, 5, dag.Position{}},
		"absent":      {1, 1, dag.Position{}},
		"list":        {1, 1, dag.Position{}},
	} {
		got, ok := documents[1].Inside(field, c.line, c.column)
		if diff := cmp.Diff(c.want, got); diff != "" || ok != (c.want.Line > 0) {
			t.Errorf("%s: %v (-want +got):\n%s", field, ok, diff)
		}
	}
}

// TestObjectIsWhatIsRead: Object needs no file to give what is in it.
func TestObjectIsWhatIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		files := map[string]File{}
		for _, file := range write(t, g) {
			files[file.Node] = file
		}
		for v := range g.Vertices() {
			documents, _ := Parse("f.yaml", files[v.Key()].Data)
			want, err := documents[0].Object()
			got, failed := Object(v)
			if diff := cmp.Diff(want, got); diff != "" || err != nil || failed != nil {
				t.Fatalf("%v %v (-read +Object):\n%s", err, failed, diff)
			}
		}
	})
}
