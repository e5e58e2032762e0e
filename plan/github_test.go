package plan_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestNotes holds that GitHub is told what is noted, so that nobody takes a pull request for one of
// which all is known.
func TestNotes(t *testing.T) {
	p := &plan.Plan{Clusters: []plan.ClusterPlan{{Name: "c", Root: "r", Notes: []string{"not compared: x"}}}}
	if text := written(t, p, func(w io.Writer, p *plan.Plan) error { return plan.GitHub(w, p, "") }); !strings.Contains(text, "::notice title=c%3A note::not compared: x\n") {
		t.Error(text)
	}
}

// TestHeadlineOnce holds that GitHub is given each cluster's headline once, and none is lost.
func TestHeadlineOnce(t *testing.T) {
	github := func(w io.Writer, p *plan.Plan) error { return plan.GitHub(w, p, "") }
	for _, n := range []int{1, 11, 12} {
		p := &plan.Plan{}
		for i := range n {
			p.Clusters = append(p.Clusters, plan.ClusterPlan{Name: fmt.Sprintf("c%d", i), Root: "r", Added: []string{"x/a"}})
		}
		text := written(t, p, github)
		for i := range n {
			headline := fmt.Sprintf("c%d (r): ", i)
			if got := strings.Count(text, headline); got == 0 || got > 1 && n < 12 {
				t.Errorf("%d clusters: %q %d times in\n%s", n, headline, got, text)
			}
		}
	}
}
