//go:build unix

package full

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/golden"
)

// TestExamples runs every line of the examples that the program's help shows, in a
// repository with a cluster and with TazLab's generated files.
func TestExamples(t *testing.T) {
	repository := newRepository(t)
	shell(t, repository, "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -qm one")
	verbs := regexp.MustCompile(`(?m)^  ([a-z]+) +[A-Z]`).FindAllStringSubmatch(shell(t, repository, "fluxdag --help"), -1)
	if len(verbs) < 7 {
		t.Fatalf("the help lists the verbs %v", verbs)
	}
	for _, verb := range append(verbs, []string{"", ""}) {
		name := verb[1]
		_, rest, found := strings.Cut(shell(t, repository, "fluxdag "+name+" --help"), "\nExamples:\n")
		if !found {
			t.Errorf("%s has no example", name)
		}
		examples, _, _ := strings.Cut(rest, "\n\n")
		for line := range strings.Lines(examples) {
			if !strings.HasPrefix(line, "  fluxdag "+name) {
				t.Errorf("%s: the example %q does not run it", name, line)
			}
			shell(t, repository, line)
		}
	}
}

// newRepository makes what the examples are about.
func newRepository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "clusters", "tazlab-k8s"), os.DirFS(golden.Path(t, "tazlab-k8s"))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":           "module example.com/fleet\n",
		"apps/object.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: apps\n  namespace: default\n",
		"clusters/production/apps.yaml": `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 1h
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
		"clusters/production/flux-system/gotk-sync.yaml": `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: https://example.com/fleet.git
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/production
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shell runs a line in a folder, and returns what it prints; it has to exit with 0.
// TestMain has put fluxdag on the PATH.
func shell(t *testing.T, dir, line string) string {
	t.Helper()
	c := exec.Command("sh", "-c", line)
	c.Dir = dir
	output, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", strings.TrimSpace(line), err, output)
	}
	return string(output)
}
