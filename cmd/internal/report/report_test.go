package report

import (
	"encoding/json"
	"strings"
	"testing"

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
		"a/b: 50%25 of it,%0D%0Aand: more%0Ahint: see it%0Adeploy/prod/c#d?.yaml:1: there\n"
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
