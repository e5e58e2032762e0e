package dag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGiveWay(t *testing.T) {
	about := func(code, node, field string, severity Severity) Diagnostic {
		return Diagnostic{Code: code, Node: node, Field: field, Severity: severity}
	}
	rules := []Rule{{Code: "FD201"}, {Code: "FD224", GivesWay: true}}
	errs := Diagnostics{
		about("FD201", "a/a", "spec.sourceRef", Error),
		about("FD201", "a/a", "spec.dependsOn[1].name", Error),
		about("FD201", "a/a", "spec.path", Warning),
		about("FD201", "a/b", "", Error),
		about("FD105", "a/c", "spec.dependsOn[0]", Error),
	}
	gone := Diagnostics{
		about("FD224", "a/a", "spec.sourceRef", Error),
		about("FD224", "a/a", "spec.sourceRef.kind", Error),
		about("FD224", "a/a", "spec.dependsOn[1]", Error),
		about("FD224", "a/a", "spec", Error),
	}
	kept := Diagnostics{
		about("FD224", "a/a", "spec.sourceReference", Error),
		about("FD224", "a/a", "spec.dependsOn[10]", Error),
		about("FD224", "a/a", "spec.path", Error),
		about("FD224", "a/b", "spec.sourceRef", Error),
		about("FD224", "a/c", "spec.dependsOn[0].readyExpr", Error),
	}
	all := append(append(append(Diagnostics{}, errs...), gone...), kept...)
	if diff := cmp.Diff(append(errs, kept...), all.GiveWay(rules)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(all, all.GiveWay(rules[:1])); diff != "" {
		t.Errorf("no rule gives way (-want +got):\n%s", diff)
	}
}

// TestAllowElsewhere: a declaration may allow what a rule of package schema finds, and
// is read by programs that do not run it.
func TestAllowElsewhere(t *testing.T) {
	g := Resolve(unleveled(node(1, Node{Name: "a", Allow: Allow("FD226", "why")})))
	if found := g.Check(); len(found) > 0 {
		t.Errorf("%v", found)
	}
	if found := g.Check(append(Rules(), Rule{Code: "FD226", Check: func(*Graph) []Diagnostic { return nil }})...); len(found) != 1 || found[0].Code != "FD115" {
		t.Errorf("a suppression that is not used: %v", found)
	}
}
