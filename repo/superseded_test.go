package repo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writeTree writes files, by path, into a new folder.
func writeTree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func kustomizationText(name, path, source string) string {
	return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: " + name +
		"\n  namespace: flux-system\nspec:\n  interval: 1h\n  prune: true\n  path: ./" + path +
		"\n  sourceRef:\n    kind: GitRepository\n    name: " + source + "\n"
}

func gitRepositoryText(name string) string {
	return "---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: " + name +
		"\n  namespace: flux-system\nspec:\n  interval: 1h\n  url: https://example.org/fleet\n"
}

const instanceText = "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata:\n  name: flux\n  namespace: flux-system\n" +
	"spec:\n  sync:\n    kind: GitRepository\n    url: https://example.org/fleet\n    ref: refs/heads/main\n    path: flux/cluster\n"

// A repository moved from a Kustomization of its own making to a FluxInstance keeps
// the old root for a while: one cluster, not two.
func TestSupersededRoot(t *testing.T) {
	old := map[string]string{
		"flux/config/cluster.yaml": kustomizationText("cluster", "flux", "flux-system") + gitRepositoryText("flux-system"),
		"flux/cluster/ks.yaml":     kustomizationText("apps", "apps", "flux-system"),
		"apps/web.yaml":            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: web\n",
	}
	with := func(name string) map[string]string {
		files := map[string]string{name: instanceText}
		for k, v := range old {
			files[k] = v
		}
		return files
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"instance applied":     {with("apps/instance.yaml"), "flux/cluster"},
		"instance not applied": {with("later/instance.yaml"), "flux"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Load(writeTree(t, c.files), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var roots []string
			for _, cluster := range r.Clusters {
				roots = append(roots, cluster.Root)
			}
			if !slices.Equal(roots, []string{c.want}) {
				t.Errorf("roots %v, want %s", roots, c.want)
			}
		})
	}
}

// What flux bootstrap wrote need not be applied by itself; it is one root still.
func TestBootstrapFileOutsideTheBuild(t *testing.T) {
	r, err := Load(writeTree(t, map[string]string{
		"clusters/a/flux-system/gotk-sync.yaml": kustomizationText("flux-system", "clusters/a", "flux-system") + gitRepositoryText("flux-system"),
		"clusters/a/kustomization.yaml":         "resources: [apps.yaml]\n",
		"clusters/a/apps.yaml":                  kustomizationText("apps", "apps", "flux-system"),
		"apps/web.yaml":                         "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: web\n",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range r.Clusters {
		names = append(names, c.Name)
	}
	if got := strings.Join(names, " "); got != "a" {
		t.Errorf("clusters %q, want one, a", got)
	}
}
