package schema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTold(t *testing.T) {
	const of26, of29 = "with the CRD of Flux 2.6 the API server refuses the object: ", "with the CRD of Flux 2.9 the API server refuses the object: "
	for _, c := range []struct {
		flux   string
		object anyMap
		want   []string // message and hint, in turn
	}{
		{"2.6", with("spec.dependsOn", []any{anyMap{"name": "a", "readyExpr": "true"}}),
			[]string{of26 + `unknown field "spec.dependsOn[0].readyExpr"`, "Flux 2.7 and later have it: upgrade Flux, or delete the field"}},
		{"2.7", with("spec.dependsOn", []any{anyMap{"name": "a", "readyExpr": "true"}}), nil},
		{"2.6", with("spec.buildMetadata", []any{}),
			[]string{of26 + `unknown field "spec.buildMetadata"`, "Flux 2.9 and later have it: upgrade Flux, or delete the field"}},
		{"2.6", with("spec.dependOn", []any{}), []string{of26 + `unknown field "spec.dependOn"`, "correct its name, or delete it"}},
		{"2.6", with("spec.sourceRef.kind", "ExternalArtifact"),
			[]string{of26 + `spec.sourceRef.kind: Unsupported value: "ExternalArtifact": supported values: "OCIRepository", "GitRepository", "Bucket"`,
				"Flux 2.7 and later have it: upgrade Flux, or write one of the values that are supported"}},
		{"2.6", with("spec.sourceRef.kind", "HelmRepository"),
			[]string{of26 + `spec.sourceRef.kind: Unsupported value: "HelmRepository": supported values: "OCIRepository", "GitRepository", "Bucket"`,
				"write one of the values that are supported"}},
		{"2.6", with("spec.kubeConfig", anyMap{"configMapRef": anyMap{"name": "a"}}),
			[]string{of26 + `unknown field "spec.kubeConfig.configMapRef"`, "Flux 2.7 and later have it: upgrade Flux, or delete the field"}},
		{"2.6", with("spec.kubeConfig", anyMap{"other": "a"}),
			[]string{of26 + `unknown field "spec.kubeConfig.other"`, "correct its name, or delete it",
				of26 + "spec.kubeConfig.secretRef: Required value", "set spec.kubeConfig.secretRef"}},
		{"2.9", with("spec.namePrefix", ""),
			[]string{of29 + `spec.namePrefix: Invalid value: "": spec.namePrefix in body should be at least 1 chars long`, "delete it"}},
		{"2.9", with("spec.dependsOn", nil),
			[]string{"spec.dependsOn has no value: Flux applies on the server's side, and the API server refuses a field without one", "give it a value, or delete it"}},
		{"2.9", with("spec.dependsOn", []any{nil}),
			[]string{of29 + `spec.dependsOn[0]: Invalid value: "null": spec.dependsOn[0] in body must be of type object: "null"`, "give it a value, or delete it"}},
		{"2.9", with("metadata.finalizers", []any{""}),
			[]string{`the API server refuses the object: metadata.finalizers: Invalid value: "": name part must be non-empty`, "delete it"}},
		{"2.9", with("metadata.labels", anyMap{"a": "b c"}),
			[]string{`the API server refuses the object: metadata.labels: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
				"write a value that the message admits"}},
		{"2.9", with("metadata.lables", anyMap{}), []string{`the API server refuses the object: unknown field "metadata.lables"`, "correct its name, or delete it"}},
	} {
		s := load(t, c.flux)
		var got []string
		for _, v := range s.distinct(s.validateAll(c.object)) {
			got = append(got, s.told(v), s.advice(v))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("Flux %s (-want +got):\n%s", c.flux, diff)
		}
	}
}
