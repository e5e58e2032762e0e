package schema

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/golden"
)

// recorded is what a real API server said of an object. The e2e suite writes these. An
// answer without causes, as that to an object which cannot be decoded, holds the
// verdict alone.
type recorded struct {
	Case     string
	Object   map[string]any
	Admitted bool
	Causes   []string
}

// recordedFile matches the version at the end of a file's name.
var recordedFile = regexp.MustCompile(`([0-9]+\.[0-9]+)\.jsonl$`)

// TestRecorded holds Validate against real API servers.
func TestRecorded(t *testing.T) {
	all, err := filepath.Glob(golden.Path(t, "admission/*.jsonl"))
	if err != nil || len(all) == 0 {
		t.Fatalf("golden/admission holds no record (%v)", err)
	}
	for _, name := range all {
		version := recordedFile.FindStringSubmatch(name)
		if version == nil {
			t.Errorf("%s ends in no version", name)
			continue
		}
		s := load(t, version[1])
		for _, r := range readRecords(t, name) {
			t.Run(filepath.Base(name)+"/"+r.Case, func(t *testing.T) { r.compare(t, s) })
		}
	}
}

func (r recorded) compare(t *testing.T, s *Schema) {
	found := s.Validate(r.Object)
	if admitted := len(found) == 0; admitted != r.Admitted {
		t.Errorf("admitted: %v, the API server says %v: %v", admitted, r.Admitted, found)
	}
	if len(r.Causes) == 0 {
		return
	}
	var causes []string
	for _, v := range found {
		causes = append(causes, v.Cause())
	}
	if diff := cmp.Diff(unique(r.Causes), unique(causes)); diff != "" {
		t.Errorf("causes (-API server +Validate):\n%s", diff)
	}
}

func unique(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }

func readRecords(t *testing.T, name string) []recorded {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []recorded
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 10<<20) // a line is a whole object
	for lines.Scan() {
		var r recorded
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, r)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%s: %d records, %v", name, len(all), err)
	}
	return all
}
