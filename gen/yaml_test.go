package gen

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
	"go.yaml.in/yaml/v3"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"
	sigsyaml "sigs.k8s.io/yaml"
)

var defaults = dag.Defaults{
	Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"},
}

// one returns the graph of a single node, and its file.
func one(t interface{ Fatal(...any) }, n dag.Node) (*dag.Vertex, string) {
	g := dag.Resolve(dag.Cluster{Name: "c", Defaults: defaults, Nodes: []dag.Ref{dag.Declare(n)}})
	files, err := YAML(g)
	if err != nil {
		t.Fatal(err)
	}
	return g.Vertex("flux-system", n.Name), string(files[0].Data)
}

// TestEveryFieldIsEmitted fills the whole spec by reflection and reads it back as
// Kubernetes does: no field is lost, whatever list of ours does not name it.
func TestEveryFieldIsEmitted(t *testing.T) {
	var spec kustomizev1.KustomizationSpec
	n := 0
	fill(reflect.ValueOf(&spec).Elem(), func() string { n++; return fmt.Sprintf("value%d", n) })
	v, text := one(t, dag.Node{Name: "n", Extra: spec})
	readBack(t, v, text)
	for i := range n {
		if !strings.Contains(text, fmt.Sprintf("value%d", i+1)) {
			t.Errorf("value%d was not written", i+1)
		}
	}
	if diff := cmp.Diff(spec, v.Object().Spec, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the declared spec is not the resolved one:\n%s", diff)
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[kustomizev1.KustomizationSpec]()) {
		if !strings.Contains(text, "\n  "+jsonName(f)+":") {
			t.Errorf("the field %s was not written", jsonName(f))
		}
	}
}

// TestDurationsAreOnTop holds what durationFields assumes: no duration hides
// deeper in the spec.
func TestDurationsAreOnTop(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type, int)
	walk = func(typ reflect.Type, depth int) {
		switch {
		case typ == reflect.TypeFor[metav1.Duration]():
			if depth > 1 {
				t.Errorf("a duration at depth %d: write it short too", depth)
			}
		case typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map:
			walk(typ.Elem(), depth)
		case typ.Kind() == reflect.Struct && !seen[typ]:
			seen[typ] = true
			for i := range typ.NumField() {
				walk(typ.Field(i).Type, depth+1)
			}
		}
	}
	walk(reflect.TypeFor[kustomizev1.KustomizationSpec](), 0)
	if len(durationFields) != 3 {
		t.Errorf("durationFields = %v", durationFields)
	}
}

// readBack reads text as the API server's clients do, and as YAML 1.2 does, and
// compares both with the object.
func readBack(t interface {
	Helper()
	Fatalf(string, ...any)
}, v *dag.Vertex, text string) {
	t.Helper()
	var got kustomizev1.Kustomization
	if err := sigsyaml.UnmarshalStrict([]byte(text), &got); err != nil {
		t.Fatalf("sigs.k8s.io/yaml: %v\n%s", err, text)
	}
	if diff := cmp.Diff(*v.Object(), got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("read back differently (-declared +read):\n%s\n%s", diff, text)
	}
	var old, current any
	if err := sigsyaml.Unmarshal([]byte(text), &old); err != nil {
		t.Fatalf("%v", err)
	}
	if err := yaml.Unmarshal([]byte(text), &current); err != nil {
		t.Fatalf("YAML 1.2: %v\n%s", err, text)
	}
	if diff := cmp.Diff(old, current); diff != "" {
		t.Fatalf("YAML 1.1 and 1.2 read it differently:\n%s\n%s", diff, text)
	}
}

// TestAnyTextSurvives writes specs full of strings that YAML is tempted to
// understand, and reads them back.
func TestAnyTextSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var spec kustomizev1.KustomizationSpec
		fill(reflect.ValueOf(&spec).Elem(), func() string { return randomString(t) })
		v, text := one(t, dag.Node{Name: "n", Extra: spec,
			Description: randomString(t), Labels: map[string]string{"l": randomString(t)}, Annotations: map[string]string{randomString(t): "a"},
			Allow: dag.Allow("FD212", randomString(t))})
		readBack(t, v, text)
		if !Owned([]byte(text)) {
			t.Fatalf("the mark is lost:\n%s", text)
		}
	})
}

// TestNoInvalidUTF8 holds that bytes which no YAML can hold are refused wherever they
// stand, and that the replacement character itself is not.
func TestNoInvalidUTF8(t *testing.T) {
	const bad = "a\xffb"
	for name, n := range map[string]dag.Node{
		"path":        {Path: bad},
		"value":       {Substitute: map[string]string{"A": bad}},
		"key":         {Substitute: map[string]string{bad: "a"}},
		"label":       {Labels: map[string]string{"a": bad}},
		"description": {Description: bad},
		"reason":      {Allow: dag.Allow("FD212", bad)},
		"after \\":    {Path: `\\` + bad},
	} {
		n.Name = "n"
		g := dag.Resolve(dag.Cluster{Name: "c", Defaults: defaults, Nodes: []dag.Ref{dag.Declare(n)}})
		if _, err := YAML(g); !errors.Is(err, errNotUTF8) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{"\ufffd", `\ufffd`, `\\ufffd`, `a\\\ufffd`} {
		v, written := one(t, dag.Node{Name: "n", Path: text, Description: text})
		readBack(t, v, written)
	}
}

// TestOrigin holds what the mark names: the Go file where it lies in the folder, and
// else the folder.
func TestOrigin(t *testing.T) {
	for _, c := range []struct{ dir, file, want string }{
		{"clusters/c", "clusters/c/dag.go", "clusters/c/dag.go"},
		{"clusters/c", "clusters/c/sub/more.go", "clusters/c/sub/more.go"},
		{"clusters/c", "tenants/new.go", "clusters/c"},
		{"clusters/c", "clusters/c/a.yaml", "clusters/c"},
		{".", "dag.go", "dag.go"},
		{".", "old.yaml", "./"},
		{".", "tenants/new.go", "./"},
	} {
		ref := dag.Declare(dag.Node{Name: "n", Path: "./n"}).At(dag.Position{File: c.file, Line: 1})
		files, err := YAML(dag.Resolve(dag.Cluster{Name: "c", Dir: c.dir, Defaults: defaults, Nodes: []dag.Ref{ref}}))
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(files[0].Data), "\n")
		if want := markStart + c.want + markEnd; first != want || !Owned(files[0].Data) {
			t.Errorf("%s in %s: %q, want %q", c.file, c.dir, first, want)
		}
	}
}

// TestStyle holds what the design promises of the form, beyond TazLab's files.
func TestStyle(t *testing.T) {
	_, text := one(t, dag.Node{
		Name: "web", Description: "One line,\nand another.", Path: "./web",
		Labels:         map[string]string{"sharding.fluxcd.io/key": "b", "a": "yes"},
		DependsOn:      []dag.Ref{dag.External("db").When("dep.status.observedGeneration > 0"), dag.External("other/cache")},
		Interval:       90 * time.Minute,
		Timeout:        90 * time.Second,
		Substitute:     map[string]string{"b": "017", "a": "on", "c": "plain"},
		SubstituteFrom: []dag.SubstituteReference{{Kind: "Secret", Name: "s", Optional: true}},
		Ready:          dag.WaitAll(dag.HealthCheckExpr{APIVersion: "v1", Kind: "X"}),
		Extra: kustomizev1.KustomizationSpec{
			Force: true, ServiceAccountName: "web", CommonMetadata: &kustomizev1.CommonMetadata{Labels: map[string]string{"team": "web"}},
		},
		Allow: map[string]string{"FD212": "because", "FD111": "spelt out"},
	})
	golden.Check(t, "style/web.yaml", text)
}

// TestSameBytesInAnyOrder is law 4 for the generated bytes.
func TestSameBytesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var refs []dag.Ref
		for i := range rapid.IntRange(1, 12).Draw(t, "nodes") {
			n := dag.Node{Name: fmt.Sprintf("n%d", i), Path: "./p", Substitute: map[string]string{"a": "1", "b": randomString(t), "c": "3"}}
			for _, r := range refs {
				if rapid.Bool().Draw(t, "edge") {
					n.DependsOn = append(n.DependsOn, r)
				}
			}
			refs = append(refs, dag.Declare(n))
		}
		write := func(refs []dag.Ref) []File {
			files, err := YAML(dag.Resolve(dag.Cluster{Name: "c", Defaults: defaults, Nodes: refs}))
			if err != nil {
				t.Fatal(err)
			}
			return files
		}
		if diff := cmp.Diff(write(refs), write(rapid.Permutation(refs).Draw(t, "order"))); diff != "" {
			t.Fatal(diff)
		}
	})
}
