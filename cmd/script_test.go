//go:build unix

package cmd

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/internal/clitest"
	"github.com/tazlab/fluxdag/dag"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fluxdag": program, "flux-dag": program})
}

// program is Main with TazLab's cluster. FLUXDAG_CASE puts one of the cases
// before it; TazLab stays, because its nodes are declared whatever the case, and
// would be reported as unlisted without it.
func program() {
	if os.Getenv("FLUXDAG_TEST_UNPRIVILEGED") != "" && os.Geteuid() == 0 {
		becomeNobody()
	}
	clusters := []dag.Cluster{tazlabk8s.Cluster}
	if name := os.Getenv("FLUXDAG_CASE"); name != "" {
		clusters = []dag.Cluster{cases[name](), tazlabk8s.Cluster}
	}
	Main(clusters...)
}

// becomeNobody gives up root, whom file permissions do not hold back. Coverage
// data goes to a folder that nobody may write.
func becomeNobody() {
	const nobody = 65534
	cover, err := os.MkdirTemp("", "cover")
	if err := errors.Join(err, os.Setenv("GOCOVERDIR", cover), os.Chown(cover, nobody, nobody),
		syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
		panic(err)
	}
}

// TestScript runs the transcripts in golden/cli.
func TestScript(t *testing.T) { clitest.Run(t, "cli") }
