package repo

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
)

// findingsOf returns the findings of a rule in a repository whose one root is the
// folder cluster.
func findingsOf(t *testing.T, code string, files map[string]string) []dag.Diagnostic {
	t.Helper()
	all := map[string]string{
		"cluster/flux-system/gotk-sync.yaml": kustomizationText("flux-system", "cluster", "flux-system") + gitRepositoryText("flux-system"),
		"cluster/kustomization.yaml":         "resources: [app.yaml]\n",
	}
	for name, text := range files {
		all[name] = text
	}
	r, err := Load(writeTree(t, all), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Clusters) != 1 {
		t.Fatalf("%d clusters, want 1", len(r.Clusters))
	}
	found := append(slices.Clone([]dag.Diagnostic(r.Findings)), r.Clusters[0].Check()...)
	return slices.DeleteFunc(found, func(d dag.Diagnostic) bool { return d.Code != code })
}

const webText = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: web\n"

// What public repositories showed to be false or too loud.
func TestPrecision(t *testing.T) {
	app := kustomizationText("app", "app", "flux-system")
	waiting := app + "  wait: true\n  targetNamespace: web\n  healthChecks:\n"
	store := "    - apiVersion: external-secrets.io/v1\n      kind: ClusterSecretStore\n      name: store\n"
	deployment := "    - apiVersion: apps/v1\n      kind: Deployment\n      name: web\n      namespace: web\n"
	release := "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\n  namespace: web\nspec:\n  interval: 1h\n"
	slow := "  timeout: 2h\n"
	patch := "  patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: any}\n      data: {a: b}\n    target:\n"
	renamed := "patches:\n- target: {kind: Kustomization, name: old}\n  patch: |\n    - {op: add, path: /spec/suspend, value: true}\n"
	gone := "- path: gone.yaml\n"
	for name, c := range map[string]struct {
		code  string
		files map[string]string
		want  string // severities and words
	}{
		"cluster-scoped object with kustomize's namespace": {"FD207", map[string]string{"cluster/app.yaml": waiting + store,
			"app/store.yaml": "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata:\n  name: store\n"}, "information: so wait covers it"},
		"health check on what a release installs": {"FD207", map[string]string{"cluster/app.yaml": waiting + deployment, "app/release.yaml": release},
			"information: for Deployment web/web only where that does"},
		"health check on what a child may bring": {"FD207", map[string]string{"cluster/app.yaml": waiting + deployment,
			"app/child.yaml": kustomizationText("child", "child", "flux-system"), "child/web.yaml": webText}, "information: it waits for Kustomization"},
		"health check on what may have the name": {"FD207", map[string]string{"cluster/app.yaml": waiting + deployment + "  postBuild:\n    substituteFrom: [{kind: Secret, name: cluster}]\n",
			"app/web.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${NAME}\n"}, "information: so wait covers it"},
		"health check on what nothing brings": {"FD207", map[string]string{"cluster/app.yaml": waiting + deployment, "app/web.yaml": webText},
			"warning: nothing waits for Deployment web/web"},
		"health check on what a remote base may bring": {"FD207", map[string]string{"cluster/app.yaml": waiting + deployment,
			"app/kustomization.yaml": "resources: [web.yaml, https://example.org/x.yaml]\n", "app/web.yaml": webText}, "information: ignore healthChecks"},
		"comment before a list of remote files": {"FD322", map[string]string{"cluster/app.yaml": app, "app/web.yaml": webText,
			"app/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator:\n  - name: a\n    files: # all\n      - a=https://example.org/a\n"}, ""},
		"scope of a known kind": {"FD208", map[string]string{"cluster/app.yaml": app + "  healthChecks:\n" + store, "app/web.yaml": webText}, ""},
		"second beta":           {"FD333", map[string]string{"cluster/app.yaml": app, "app/release.yaml": strings.Replace(release, "/v2\n", "/v2beta2\n", 1)}, "warning: since 2.8"},
		"first beta":            {"FD333", map[string]string{"cluster/app.yaml": app, "app/release.yaml": strings.Replace(release, "/v2\n", "/v2beta1\n", 1)}, "warning: since 2.7"},
		"the root's own object": {"FD324", map[string]string{"cluster/app.yaml": app, "app/web.yaml": webText}, ""},
		"a forgotten object": {"FD324", map[string]string{"cluster/app.yaml": app, "app/web.yaml": webText,
			"other/ks.yaml": kustomizationText("old", "app", "flux-system")}, "information: no sync root"},
		"empty on purpose":                                        {"FD323", map[string]string{"cluster/app.yaml": app, "app/kustomization.yaml": "kind: Kustomization\nresources: []\n"}, "information: holds no manifest"},
		"timeout without health check":                            {"FD203", map[string]string{"cluster/app.yaml": app + slow, "app/web.yaml": webText}, ""},
		"timeout with health check":                               {"FD203", map[string]string{"cluster/app.yaml": app + slow + "  wait: true\n", "app/web.yaml": webText}, "warning: holds a worker"},
		"patch for who asks":                                      {"FD326", map[string]string{"cluster/app.yaml": app + patch + "      labelSelector: asks=yes\n", "app/web.yaml": webText}, "information: matches nothing"},
		"patch of a kustomization.yaml, of what has another name": {"FD326", map[string]string{"cluster/kustomization.yaml": "resources: [app.yaml]\n" + renamed, "cluster/app.yaml": app, "app/web.yaml": webText}, "warning: matches nothing"},
		"and of what has that":                                    {"FD326", map[string]string{"cluster/kustomization.yaml": "resources: [app.yaml]\n" + strings.Replace(renamed, "old", "app", 1), "cluster/app.yaml": app, "app/web.yaml": webText}, ""},
		"and where names change":                                  {"FD326", map[string]string{"cluster/kustomization.yaml": "namePrefix: x-\nresources: [app.yaml]\n" + renamed, "cluster/app.yaml": app, "app/web.yaml": webText}, ""},
		"and where another patch deletes what it is of":           {"FD326", map[string]string{"cluster/kustomization.yaml": "resources: [app.yaml, old.yaml]\n" + renamed + gone, "cluster/app.yaml": app, "cluster/gone.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: old, namespace: flux-system}\n$patch: delete\n", "cluster/old.yaml": kustomizationText("old", "app", "flux-system"), "app/web.yaml": webText}, ""},
		"patch of nothing":                                        {"FD326", map[string]string{"cluster/app.yaml": app + patch + "      kind: Secret\n", "app/web.yaml": webText}, "warning: matches nothing"},
		"unparseable and unused": {"FD305", map[string]string{"cluster/app.yaml": app, "app/web.yaml": webText,
			"tmp/x.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n a: b\n"}, "information: "},
	} {
		t.Run(name, func(t *testing.T) {
			found := findingsOf(t, c.code, c.files)
			severity, words, _ := strings.Cut(c.want, ": ")
			switch {
			case c.want == "" && len(found) > 0:
				t.Errorf("a false alarm: %v", found)
			case c.want != "" && (len(found) != 1 || found[0].Severity.String() != severity || !strings.Contains(found[0].Message, words)):
				t.Errorf("found %v, want one %s", found, c.want)
			}
		})
	}
}
