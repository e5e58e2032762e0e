package schema

import "testing"

func TestDotted(t *testing.T) {
	for path, want := range map[string]string{
		"spec.dependsOn[0].name":     "spec.dependsOn[0].name",
		"metadata.labels[a/b]":       "metadata.labels.a/b",
		"spec.x[a.b].c[1][2]":        "spec.x.a.b.c[1][2]",
		"spec.x[":                    "spec.x[",
		"spec.x[]":                   "spec.x[]",
		"":                           "",
		"spec.postBuild.substitute.": "spec.postBuild.substitute.",
	} {
		if got := dotted(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestConcerns(t *testing.T) {
	fields := []string{"spec.sourceRef.kind", "spec.dependsOn[1].name"}
	for path, want := range map[string]bool{
		"spec.sourceRef.kind":    true,
		"spec.sourceRef":         true,
		"spec":                   true,
		"":                       true,
		"spec.dependsOn[1]":      true,
		"spec.dependsOn":         true,
		"spec.dependsOn[10]":     false,
		"spec.source":            false,
		"spec.sourceRef.name":    false,
		"spec.sourceRef.kind.of": false,
	} {
		if got := concerns(fields, path); got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
}
