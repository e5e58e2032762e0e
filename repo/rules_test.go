package repo

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/golden"
)

// judged are the codes that this package gives findings of, with the beginning of the
// names of their cases: FD207 is also a rule of package dag, which has its own.
func judged() map[string]string {
	codes := map[string]string{"FD207": "repository-"}
	for _, r := range Rules() {
		codes[r.Code] = ""
	}
	return codes
}

// TestRules holds every rule against its golden repositories: fires reaches every
// message of the rule, quiet comes as near to it as it can.
func TestRules(t *testing.T) {
	for code, prefix := range judged() {
		for _, name := range []string{"fires", "quiet"} {
			t.Run(code+"/"+name, func(t *testing.T) {
				file := "rules/" + code + "/" + prefix + name
				r, _ := loaded(t, file)
				got := findings(r)
				golden.Check(t, file+".txt", got)
				if strings.Contains(got, "("+code+")") != (name == "fires") {
					t.Errorf("%s:\n%s", name, got)
				}
			})
		}
	}
}

// repositoryCode matches the codes of this package.
var repositoryCode = regexp.MustCompile(`^FD3[2-9]`)

// TestRulesHaveCases holds that rules and golden folders are the same, and that the
// codes are in order.
func TestRulesHaveCases(t *testing.T) {
	var codes, folders []string
	for _, r := range Rules() {
		codes = append(codes, r.Code)
		if r.Name == "" || r.Severity == 0 || r.Summary == "" || r.Flux == "" || r.Fix == "" || r.Source == "" {
			t.Errorf("%s is not documented", r.Code)
		}
	}
	if !slices.IsSorted(codes) {
		t.Errorf("the codes are not in order: %v", codes)
	}
	all, err := filepath.Glob(golden.Path(t, "rules/*/*fires.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		if _, err := os.Stat(strings.Replace(file, "fires", "quiet", 1)); err != nil {
			t.Error(err)
		}
		if code := filepath.Base(filepath.Dir(file)); repositoryCode.MatchString(code) {
			folders = append(folders, code)
		}
	}
	if diff := cmp.Diff(codes, folders); diff != "" {
		t.Errorf("golden/rules (-rules +folders):\n%s", diff)
	}
}
