//go:build unix

package full

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/internal/clitest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fluxdag": func() { Main(tazlabk8s.Cluster) }})
}

// TestScript runs the transcripts in golden/full.
func TestScript(t *testing.T) { clitest.Run(t, "full") }
