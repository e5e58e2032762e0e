package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestPrepareShared holds that it is said which files are another cluster's too, where a field is
// to be set in them.
func TestPrepareShared(t *testing.T) {
	for _, shared := range []bool{true, false} {
		s := applied(map[string]dag.Node{"web": {}}, nil)
		s.Elsewhere = func(string) []string {
			if shared {
				return []string{"east"}
			}
			return nil
		}
		notes := plan.Destroy(s, nil).Notes
		if got := slices.ContainsFunc(notes, func(n string) bool {
			return strings.HasPrefix(n, "to set deletionPolicy first, leave the files of these as they are, which are part of east too")
		}); got != shared {
			t.Errorf("shared %t: told %t in %q", shared, got, notes)
		}
	}
}
