package gen

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
)

// TestReadTazLab holds that the first user's files read back to what is declared.
func TestReadTazLab(t *testing.T) {
	c, found := Read(tazlab(t))
	if len(found) > 0 || c.Name != "tazlab-k8s" || c.Dir != "" {
		t.Error(c.Name, c.Dir, found)
	}
	want, got := dag.Resolve(tazlabk8s.Cluster), dag.Resolve(c)
	sameGraph(t, want, got)
	for i, level := range c.Levels {
		if level.Name != tazlabk8s.Cluster.Levels[i].Name {
			t.Errorf("level %d is %s", i, level.Name)
		}
	}
	for _, d := range got.Check() {
		t.Error(d)
	}
}

// vertex is what law 1 is about.
type vertex struct {
	Object            any
	File, Description string
	Level             string
	Allow             map[string]string
	Dependencies      []string
	LongestPath       int
}

func vertices(g *dag.Graph) map[string]vertex {
	all := map[string]vertex{}
	for v := range g.Vertices() {
		one := vertex{Object: v.Object(), File: v.File(), Description: v.Description(), Allow: map[string]string{}, LongestPath: v.Level()}
		_, level := v.DeclaredLevel()
		one.Level = oneLine(level)
		for code, reason := range v.Allow() {
			one.Allow[code] = oneLine(reason)
		}
		for _, dep := range g.Dependencies(v) {
			one.Dependencies = append(one.Dependencies, dep.Key())
		}
		all[v.Key()] = one
	}
	return all
}

type fatal interface {
	Helper()
	Fatalf(string, ...any)
}

// sameGraph fails where the graphs differ in anything that files hold.
func sameGraph(t fatal, want, got *dag.Graph) {
	t.Helper()
	if want.Dir() != got.Dir() {
		t.Fatalf("the folder is %s, not %s", got.Dir(), want.Dir())
	}
	if diff := cmp.Diff(vertices(want), vertices(got), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("(-declared +read):\n%s", diff)
	}
}
