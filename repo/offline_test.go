package repo

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
)

// refusing fails the test when something uses the network.
type refusing struct{ t *testing.T }

func (r refusing) RoundTrip(request *http.Request) (*http.Response, error) {
	r.t.Errorf("a request for %s", request.URL)
	return nil, errors.New("no network")
}

// withoutNetwork lets the test fail on every request, and hides git.
func withoutNetwork(t *testing.T) {
	t.Helper()
	before := http.DefaultTransport
	http.DefaultTransport = refusing{t}
	t.Cleanup(func() { http.DefaultTransport = before })
	t.Setenv("PATH", t.TempDir())
}

// addresses are all ways of naming what kustomize would download.
var addresses = []string{
	"https://example.com/base?ref=v1", "http://example.com/a.yaml", "HTTPS://example.com/a.yaml", "https://github.com/a/b//c?ref=v1&timeout=1s",
	"github.com/a/b", "GitHub.com/a/b", "github.com:a/b.git", "git@example.com:a/b.git", "org-1@github.com:a/b", "ssh://git@example.com/a/b",
	"git::https://example.com/a/b.git", "file:///a/b.git", "https://dev.azure.com/a/b/_git/c", "https://example.com/a.git//b",
}

// places are kustomization.yaml files that name an address: those of folders, and
// those of files, which kustomize takes from the web alone, among them those that give
// ConfigMaps and Secrets their content.
func places() (folders, files, contents map[string]string) {
	folders, files, contents = map[string]string{}, map[string]string{}, map[string]string{}
	for _, list := range []string{"bases", "components"} {
		folders[list+"/kustomization.yaml"] = "resources:\n  - cm.yaml\n" + list + ":\n  - 'ADDRESS'\n"
	}
	folders["resources/Kustomization"] = "resources:\n  - cm.yaml\n  - 'ADDRESS'\n"
	folders["nested/kustomization.yaml"] = "resources:\n  - base\n"
	folders["nested/base/kustomization.yml"] = "resources:\n  - ../cm.yaml\n  - 'ADDRESS'\n"
	for _, list := range []string{"crds", "configurations", "generators", "transformers", "validators", "patchesStrategicMerge"} {
		files[list+"/kustomization.yaml"] = "resources:\n  - cm.yaml\n" + list + ":\n  - 'ADDRESS'\n"
	}
	for _, list := range []string{"patches", "patchesJson6902", "replacements"} {
		files[list+"/kustomization.yaml"] = "resources:\n  - cm.yaml\n" + list + ":\n  - path: 'ADDRESS'\n    target: {kind: ConfigMap}\n"
	}
	for _, kind := range []string{"configMapGenerator", "secretGenerator"} {
		contents[kind+"/kustomization.yml"] = "resources:\n  - cm.yaml\n" + kind + ":\n  - name: a-files\n    namespace: default\n    files: ['key=ADDRESS']\n    envs: ['ADDRESS']\n"
		contents[kind+"-env/Kustomization"] = "resources:\n  - cm.yaml\n" + kind + ":\n  - name: a-env\n    namespace: default\n    env: 'ADDRESS'\n"
	}
	files["plugin/kustomization.yaml"] = "resources:\n  - cm.yaml\ntransformers:\n  - patch.yaml\n"
	files["plugin/patch.yaml"] = "apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\npath: 'ADDRESS'\ntarget: {kind: ConfigMap}\n"
	return folders, files, contents
}

// TestNoNetwork holds that nothing that a repository names is fetched, wherever it
// names it, and that each such place is a boundary and no finding.
func TestNoNetwork(t *testing.T) {
	withoutNetwork(t)
	folders, files, contents := places()
	for _, address := range addresses {
		requireBoundaries(t, folders, address, true)
		if strings.HasPrefix(strings.ToLower(address), "http") {
			requireBoundaries(t, files, address, true)
			if !strings.Contains(address, "=") { // kustomize refuses key=a=b
				requireBoundaries(t, contents, address, false)
			}
		}
	}
	// A schema of its own is loaded in every build, and slow.
	requireBoundaries(t, map[string]string{"openapi/kustomization.yaml": "resources:\n  - cm.yaml\nopenapi:\n  path: 'ADDRESS'\n"}, addresses[0], true)
}

func requireBoundaries(t *testing.T, places map[string]string, address string, want bool) {
	t.Helper()
	dir := t.TempDir()
	apps := map[string]string{}
	for name, text := range places {
		folder, _, _ := strings.Cut(name, "/")
		apps[folder] = kustomization(strings.ToLower(folder), "./"+folder, "")
		write(t, dir, name, []byte(strings.ReplaceAll(text, "ADDRESS", address)))
		write(t, dir, folder+"/cm.yaml", []byte(configMap(strings.ToLower(folder))))
	}
	for folder, text := range apps {
		write(t, dir, "clusters/prod/"+folder+".yaml", []byte(text))
	}
	write(t, dir, "clusters/prod/flux-system/gotk-sync.yaml", []byte(gotkSync))
	r, err := Load(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := r.Clusters[0]
	for folder := range apps {
		if want != slices.ContainsFunc(c.Graph.Boundaries(), func(b dag.Boundary) bool {
			return b.Node == "flux-system/"+strings.ToLower(folder) && b.Kind == "remote" && strings.EqualFold(b.What, address)
		}) {
			t.Errorf("%s in %s: want a boundary: %t", address, folder, want)
		}
	}
	if found := slices.DeleteFunc(c.Check(), func(d dag.Diagnostic) bool { return d.Code == "FD338" }); len(found) > 0 {
		t.Errorf("%s: %s", address, found)
	}
}

// TestGoldensWithoutNetwork reads every golden repository.
func TestGoldensWithoutNetwork(t *testing.T) {
	withoutNetwork(t)
	for _, name := range traits(t) {
		loaded(t, "repo/"+name)
	}
}
