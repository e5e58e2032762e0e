package full

import (
	"os"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
	"golang.org/x/tools/txtar"
)

// TestSchemaRules holds the rules of package schema against golden repositories, read
// as lint reads them: fires reaches every message of the rule, quiet comes as near to
// it as it can.
func TestSchemaRules(t *testing.T) {
	for _, rule := range schema.Rules() {
		if rule.Name == "" || rule.Severity == 0 || rule.Summary == "" || rule.Flux == "" || rule.Fix == "" || rule.Source == "" {
			t.Errorf("%s is not documented", rule.Code)
		}
		for _, name := range []string{"fires", "quiet"} {
			t.Run(rule.Code+"/"+name, func(t *testing.T) {
				file := "rules/" + rule.Code + "/" + name
				got := linting(t, file+".txtar", schema.Default)
				golden.Check(t, file+".txt", got)
				if strings.Contains(got, "("+rule.Code+")") != (name == "fires") {
					t.Errorf("%s:\n%s", name, got)
				}
			})
		}
	}
}

// TestVersionsDiffer: each CRD is the one of its version.
func TestVersionsDiffer(t *testing.T) {
	const file = "rules/FD225/quiet.txtar"
	const want = `unknown field "spec.dependsOn[0].readyExpr"`
	if old, now := linting(t, file, "2.6"), linting(t, file, "2.7"); !strings.Contains(old, want) || strings.Contains(now, want) {
		t.Errorf("Flux 2.6:\n%s\nFlux 2.7:\n%s", old, now)
	}
}

// linting returns the findings in a repository of golden, by the CRD of a version.
func linting(t *testing.T, file, version string) string {
	t.Helper()
	r := loadArchive(t, golden.Path(t, file))
	crd, err := schema.Load(version)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range r.Clusters {
		for _, d := range c.Check(readRules(crd, c)...) {
			b.WriteString(d.String() + "\n")
		}
	}
	return b.String()
}

func loadArchive(t *testing.T, file string) *repo.Repository {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	r, err := repo.Load(dir, repo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
