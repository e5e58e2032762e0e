// Package golden holds tests against the expected bytes that lie beside it.
//
// With -update a test rewrites them instead: read the diff before committing it.
package golden

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Update is the flag -update of every test that imports this package.
var Update = flag.Bool("update", false, "rewrite the golden files")

// Path returns the file of that slash-separated name in this folder.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd() // the folder of the package under test
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "golden", filepath.FromSlash(name))
		}
	}
	t.Fatal("the test runs outside of a module")
	return ""
}

// Check fails the test where got differs from the file of that name.
func Check(t testing.TB, name, got string) {
	t.Helper()
	file := Path(t, name)
	if *Update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("golden/%s (-want +got):\n%s", name, diff)
	}
}
