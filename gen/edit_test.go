package gen_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/gen"
)

const edited = `# first
---
# the apps
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: apps
spec:
    # waits for
    dependsOn:
    - name: a
      namespace: apps # own
    - name: b
      namespace: apps

    - {name: c}
    -   name: d
    path: ./apps   # keep
---
second: document
`

// TestEditDependencies holds that an edit takes out its lines and nothing else,
// and that it refuses what it cannot do without a loss.
func TestEditDependencies(t *testing.T) {
	for _, test := range []struct {
		name    string
		edits   []gen.Dependency
		without []string
		refuses string
	}{
		{"one entry", []gen.Dependency{{Index: 3}}, []string{"    -   name: d\n"}, ""},
		{"an entry of two lines", []gen.Dependency{{Index: 1}}, []string{"    - name: b\n      namespace: apps\n"}, ""},
		{"a namespace", []gen.Dependency{{Index: 1, Namespace: true}}, []string{"      namespace: apps\n\n"}, ""},
		{"a namespace with a comment", []gen.Dependency{{Index: 0, Namespace: true}}, nil, "the namespace has a comment"},
		{"two entries", []gen.Dependency{{Index: 3}, {Index: 1}}, []string{"    -   name: d\n", "    - name: b\n      namespace: apps\n"}, ""},
		{"a comment", []gen.Dependency{{Index: 0}}, nil, "the entry has a comment"},
		{"flow style", []gen.Dependency{{Index: 2}}, nil, "the entry is not a mapping in block style"},
		{"no such entry", []gen.Dependency{{Index: 4}}, nil, "dependsOn has no entry 4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, newline := range []string{"\n", "\r\n"} {
				data := strings.ReplaceAll(edited, "\n", newline)
				documents, _ := gen.Parse("apps.yaml", []byte(data))
				got, err := documents[0].EditDependencies([]byte(data), test.edits)
				if test.refuses != "" {
					if err == nil || err.Error() != test.refuses {
						t.Fatalf("error %v, want %s", err, test.refuses)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				want := edited
				for _, lines := range test.without {
					keep := ""
					if strings.HasSuffix(lines, "\n\n") {
						keep = "\n"
					}
					want = strings.Replace(want, lines, keep, 1)
				}
				if diff := cmp.Diff(strings.ReplaceAll(want, "\n", newline), string(got)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestEditLastDependency holds that dependsOn itself goes with its last entry.
func TestEditLastDependency(t *testing.T) {
	const data = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec:\n  dependsOn:\n    - name: b\n  path: ./a\n"
	documents, _ := gen.Parse("a.yaml", []byte(data))
	got, err := documents[0].EditDependencies([]byte(data), []gen.Dependency{{}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Replace(data, "  dependsOn:\n    - name: b\n", "", 1), string(got)); diff != "" {
		t.Error(diff)
	}
}

// TestEditDependenciesRefusesOddLineEnds holds that a file whose lines YAML counts
// otherwise than an edit does is left alone.
func TestEditDependenciesRefusesOddLineEnds(t *testing.T) {
	for _, end := range []string{"\r", "\u0085", "\u2028", "\u2029"} {
		data := strings.Replace(edited, "# first", "# first"+end+"# of two", 1)
		documents, _ := gen.Parse("apps.yaml", []byte(data))
		got, err := documents[0].EditDependencies([]byte(data), []gen.Dependency{{Index: 3}})
		if err == nil || err.Error() != "the file has line ends that YAML counts and editors do not" {
			t.Errorf("%q: %v, %s", end, err, got)
		}
	}
}
