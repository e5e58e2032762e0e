package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestREADME repeats the terminal transcript at the top of the README, in a copy
// of this repository: every command prints what the README says.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```console\n")
	transcript, _, found := strings.Cut(rest, "```\n")
	if !found || !strings.HasPrefix(transcript, "$ ") {
		t.Fatal("the README opens with no transcript")
	}
	dir := copyRepository(t)
	for step := range strings.SplitSeq(strings.TrimPrefix(transcript, "$ "), "\n$ ") {
		command, want, _ := strings.Cut(step, "\n")
		c := exec.Command("bash", "-c", command)
		c.Dir = dir
		c.Env = append(os.Environ(), "MAKEFLAGS=", "MAKELEVEL=") // this may run under make test
		output, _ := c.CombinedOutput()                          // a failing step says so in what it prints
		if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(string(output))); diff != "" {
			t.Errorf("$ %s (-README +printed):\n%s", command, diff)
		}
	}
}

// copyRepository copies what the transcript needs into a fresh git repository.
func copyRepository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"dag", "internal", "gen", "repo", "schema", "plan", "view", "cmd", "clusters"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("..", name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "Makefile"} {
		data, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "copy"}} {
		c := exec.Command("git", args...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return dir
}
