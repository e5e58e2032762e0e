package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// whole is as much of the CRD as compact asks for.
const whole = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: kustomizations.kustomize.toolkit.fluxcd.io
spec:
  group: kustomize.toolkit.fluxcd.io
  names: {kind: Kustomization, plural: kustomizations}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {status: {}}
      schema:
        openAPIV3Schema:
          description: The whole.
          type: object
          properties:
            spec:
              type: object
              required: [description]
              properties:
                description: {type: string, description: A field of that name.}
                list: {type: array, items: {type: string, description: An item.}}
            status: {type: object, properties: {phase: {type: string}}}
`

func TestCompact(t *testing.T) {
	got, err := compact([]byte(whole), release{flux: "2.9", version: "v1.9.6"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"The whole.", "A field of that name.", "An item."} {
		if bytes.Contains(got, []byte(text)) {
			t.Errorf("the description %q is left", text)
		}
	}
	for _, text := range []string{`"description":{"type":"string"}`, `"required":["description"]`, `"version":"v1.9.6"`} {
		if !bytes.Contains(got, []byte(text)) {
			t.Errorf("%s is missing in %s", text, got)
		}
	}
}

func TestUnexpected(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"empty":       {"", "not the CRD"},
		"no YAML":     {"a: [", "cannot be read"},
		"other kind":  {strings.Replace(whole, "kind: Kustomization", "kind: HelmRelease", 1), "not the CRD"},
		"new field":   {whole + "  novel: true\n", "cannot be read"},
		"no v1":       {strings.Replace(whole, "name: v1", "name: v2", 1), "no version v1"},
		"no longer":   {strings.Replace(whole, "served: true", "served: false", 1), "no version v1"},
		"cut":         {whole[:strings.Index(whole, "            status")], "truncated"},
		"nothing due": {strings.Replace(whole, "required: [description]", "required: []", 1), "truncated"},
	} {
		if _, err := compact([]byte(c.data), release{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestForeignFile: what no release gives must not be embedded.
func TestForeignFile(t *testing.T) {
	defer func(all []release) { releases = all }(releases)
	releases = nil
	dir := t.TempDir()
	if err := run(dir, true); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "1.0.json"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, true); err == nil || !strings.Contains(err.Error(), "belongs to no release") {
		t.Errorf("%v", err)
	}
}
