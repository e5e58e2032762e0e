//go:build unix

package full

import (
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/internal/clitest"
	"github.com/tazlab/fluxdag/dag"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"fluxdag": func() { Main(tazlabk8s.Cluster) },
		"wrong":   func() { Main(tazlabk8s.Cluster, wrong()) },
	})
}

// wrong is a declaration with expressions that no rule of the graph looks at.
func wrong() dag.Cluster {
	base := dag.Declare(dag.Node{Name: "base", Path: "./base", Ready: dag.WaitAll()})
	dependent := func(name, expr string) dag.Ref {
		return dag.Declare(dag.Node{Name: name, Path: "./" + name, DependsOn: []dag.Ref{base.When(expr)}, Ready: dag.WaitAll()})
	}
	accepted := dag.Declare(dag.Node{Name: "accepted", Path: "./accepted", DependsOn: []dag.Ref{base.When("!has(dep.status.ready)")},
		Ready: dag.WaitAll(), Allow: dag.Allow("FD226", "another controller sets it")})
	return dag.Cluster{
		Name: "wrong",
		Defaults: dag.Defaults{
			Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "flux-system"},
		},
		Nodes: []dag.Ref{base, accepted, dependent("broken", "dep.status.ready =="), dependent("field", "true &&\n  dep.status.ready == true"),
			dependent("right", "dep.status.observedGeneration > 0")},
	}
}

// TestScript runs the transcripts in golden/full.
func TestScript(t *testing.T) { clitest.Run(t, "full") }
