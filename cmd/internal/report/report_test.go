package report

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/tazlab/fluxdag/dag"
)

// awkward has a position, a code and messages with everything that a format has to
// escape.
var awkward = Report{
	Prefix: "deploy/prod",
	Findings: []Finding{{Diagnostic: dag.Diagnostic{
		Code: "FD4,1", Severity: dag.Information, Position: dag.Position{File: "a,b: 100% x.yaml", Line: 3, Column: 7}, Node: "a/b",
		Message: "50% of it,\r\nand: more", Hint: "see it",
		Related: []dag.Related{{Position: dag.Position{File: "c#d?.yaml", Line: 1}, Message: "there"}},
	}}},
}

// TestGitHubEscapes holds GitHub's escapes: those of a property, which ends at a comma
// and begins at a colon, and those of the message.
func TestGitHubEscapes(t *testing.T) {
	var b strings.Builder
	if err := awkward.print(&b, "github"); err != nil {
		t.Fatal(err)
	}
	want := "::notice file=deploy/prod/a%2Cb%3A 100%25 x.yaml,line=3,col=7,title=FD4%2C1::" +
		"a/b: 50%25 of it,%0Aand: more%0Ahint: see it%0Adeploy/prod/c#d?.yaml:1: there\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

// TestSARIFEscapes holds that positions are URIs, relative to the git repository.
func TestSARIFEscapes(t *testing.T) {
	var b strings.Builder
	if err := awkward.print(&b, "sarif"); err != nil {
		t.Fatal(err)
	}
	type location struct {
		PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
	}
	var log struct {
		Runs []struct {
			Results []struct {
				Level                       string
				Message                     struct{ Text string }
				Locations, RelatedLocations []location
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
		t.Fatal(err)
	}
	result := log.Runs[0].Results[0]
	if got, want := result.Locations[0].PhysicalLocation.ArtifactLocation.URI, "deploy/prod/a,b:%20100%25%20x.yaml"; got != want {
		t.Errorf("location %q, want %q", got, want)
	}
	if got, want := result.RelatedLocations[0].PhysicalLocation.ArtifactLocation.URI, "deploy/prod/c%23d%3F.yaml"; got != want {
		t.Errorf("related location %q, want %q", got, want)
	}
	top := Report{}
	if got, want := *top.sarifPlace(dag.Position{File: "a:b.yaml"}).ArtifactLocation.URI, "./a:b.yaml"; got != want {
		t.Errorf("location %q, want %q", got, want)
	}
	if result.Level != "note" || !strings.Contains(result.Message.Text, "50% of it,\r\n") {
		t.Errorf("level %q, message %q", result.Level, result.Message.Text)
	}
}

// hostile has everywhere what a terminal would obey.
var hostile = dag.Diagnostic{
	Code: "FD4\x1b", Severity: dag.Error, Position: dag.Position{File: "a\nb\u202e.yaml", Line: 1}, Node: "a/\u202eb",
	Message: "one \x1b[31m\r\n\ttwo \rback \u2066", Hint: "\u200f\xff",
	Related: []dag.Related{{Position: dag.Position{File: "\x07"}, Message: "\x00\u200b"}},
}

// TestEscapes holds that nothing in a finding gives a terminal orders, in text and in GitHub's
// log, and that the lines and tabs of a message stay.
func TestEscapes(t *testing.T) {
	want := "a\\nb\\u202e.yaml:1: error: a/\\u202eb: one \\x1b[31m\n\ttwo \\rback \\u2066 (FD4\\x1b)\nhint: \\u200f\\xff\n\t\\a: \\x00\\u200b\n"
	var printed strings.Builder
	Print(&printed, hostile)
	if printed.String() != want {
		t.Errorf("got  %q\nwant %q", printed.String(), want)
	}
	report := Report{Findings: []Finding{{Diagnostic: hostile, Diff: "-\u202e\r\n+\ta\n"}}, Rest: "\x1b"}
	for format, want := range map[string]string{"text": want + "-\\u202e\n+\ta\n\\x1b\n", "github": "%0A\ttwo \\rback \\u2066%0Ahint: "} {
		var b strings.Builder
		if err := report.print(&b, format); err != nil {
			t.Fatal(err)
		}
		obeyed := strings.IndexFunc(b.String(), func(r rune) bool { return r != '\n' && r != '\t' && !unicode.IsPrint(r) })
		if !strings.Contains(b.String(), want) || obeyed >= 0 {
			t.Errorf("%s: got %q", format, b.String())
		}
	}
}
