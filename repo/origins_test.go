package repo

import (
	"maps"
	"strings"
	"testing"
)

// TestValues holds what tells values that only the cluster knows from those of another
// revision: of a node that names something by one, and of no other.
func TestValues(t *testing.T) {
	secret := func(name, value string) string {
		return "---\napiVersion: v1\nkind: Secret\nmetadata: {name: " + name + ", namespace: flux-system}\nstringData: {TENANT: '" + value + "'}\n"
	}
	from := func(refs string) string { return "  postBuild: {substituteFrom: [" + refs + "]}\n" }
	const one, two = "{kind: Secret, name: one}", "{kind: Secret, name: two}"
	base := map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"clusters/prod/secrets.yaml":               secret("one", "ENC[a]") + secret("two", "plain"),
		"clusters/prod/vars.yaml":                  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {SIZE: 1Gi}\n",
		"clusters/prod/app.yaml":                   kustomization("app", "./app", from(one+", {kind: ConfigMap, name: vars}, {kind: Secret, name: outside}")),
		"clusters/prod/plain.yaml":                 kustomization("plain", "./plain", from(one)),
		"clusters/prod/parent.yaml":                kustomization("parent", "./children", from(two)),
		"children/child.yaml":                      kustomization("child", "./app", "  postBuild: {substitute: {TENANT: \"${TENANT}\"}}\n"),
		"app/a.yaml":                               configMap("app-${TENANT}"),
		"plain/b.yaml":                             strings.Replace(configMap("b"), "key: value", "key: ${TENANT}", 1),
	}
	load := func(files map[string]string) *Cluster {
		r, err := Load(writeTree(t, files), Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		return r.Clusters[0]
	}
	before := load(base)
	for node, given := range map[string]bool{"app": true, "plain": false, "parent": false, "child": true, "flux-system": false} {
		if values := before.Values("flux-system/" + node); (values != "") != given {
			t.Errorf("%s: %q", node, values)
		}
		if asked := before.Applies(before.Body("flux-system/" + node)).Values; asked != before.Values("flux-system/"+node) {
			t.Errorf("%s: %q when asked", node, asked)
		}
	}
	for name, test := range map[string]struct {
		file, old, new string
		differ         string
	}{
		"a Secret's value":            {"clusters/prod/secrets.yaml", "ENC[a]", "ENC[b]", "app"},
		"another's":                   {"clusters/prod/secrets.yaml", "plain", "other", "child"},
		"another Secret":              {"clusters/prod/app.yaml", "name: outside", "name: inside", "app"},
		"the order":                   {"clusters/prod/app.yaml", one + ", {kind: ConfigMap, name: vars}, {kind: Secret, name: outside}", "{kind: Secret, name: outside}, " + one, "app"},
		"a ConfigMap that is read":    {"clusters/prod/vars.yaml", "1Gi", "2Gi", ""},
		"a Secret that is gone":       {"clusters/prod/secrets.yaml", "name: one", "name: three", "app"},
		"where a parent gets it from": {"clusters/prod/parent.yaml", "name: two", "name: four", "child"},
		"nothing of it":               {"clusters/prod/app.yaml", "1h", "2h", ""},
	} {
		head := maps.Clone(base)
		head[test.file] = strings.Replace(base[test.file], test.old, test.new, 1)
		if head[test.file] == base[test.file] {
			t.Fatal(name)
		}
		after := load(head)
		for _, node := range []string{"app", "child", "plain", "parent", "flux-system"} {
			if differs := before.Values("flux-system/"+node) != after.Values("flux-system/"+node); differs != (node == test.differ) {
				t.Errorf("%s: %s differs: %v", name, node, differs)
			}
		}
	}
}
