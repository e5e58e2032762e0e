package schema

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

const module = "github.com/fluxcd/kustomize-controller"

func TestVersions(t *testing.T) {
	entries, err := files.ReadDir("crds")
	if err != nil {
		t.Fatal(err)
	}
	if len(Versions()) != len(entries) {
		t.Errorf("%d of %d files can be read", len(Versions()), len(entries))
	}
	for i, v := range Versions() {
		if i > 0 && minor(v.Flux) <= minor(Versions()[i-1].Flux) {
			t.Errorf("%s is out of order", v.Flux)
		}
		// Flux 2.N ships the controller's 1.N.
		if want := strings.Replace(v.Flux, "2.", "v1.", 1) + "."; v.Module != module || !strings.HasPrefix(v.ModuleVersion, want) {
			t.Errorf("Flux %s: %s %s", v.Flux, v.Module, v.ModuleVersion)
		}
		s, err := Load(v.Flux)
		if err != nil {
			t.Fatal(err)
		}
		if found := s.Validate(object()); len(found) > 0 {
			t.Errorf("Flux %s refuses a plain Kustomization: %v", v.Flux, found)
		}
	}
}

// TestDefaultIsPinned: what is declared in Go has the types of the API that go.mod
// pins; by default it is held against the CRD of the same release.
func TestDefaultIsPinned(t *testing.T) {
	data, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(Default)
	if err != nil {
		t.Fatal(err)
	}
	for _, require := range mod.Require {
		if require.Mod.Path == module+"/api" && require.Mod.Version != s.Version.ModuleVersion {
			t.Errorf("go.mod pins %s, and the CRD of Flux %s is of %s: change releases in schema/internal/generate and run make schema",
				require.Mod, Default, s.Version.ModuleVersion)
		}
	}
}

func TestUnknownVersion(t *testing.T) {
	for flux, want := range map[string]string{
		"2.8":  "is not known: no module proxy has kustomize-controller 1.8; known are 2.6, 2.7, 2.9, 2.10",
		"1.0":  `the CRD of Flux "1.0" is not known; known are 2.6, 2.7, 2.9, 2.10`,
		"":     "is not known",
		"../x": "is not known",
	} {
		if _, err := Load(flux); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", flux, err, want)
		}
	}
}
