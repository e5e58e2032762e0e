package dag

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/golden"
)

// ruleCase holds what one rule finds: fires reaches every message of the rule
// by the smallest graph that does, quiet comes as near to it as it can.
//
// Each gives several clusters where one cannot hold them all: two ways of
// declaring a cluster, say, of which each excludes the other.
type ruleCase struct{ fires, quiet func() []Cluster }

type ruleCases map[string]ruleCase

// families are the cases, one file a family as the rules themselves.
var families = []ruleCases{
	nameCases, edgeCases, levelCases, declarationCases, timeCases, healthCases, pathCases, variableCases, specCases,
}

// complete makes every node one that no rule objects to.
var complete = func() Defaults {
	d := Defaults{Interval: time.Hour, Prune: new(true), Source: Source{Kind: "GitRepository", Name: "flux-system"}}
	d.Extra.Path = "./apps"
	return d
}()

// at is a line of the declaration. Lines are given, not taken from the caller,
// so that an edit of a test leaves the golden files alone.
func at(line int) Position { return Position{File: "clusters/c/dag.go", Line: line} }

func node(line int, n Node) Ref { return Declare(n).At(at(line)) }

func external(line int, name string) Ref { return External(name).At(at(line)) }

// one is a single cluster of nodes without levels.
func one(refs ...Ref) []Cluster { return []Cluster{unleveled(refs...)} }

func unleveled(refs ...Ref) Cluster { return Cluster{Name: "c", Defaults: complete, Nodes: refs} }

func leveled(levels ...Level) Cluster {
	return Cluster{Name: "c", Defaults: complete, Levels: levels}
}

func level(name string, refs ...Ref) Level { return Level{Name: name, Nodes: refs} }

// TestRules holds every rule against its golden files.
func TestRules(t *testing.T) {
	for code, c := range allCases(t) {
		t.Run(code, func(t *testing.T) {
			tag := "(" + code + ")"
			if fires := findings(c.fires()); !strings.Contains(fires, tag) {
				t.Errorf("fires, but not with %s:\n%s", tag, fires)
			} else {
				golden.Check(t, "rules/"+code+"/fires.txt", fires)
			}
			if quiet := findings(c.quiet()); strings.Contains(quiet, tag) {
				t.Errorf("not quiet:\n%s", quiet)
			} else {
				golden.Check(t, "rules/"+code+"/quiet.txt", quiet)
			}
		})
	}
}

// TestSeverities holds that a rule's findings have the severities that it says it has,
// and that its cases reach each.
func TestSeverities(t *testing.T) {
	cases := allCases(t)
	for _, r := range Rules() {
		var got []Severity
		for _, c := range cases[r.Code].fires() {
			for _, d := range Resolve(c).Check() {
				if d.Code == r.Code && !slices.Contains(got, d.Severity) {
					got = append(got, d.Severity)
				}
			}
		}
		slices.Sort(got)
		if want := append([]Severity{r.Severity}, r.Milder...); !slices.Equal(got, want) {
			t.Errorf("%s reports %v, not %v", r.Code, got, want)
		}
	}
}

// TestRulesHaveCases holds that rules, cases and golden folders are the same.
func TestRulesHaveCases(t *testing.T) {
	var codes []string
	for _, r := range Rules() {
		codes = append(codes, r.Code)
	}
	if diff := cmp.Diff(codes, slices.Sorted(maps.Keys(allCases(t)))); diff != "" {
		t.Errorf("cases (-rules +cases):\n%s", diff)
	}
	if diff := cmp.Diff(codes, goldenFolders(t)); diff != "" {
		t.Errorf("golden/rules (-rules +folders):\n%s", diff)
	}
}

// allCases joins the families.
func allCases(t *testing.T) ruleCases {
	t.Helper()
	all := ruleCases{}
	for _, family := range families {
		for code, c := range family {
			if _, ok := all[code]; ok {
				t.Errorf("%s has two cases", code)
			}
			all[code] = c
		}
	}
	return all
}

// findings prints what the rules find, as the command line does.
func findings(clusters []Cluster) string {
	var b strings.Builder
	for _, c := range clusters {
		for _, d := range Resolve(c).Check() {
			b.WriteString(d.String() + "\n")
		}
	}
	return b.String()
}

// graphCode is a code of this package; FD221, FD222 and FD3xx belong to the readers, FD224 to FD226 to package schema.
var graphCode = regexp.MustCompile(`^FD(1|2[01]|220|223)`)

// goldenFolders lists the folders of this package's rules.
func goldenFolders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(golden.Path(t, "rules"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		// What fires in a file is the reader's, and held in package gen.
		_, err := os.Stat(golden.Path(t, "rules/"+e.Name()+"/fires.yaml"))
		if graphCode.MatchString(e.Name()) && err != nil {
			names = append(names, e.Name())
		}
	}
	return names
}
