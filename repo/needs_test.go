package repo

import (
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// TestReleaseNeeds holds what a HelmRelease names that must be there.
func TestReleaseNeeds(t *testing.T) {
	var body map[string]any
	if err := yaml.Unmarshal([]byte(`spec:
  dependsOn:
    - name: b
    - name: a
      namespace: other
  valuesFrom:
    - kind: ConfigMap
      name: values
    - kind: Secret
      name: secret
      valuesKey: x
    - kind: Secret
      name: perhaps
      optional: true
`), &body); err != nil {
		t.Fatal(err)
	}
	o := &Object{Group: helmGroup, Kind: "HelmRelease", Namespace: "own", Name: "r", body: body}
	if got := strings.Join(o.DependsOn(), " "); got != "other/a own/b" {
		t.Error(got)
	}
	if got := strings.Join(o.ValuesFrom(), " "); got != "ConfigMap own/values Secret own/secret" {
		t.Error(got)
	}
	o.Kind = "Other"
	if len(o.DependsOn())+len(o.ValuesFrom()) > 0 {
		t.Error("of another kind")
	}
}
