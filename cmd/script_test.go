//go:build unix

package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/cmd/internal/clitest"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fluxdag": program, "flux-dag": program})
}

// program is MainWith TazLab's cluster; with FLUXDAG_LOADER, graph takes paths.
// FLUXDAG_CASE puts one of the cases
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
	var x Extension
	if os.Getenv("FLUXDAG_LOADER") != "" {
		x.Load = loadLines
	}
	MainWith(x, clusters...)
}

// loadLines is a Loader of what graph-path.txtar describes.
func loadLines(_ *cobra.Command, folder, _ string, _ bool) ([]view.Cluster, dag.Diagnostics, error) {
	data, err := os.ReadFile(filepath.Join(folder, "clusters"))
	if err != nil {
		return nil, nil, cli.Hint(err, "name a folder with a file clusters")
	}
	var clusters []view.Cluster
	var found dag.Diagnostics
	for line := range strings.Lines(string(data)) {
		name, message, _ := strings.Cut(strings.TrimSpace(line), " ")
		if message == "" {
			c := two()
			c.Boundaries = []dag.Boundary{{Node: "flux-system/web", Kind: "source", What: "OCIRepository charts"}}
			clusters = append(clusters, view.Cluster{Name: name, Root: name, Graph: dag.Resolve(c),
				AppliedBy: map[string]string{"flux-system/web": "flux-system/database"}})
			continue
		}
		d := dag.Diagnostic{Code: "FD300", Position: dag.Position{File: "clusters"}, Message: message}
		if err := d.Severity.UnmarshalText([]byte(name)); err != nil {
			return nil, nil, err
		}
		found = append(found, d)
	}
	return clusters, found, nil
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
