package dag

import (
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// TestDeclareAt holds that findings about a node which a reader declared point at
// the field, those of Resolve's faults included, and that Position is the object's.
func TestDeclareAt(t *testing.T) {
	lines := map[string]int{"": 1, "metadata.name": 4, "spec.dependsOn[0]": 7, "spec.interval": 9, "spec.prune": 5}
	ref := DeclareAt(Node{Name: "Bad_Name", Path: "./a", Interval: time.Second, Extra: spec{DependsOn: []kustomizev1.DependencyReference{{Name: "nowhere"}}}}, func(field string) Position {
		return Position{File: "a.yaml", Line: lines[field], Column: 3}
	})
	defaults := Defaults{Source: complete.Source}
	got := map[string]Position{"": ref.Position()}
	for _, d := range Resolve(Cluster{Name: "c", Nodes: []Ref{ref}, Defaults: defaults}).Check() {
		got[d.Code] = d.Position
	}
	for code, line := range map[string]int{"": 1, "FD101": 4, "FD105": 7, "FD204": 9, "FD201": 5} {
		if want := (Position{"a.yaml", line, 3}); got[code] != want {
			t.Errorf("%s is at %s, want %s", code, got[code], want)
		}
	}
}
