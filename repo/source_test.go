package repo

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// sourceObject decodes a source without its boilerplate.
func sourceObject(t *testing.T, kind, spec string) map[string]any {
	t.Helper()
	var decoded map[string]any
	if err := yaml.Unmarshal([]byte(spec), &decoded); err != nil {
		t.Fatal(err)
	}
	return map[string]any{"kind": kind, "spec": decoded}
}

// TestSourceURL holds which sources fetch the same.
func TestSourceURL(t *testing.T) {
	for _, test := range []struct {
		kind, a, b string
		same       bool
	}{
		{"GitRepository", "{url: https://x/y}", "{url: https://x/y.git, ref: {branch: master}}", true},
		{"GitRepository", "{url: https://x/y, ref: {branch: main}}", "{url: https://x/y, ref: {name: refs/heads/main}}", true},
		{"GitRepository", "{url: https://x/y, ref: {tag: v1}}", "{url: https://x/y, ref: {name: refs/tags/v1, branch: main}}", true},
		{"GitRepository", "{url: https://x/y, ref: {tag: v1}}", "{url: https://x/y, ref: {tag: v1, semver: '1.x'}}", true},
		{"GitRepository", "{url: https://x/y, ref: {commit: abc}}", "{url: https://x/y, ref: {commit: abc, branch: main}}", true},
		{"GitRepository", "{url: https://x/y, ref: {branch: v1}}", "{url: https://x/y, ref: {tag: v1}}", false},
		{"GitRepository", "{url: https://x/y, ref: {tag: v1}}", "{url: https://x/y, ref: {semver: v1}}", false},
		{"GitRepository", "{url: https://x/y, ref: {branch: abc}}", "{url: https://x/y, ref: {commit: abc}}", false},
		{"GitRepository", "{url: https://x/y, ref: {name: refs/pull/1/head}}", "{url: https://x/y, ref: {name: refs/pull/2/head}}", false},
		{"OCIRepository", "{url: oci://x/y}", "{url: oci://x/y, ref: {tag: latest}}", true},
		{"OCIRepository", "{url: oci://x/y, ref: {digest: d}}", "{url: oci://x/y, ref: {digest: d, tag: a, semver: b}}", true},
		{"OCIRepository", "{url: oci://x/y}", "{url: oci://x/y.git}", false},
		{"OCIRepository", "{url: oci://x/y, ref: {semver: '1.x', semverFilter: rc}}", "{url: oci://x/y, ref: {semver: '1.x'}}", false},
		{"Bucket", "{endpoint: e, bucketName: b}", "{endpoint: e, bucketName: b, prefix: p}", false},
		{"Bucket", "{endpoint: e, bucketName: b, prefix: p}", "{endpoint: e, bucketName: b, prefix: p/}", false},
	} {
		a, b := sourceURL(sourceObject(t, test.kind, test.a)), sourceURL(sourceObject(t, test.kind, test.b))
		if (a == b) != test.same {
			t.Errorf("%s %s fetches %s, and %s %s", test.kind, test.a, a, test.b, b)
		}
	}
	for kind, of := range map[string]string{
		"GitRepository": "{url: u, ref: {branch: main}}", "OCIRepository": "{url: u, ref: {tag: refs/heads/main}}", "Bucket": "{endpoint: u, bucketName: refs/heads/main}",
	} {
		sync := map[string]any{"sync": map[string]any{"url": "u", "ref": "refs/heads/main"}}
		if got, want := sourceURL(instanceSource(kind, sync)), sourceURL(sourceObject(t, kind, of)); got != want {
			t.Errorf("a FluxInstance fetches %s, not %s", got, want)
		}
	}
}

// TestSameURL holds which addresses are those of one repository.
func TestSameURL(t *testing.T) {
	const root = "https://example.com/team/fleet main"
	for _, same := range []string{
		"https://example.com/team/fleet/ main", "https://example.com/team/fleet.git main", "https://Example.COM/team/fleet main", "https://example.com:443/team/fleet main",
		"https://bot@example.com/team/fleet main", "ssh://git@example.com/team/fleet main", "ssh://git@example.com:22/team/fleet.git main", "http://example.com//team/fleet.git/ main",
	} {
		if sameURL(same) != sameURL(root) {
			t.Errorf("%s is another one: %s", same, sameURL(same))
		}
	}
	for _, other := range []string{
		"https://example.com/team/fleet tag v1", "https://example.com/team/Fleet main", "https://example.com/team/other main", "https://example.org/team/fleet main",
		"https://example.com:8443/team/fleet main", "ssh://git@example.com:8443/team/fleet main", "oci://example.com/team/fleet main",
	} {
		if sameURL(other) == sameURL(root) {
			t.Errorf("%s is the same", other)
		}
	}
	if sameURL("ssh://git@example.com:2222/r main") == sameURL("https://example.com:2222/r main") {
		t.Error("a port is that of one protocol")
	}
}
