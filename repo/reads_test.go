package repo

import (
	"strings"
	"testing"
)

// TestReads holds what has a say in a build: what it read, what it looked for in vain, and,
// of one that failed, what it had not come to.
func TestReads(t *testing.T) {
	node := func(path, more string) string { return kustomization("x", path, more) }
	files := map[string]string{
		"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
		"web/kustomization.yaml":                   "resources: [a.yaml, ../lib]\npatches: [{path: ../patch.yaml}]\nconfigMapGenerator: [{name: g, files: [../text.ini]}]\n",
		"web/a.yaml":                               configMap("a"),
		"patch.yaml":                               "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\ndata: {more: b}\n",
		"text.ini":                                 "x",
		"lib/kustomization.yml":                    "resources: [b.yaml]\n",
		"lib/b.yaml":                               configMap("b"),
		"extra/kustomization.yaml":                 "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\n",
		"extra/c.yaml":                             configMap("c"),
		"lacks/kustomization.yaml":                 "resources: [../gone.yaml, ../broken.yaml]\n",
		"broken.yaml":                              "a: b\n c: d\n",
		"fails/kustomization.yaml":                 "resources: [../lib, ../lib, ../late]\n",
		"late/kustomization.yaml":                  "resources: [d.yaml]\n",
		"late/d.yaml":                              configMap("d"),
		"plain/e.yaml":                             configMap("e"),
	}
	for name, test := range map[string]struct{ spec, want string }{
		"what it reads":       {node("./web", ""), "lib lib/Kustomization lib/b.yaml lib/kustomization.yaml lib/kustomization.yml patch.yaml text.ini web web/Kustomization web/a.yaml web/kustomization.yml"},
		"a component":         {node("./plain", "  components: [../extra]\n"), "extra extra/Kustomization extra/c.yaml extra/kustomization.yaml extra/kustomization.yml plain plain/Kustomization plain/e.yaml plain/kustomization.yml"},
		"a missing component": {node("./plain", "  components: [../none]\n  ignoreMissingComponents: true\n"), "none plain plain/Kustomization plain/e.yaml plain/kustomization.yml"},
		"what is broken":      {node("./lacks", ""), "broken.yaml gone.yaml lacks lacks/Kustomization lacks/kustomization.yml"},
		"a build that fails":  {node("./fails", "  components: [../extra]\n"), "extra extra/c.yaml extra/kustomization.yaml fails fails/Kustomization fails/kustomization.yaml fails/kustomization.yml late/d.yaml late/kustomization.yaml lib lib/Kustomization lib/b.yaml lib/kustomization.yaml lib/kustomization.yml"},
		"no path":             {node("./nowhere", ""), "nowhere"},
		"a file":              {node("./patch.yaml", ""), "patch.yaml"},
		"elsewhere":           {strings.ReplaceAll(node("./web", ""), "name: flux-system}", "name: other}"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			files["clusters/prod/apps.yaml"] = test.spec
			r, err := Load(writeTree(t, files), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(r.Clusters[0].Reads("flux-system/x"), " "); got != test.want {
				t.Errorf("reads %s\nwant  %s", got, test.want)
			}
		})
	}
}
