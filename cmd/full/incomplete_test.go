package full

import (
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
	"github.com/tazlab/fluxdag/repo"
	"github.com/tazlab/fluxdag/schema"
)

// TestErrorsInPlan: of each rule whose findings are errors it is said, once, what plan makes of
// them.
func TestErrorsInPlan(t *testing.T) {
	for _, rule := range slices.Concat(dag.Rules(), gen.Rules(), repo.Rules(), schema.Rules()) {
		if rule.Severity != dag.Error {
			continue
		}
		n := 0
		for _, list := range [][]string{standing, refused, incomplete} {
			if slices.Contains(list, rule.Code) {
				n++
			}
		}
		if passed[rule.Code] != "" {
			n++
		}
		if n != 1 {
			t.Errorf("%s (%s) is in %d lists, not in one", rule.Code, rule.Name, n)
		}
	}
}
