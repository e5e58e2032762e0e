package repo

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSources holds that the text of a source differs exactly where what Kustomizations
// get from it may.
func TestSources(t *testing.T) {
	for _, test := range []struct {
		kind, a, b string
		same       bool
	}{
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y, interval: 1h, timeout: 1m, provider: azure, verify: {mode: HEAD}, secretRef: {name: a}}", true},
		{"GitRepository", "{url: https://x/y}", "{url: https://x/z}", false},
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y, recurseSubmodules: true}", false},
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y, recurseSubmodules: false, sparseCheckout: [], include: [], suspend: false, ignore: ''}", true},
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y, suspend: true}", true},
		{"GitRepository", "{url: https://x/y, sparseCheckout: [a, b]}", "{url: https://x/y, sparseCheckout: [b, a]}", true},
		{"GitRepository", "{url: https://x/y, sparseCheckout: [a, b]}", "{url: https://x/y, sparseCheckout: [a]}", false},
		{"GitRepository", "{url: https://x/y, ignore: \"/*\\n!/a\"}", "{url: https://x/y, ignore: \"# why\\n\\n/*\\n!/a\\n\"}", true},
		{"GitRepository", "{url: https://x/y, ignore: \"/*\\n!/a\"}", "{url: https://x/y, ignore: \"!/a\\n/*\"}", false},
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y, include: [{repository: {name: lib}}]}", false},
		{"GitRepository", "{url: https://x/y, include: [{repository: {name: lib}, toPath: a}]}", "{url: https://x/y, include: [{repository: {name: lib}, toPath: b}]}", false},
		{"OCIRepository", "{url: oci://x/y}", "{url: oci://x/y, layerSelector: {operation: extract}}", true},
		{"OCIRepository", "{url: oci://x/y}", "{url: oci://x/y, layerSelector: {operation: copy}}", false},
		{"OCIRepository", "{url: oci://x/y}", "{url: oci://x/y, layerSelector: {mediaType: a/b}}", false},
		{"Bucket", "{endpoint: e, bucketName: b}", "{endpoint: e, bucketName: b, ignore: a}", false},
		{"ExternalArtifact", "{sourceRef: {kind: A, name: a}}", "{sourceRef: {kind: A, name: b}}", false},
	} {
		what := func(spec string) string {
			s := source{test.kind, "ns", "x"}
			return fetches(map[source]map[string]any{s: sourceObject(t, test.kind, spec)}, s, nil)
		}
		if a, b := what(test.a), what(test.b); (a == b) != test.same {
			t.Errorf("%s %s is %s, and %s %s", test.kind, test.a, a, test.b, b)
		}
	}
}

// TestSourcesOfCluster holds which sources are listed, and that what one includes and
// where its variables come from count.
func TestSourcesOfCluster(t *testing.T) {
	git := func(name, spec string) string {
		return "---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: " + name + ", namespace: flux-system}\nspec: " + spec + "\n"
	}
	value := "a"
	load := func(sources string) map[string]string {
		r, err := Load(writeTree(t, map[string]string{
			"clusters/prod/instance.yaml": "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec: {sync: {kind: OCIRepository, url: 'oci://x/fleet', ref: latest, path: clusters/prod}}\n",
			"clusters/prod/vars.yaml":     "apiVersion: v1\nkind: Secret\nmetadata: {name: vars, namespace: flux-system}\nstringData: {ENV: " + value + "}\n",
			"clusters/prod/more.yaml":     strings.ReplaceAll(kustomization("more", "./more", "  postBuild: {substituteFrom: [{kind: Secret, name: vars}]}\n"), "GitRepository", "OCIRepository"),
			"more/sources.yaml":           sources,
		}), Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.Clusters[0].Sources()
	}
	all := git("lib", "{url: 'https://x/lib'}") + git("app", "{url: 'https://x/app.git', ref: {tag: v1}, include: [{repository: {name: lib}}]}") +
		git("loop", "{url: 'https://x/loop', include: [{repository: {name: loop}}]}") + git("env", "{url: 'https://x/env', ref: {branch: '${ENV}'}}")
	before := load(all)
	for name, want := range map[string]string{
		"OCIRepository flux-system/flux-system": "oci://x/fleet tag latest", "GitRepository flux-system/lib": "https://x/lib master",
		"GitRepository flux-system/app": "https://x/app tag v1 with", "GitRepository flux-system/loop": "https://x/loop master with", "GitRepository flux-system/env": "https://x/env ${ENV}",
	} {
		if got := before[name]; got != want && !strings.HasPrefix(got, want+" ") {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(before) != 5 || before["GitRepository flux-system/env"] == "https://x/env ${ENV}" {
		t.Error(before)
	}
	differ := func(after map[string]string) (names []string) {
		for _, name := range []string{"app", "env", "lib", "loop"} {
			if before["GitRepository flux-system/"+name] != after["GitRepository flux-system/"+name] {
				names = append(names, name)
			}
		}
		return names
	}
	included := strings.Replace(all, "'https://x/lib'", "'https://x/lib', ref: {tag: v2}", 1)
	if diff := cmp.Diff([]string{"app", "lib"}, differ(load(included))); diff != "" {
		t.Error(diff)
	}
	value = "b"
	if diff := cmp.Diff([]string{"env"}, differ(load(all))); diff != "" {
		t.Error(diff)
	}
}
