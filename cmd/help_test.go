package cmd

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
)

// TestExamples runs every line of every verb's examples in a repository with
// TazLab's generated files.
func TestExamples(t *testing.T) {
	tazlab := &tool{clusters: []dag.Cluster{tazlabk8s.Cluster}}
	repository := t.TempDir()
	writeFile(t, filepath.Join(repository, "go.mod"), "module example.com/fleet\n")
	if err := os.CopyFS(filepath.Join(repository, "clusters", "tazlab-k8s"), os.DirFS("../golden/tazlab-k8s")); err != nil {
		t.Fatal(err)
	}
	commitAll(t, repository)
	t.Chdir(repository)
	root := newRoot("fluxdag", tazlab)
	for _, verb := range append(root.Commands(), root) {
		if !verb.HasExample() {
			t.Errorf("%s has no example", verb.Name())
		}
		for line := range strings.Lines(verb.Example) {
			args := strings.Fields(line)
			if len(args) < 2 || args[0] != "fluxdag" || verb != root && args[1] != verb.Name() {
				t.Errorf("%s: the example %q does not run it", verb.Name(), line)
				continue
			}
			var output bytes.Buffer
			if status := run("fluxdag", args[1:], &output, &output, tazlab); status != cli.ExitClean {
				t.Errorf("%s exits %d:\n%s", strings.TrimSpace(line), status, &output)
			}
		}
	}
}

// commitAll makes a folder a git repository with one commit, of all of it.
func commitAll(t *testing.T, dir string) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "one"}} {
		c := exec.Command("git", args...)
		c.Dir = dir
		if output, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args[0], err, output)
		}
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
