package gen

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	sigsyaml "sigs.k8s.io/yaml"
)

// parse returns the only document of a text that has no finding.
func parse(t testing.TB, text string) Document {
	t.Helper()
	docs, found := Parse("f.yaml", []byte(text))
	if len(docs) != 1 || len(found) > 0 {
		t.Fatalf("%d documents, %v", len(docs), found)
	}
	return docs[0]
}

const aliased = `# about it
x-common: &common
  interval: 1h
  path: ./common
deps: &deps
  - name: a
  - &b {name: b}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: apps, annotations: {a.b/c: x, a: y}}
spec:
  <<: *common
  path: ./web # own
  dependsOn: *deps
  prune: yes
  wait: ~
  healthChecks:
    # the first
    - kind: Deployment
      name: web
    # the last
`

func TestPosition(t *testing.T) {
	d := parse(t, aliased)
	for field, want := range map[string]string{
		"": "2:1", "apiVersion": "8:1", "metadata.name": "10:12", "metadata.annotations.a.b/c": "10:54", "metadata.annotations.a": "10:64",
		"spec.path": "13:3", "spec.interval": "3:3", "spec.timeout": "11:1", "spec.timeout.x[0]": "11:1",
		"spec.dependsOn": "14:3", "spec.dependsOn[0]": "6:5", "spec.dependsOn[0].name": "6:5", "spec.dependsOn[1].name": "7:9",
		"spec.dependsOn[2].name": "14:3", "spec.dependsOn[x": "14:3", "spec.dependsOn[1].namespace": "7:5",
		"spec.healthChecks[0].kind": "19:7", "status": "2:1", "spec.wait": "16:3",
	} {
		if got := d.Position(field).String(); got != "f.yaml:"+want {
			t.Errorf("Position(%q) = %s, want %s", field, got, want)
		}
	}
	for field, want := range map[string]bool{"spec.interval": true, "spec.wait": false, "spec.timeout": false, "metadata.annotations.a": true, "metadata.annotations.b": false} {
		if d.Has(field) != want {
			t.Errorf("Has(%q) = %v", field, !want)
		}
	}
	if d.APIVersion() != "kustomize.toolkit.fluxcd.io/v1" || d.Kind() != "Kustomization" || d.Name() != "web" || d.Namespace() != "apps" || d.Line() != 2 || !d.IsKustomization() {
		t.Errorf("%+v", d)
	}
}

func TestObject(t *testing.T) {
	object, err := parse(t, aliased).Object()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"path": "./web", "interval": "1h", "prune": true, "wait": nil,
		"dependsOn":    []any{map[string]any{"name": "a"}, map[string]any{"name": "b"}},
		"healthChecks": []any{map[string]any{"kind": "Deployment", "name": "web"}},
	}
	if diff := cmp.Diff(want, object["spec"]); diff != "" {
		t.Error(diff)
	}
}

func TestComments(t *testing.T) {
	want := map[string][]string{"": {"about it"}, "spec.path": {"own"}, "spec.healthChecks[0]": {"the first"}, "spec": {"the last"}}
	if diff := cmp.Diff(want, parse(t, aliased).Comments()); diff != "" {
		t.Error(diff)
	}
}

// TestObjectIsWhatKubernetesDecodes holds Object against sigs.k8s.io/yaml, scalar by
// scalar, as a value and as a key.
func TestObjectIsWhatKubernetesDecodes(t *testing.T) {
	words := append(slices.Clone(nasty), "Yes", "YES", "yEs", "On", "oFF", "Y", "nO", "NULL", "Null", "nULL", "1e3", "0b11", "-0b11", "0O17", "08", "9223372036854775808", "1.", ".5", "+.5", "!!str yes", "!!str 1",
		"!!int 3", "!!float 3", "!!bool yes", "'yes'", `"1"`, "!foo yes", "2026-1-2 3:4:5", "12:30", "190:20:30", "0x_1", "1_0", "-", "+", "=", "18446744073709551616")
	for _, word := range words {
		for _, text := range []string{"a: " + word + "\n", "a: [" + word + "]\n", word + ": a\n"} {
			docs, found := Parse("f.yaml", []byte(text))
			if len(docs) != 1 || len(found) > 0 {
				continue // no value of its own
			}
			if text == ".NaN: a\n" {
				continue // which sigs.k8s.io/yaml spells .nan; no field is called that
			}
			var want map[string]any
			if err := sigsyaml.Unmarshal([]byte(text), &want); err != nil {
				continue
			}
			got, err := docs[0].Object()
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			data, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			var plain map[string]any
			if err := json.Unmarshal(data, &plain); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, plain); diff != "" {
				t.Errorf("%q (-Kubernetes +Object):\n%s", text, diff)
			}
		}
	}
}
