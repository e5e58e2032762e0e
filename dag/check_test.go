package dag

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var (
	codePattern = regexp.MustCompile(`^FD[1-4][0-9]{2}$`)
	namePattern = regexp.MustCompile(`^[a-z]+(-[a-z]+){1,2}$`) // two or three words
)

// TestRulesAreDocumented holds that a rule says all that explain prints of it.
func TestRulesAreDocumented(t *testing.T) {
	for _, r := range Rules() {
		if !codePattern.MatchString(r.Code) || !namePattern.MatchString(r.Name) {
			t.Errorf("%s %q: code or name is not of the form that rules have", r.Code, r.Name)
		}
		for field, text := range map[string]string{"Summary": r.Summary, "Flux": r.Flux, "Fix": r.Fix} {
			if !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") || text != strings.TrimSpace(text) {
				t.Errorf("%s: %s is no sentence: %q", r.Code, field, text)
			}
		}
		if r.Source == "" || strings.HasSuffix(r.Source, ".") || r.Source != strings.TrimSpace(r.Source) {
			t.Errorf("%s: Source names no place: %q", r.Code, r.Source)
		}
		if r.Severity < Error || r.Severity > Information {
			t.Errorf("%s: severity is %v", r.Code, r.Severity)
		}
		// Only Graph.Check itself knows what a suppression did.
		if (r.Check == nil) != (r.Code == unusedSuppression.Code) {
			t.Errorf("%s: Check is %v", r.Code, r.Check == nil)
		}
	}
}

// TestRulesHaveOneOrder holds that codes and names are unique, codes sorted, and
// that a caller's changes to the list are its own.
func TestRulesHaveOneOrder(t *testing.T) {
	var codes, names []string
	for _, r := range Rules() {
		codes, names = append(codes, r.Code), append(names, r.Name)
	}
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Errorf("codes are not sorted and unique: %v", codes)
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("names are not unique: %v", names)
	}
	Rules()[0].Code = "changed"
	if got := Rules()[0].Code; got != codes[0] {
		t.Errorf("the first rule is %s, not %s", got, codes[0])
	}
}

// TestFindingsHaveOneOrder holds that findings go by file, line, column and code,
// and then by node and message, whatever the order in which rules report them.
func TestFindingsHaveOneOrder(t *testing.T) {
	place := func(file string, line, column int) Position { return Position{File: file, Line: line, Column: column} }
	want := Diagnostics{
		{Code: "FD499", Severity: Information, Position: place("", 0, 0)},
		{Code: "FD402", Severity: Warning, Position: place("a.go", 2, 0)},
		{Code: "FD402", Severity: Error, Position: place("a.go", 10, 1)},
		{Code: "FD401", Severity: Information, Position: place("a.go", 10, 2), Message: "z"},
		{Code: "FD402", Severity: Warning, Position: place("a.go", 10, 2), Node: "a/z", Message: "b"},
		{Code: "FD402", Severity: Warning, Position: place("a.go", 10, 2), Node: "b/a", Message: "a"},
		{Code: "FD402", Severity: Warning, Position: place("a.go", 10, 2), Node: "b/a", Message: "b"},
		{Code: "FD400", Severity: Error, Position: place("b.go", 1, 1)},
	}
	g := Resolve(unleveled(node(1, Node{Name: "a"})))
	for i := range want {
		// One rule says them backwards, another what stands before the cut.
		rules := []Rule{reports(want[i:]...), reports(want[:i]...)}
		if diff := cmp.Diff(want, g.Check(rules...)); diff != "" {
			t.Fatalf("cut at %d (-want +got):\n%s", i, diff)
		}
	}
}

// reports is a rule that finds these, the last one first.
func reports(found ...Diagnostic) Rule {
	return Rule{Check: func(*Graph) []Diagnostic {
		backwards := slices.Clone(found)
		slices.Reverse(backwards)
		return backwards
	}}
}

// TestCheckFillsIn holds that a finding takes code and severity of its rule where
// it has none of its own.
func TestCheckFillsIn(t *testing.T) {
	for _, none := range []Severity{-1, 0, Information + 1} {
		if got := Resolve(unleveled(node(1, Node{Name: "a"}))).Check(reports(Diagnostic{Severity: none}))[0].Severity; got != Error {
			t.Errorf("with a severity of %d and a rule without one a finding is %v, not an error", none, got)
		}
	}
	rule := reports(Diagnostic{Message: "a"}, Diagnostic{Message: "b", Code: "FD402", Severity: Error})
	rule.Code, rule.Severity = "FD401", Information
	want := Diagnostics{{Message: "a", Code: "FD401", Severity: Information}, {Message: "b", Code: "FD402", Severity: Error}}
	if diff := cmp.Diff(want, Resolve(unleveled(node(1, Node{Name: "a"}))).Check(rule)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPoliciesRun holds that the cluster's own rules run beside the built-in ones,
// and in their stead only when they alone are asked for.
func TestPoliciesRun(t *testing.T) {
	policy := reports(Diagnostic{Position: at(2)})
	policy.Code, policy.Severity = "FD401", Error
	c := unleveled(node(1, Node{Name: "a", Interval: time.Second}))
	c.Policies = []Rule{policy}
	g := Resolve(c)
	if diff := cmp.Diff([]string{"1 warning FD204", "2 error FD401"}, brief(g.Check())); diff != "" {
		t.Errorf("all rules (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2 error FD401"}, brief(g.Check(g.cluster.Policies...))); diff != "" {
		t.Errorf("the policy alone (-want +got):\n%s", diff)
	}
}

// brief says of each finding its line, severity and code.
func brief(found Diagnostics) []string {
	var lines []string
	for _, d := range found {
		_, line, _ := strings.Cut(d.Position.String(), ":")
		lines = append(lines, line+" "+d.Severity.String()+" "+d.Code)
	}
	return lines
}

// TestSuppression holds what Allow suppresses, and that it reports what it does
// not.
func TestSuppression(t *testing.T) {
	for _, c := range []struct {
		name string
		node Node
		want []string
	}{
		{"a warning", Node{Name: "a", Interval: time.Second, Allow: Allow("FD204", "why")}, nil},
		{"one of two warnings", Node{Name: "a", Interval: time.Second, Timeout: time.Second, Allow: Allow("FD204", "why")},
			[]string{"1 warning FD205"}},
		{"two warnings", Node{Name: "a", Interval: time.Second, Timeout: time.Second, Allow: map[string]string{"FD204": "why", "FD205": "why"}}, nil},
		{"the warning of a rule of errors", Node{Name: "a", Path: "/apps", Allow: Allow("FD213", "why")}, nil},
		{"without a reason", Node{Name: "a", Interval: time.Second, Allow: Allow("FD204", "")},
			[]string{"1 warning FD115", "1 warning FD204"}},
		{"without a finding", Node{Name: "a", Allow: Allow("FD204", "why")}, []string{"1 warning FD115"}},
		{"without a rule", Node{Name: "a", Allow: Allow("fd204", "why")}, []string{"1 warning FD115"}},
		{"an error", Node{Name: "A", Allow: Allow("FD101", "why")}, []string{"1 error FD101", "1 warning FD115"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := brief(Resolve(unleveled(node(1, c.node))).Check())
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSuppressionIsTheNodesOwn holds that a node suppresses nothing for another,
// and that rules run on their own do not call it unused.
func TestSuppressionIsTheNodesOwn(t *testing.T) {
	g := Resolve(unleveled(
		node(1, Node{Name: "a", Interval: time.Second, Allow: Allow("FD204", "why")}),
		node(2, Node{Name: "a", Namespace: "team", File: "team-a.yaml", Interval: time.Second}),
	))
	if diff := cmp.Diff([]string{"2 warning FD204"}, brief(g.Check())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if found := g.Check(nameRules...); len(found) > 0 {
		t.Errorf("the rules of names alone find %v", found)
	}
}

// TestUnlisted holds that Unlisted reports what no cluster lists, less what Check
// reports, and that it ends the recording of declarations.
func TestUnlisted(t *testing.T) {
	recordAnew(t)
	needed := node(5, Node{Name: "needed"})
	listed := node(4, Node{Name: "listed", DependsOn: []Ref{needed, External("elsewhere")}})
	beside := node(3, Node{Name: "beside"})
	hidden := node(2, Node{Name: "hidden"})
	node(1, Node{Name: "forgotten", DependsOn: []Ref{hidden, listed}})
	a, b := leveled(level("Base", listed, Ref{})), unleveled(beside, external(6, "elsewhere"))

	want := Diagnostics{unlistedAt(1), unlistedAt(2)}
	// Whether Node carries the namespace is not this test's question.
	ignored := cmpopts.IgnoreFields(Diagnostic{}, "Node")
	if diff := cmp.Diff(want, Unlisted(a, b), ignored); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	node(7, Node{Name: "late"})
	if diff := cmp.Diff(want, Unlisted(a, b), ignored); diff != "" {
		t.Errorf("the second time (-want +got):\n%s", diff)
	}
	if found := Unlisted(a); len(found) != 3 || found[2].Position != at(3) {
		t.Errorf("without the second cluster, found %v", found)
	}
	if diff := cmp.Diff([]string{"4 information FD117", "5 error FD110"}, brief(Resolve(unleveled(listed)).Check())); diff != "" {
		t.Errorf("what Check reports (-want +got):\n%s", diff)
	}
}

func unlistedAt(line int) Diagnostic {
	return Diagnostic{
		Code: "FD110", Severity: Error, Position: at(line),
		Message: "declared, but listed in no cluster: no file would be generated for it",
		Hint:    "list it in a cluster that is given to cmd.Main, or delete the declaration",
	}
}

// recordAnew empties the registry, which every other test of the package fills,
// until the test ends.
func recordAnew(t *testing.T) {
	registry.Lock()
	nodes, closed := registry.nodes, registry.closed
	registry.nodes, registry.closed = nil, false
	registry.Unlock()
	t.Cleanup(func() {
		registry.Lock()
		registry.nodes, registry.closed = nodes, closed
		registry.Unlock()
	})
}
