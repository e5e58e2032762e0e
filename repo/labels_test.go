package repo

import (
	"fmt"
	"strings"
	"testing"
)

// TestLabelsThatAreNone holds that labels which are no mapping are dropped, as by the
// controller, wherever they come from, and that variables are set in none of odd length.
func TestLabelsThatAreNone(t *testing.T) {
	const patch = "  patches:\n    - target: {kind: ConfigMap}\n      patch: |\n        - {op: add, path: /metadata/labels, value: [x]}\n"
	const variables = "  postBuild: {substitute: {A: b}}\n"
	for name, test := range map[string]struct {
		more, labels string
		fails        bool
	}{
		"a list":              {"", "[x]", false},
		"a text":              {"", "x", false},
		"pairs":               {variables, "[x, y]", false},
		"a list by a patch":   {patch, "{}", false},
		"with variables":      {variables, "[x]", true},
		"both":                {patch + variables, "{}", true},
		"substitutes nothing": {"  postBuild: {}\n", "[x]", true},
	} {
		r, err := Load(writeTree(t, map[string]string{
			"clusters/prod/flux-system/gotk-sync.yaml": gotkSync,
			"clusters/prod/apps.yaml":                  kustomization("apps", "./apps", test.more),
			"apps/a.yaml":                              "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default, labels: " + test.labels + "}\n",
		}), Options{Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		found := r.Clusters[0].Check()
		if fails := strings.Contains(fmt.Sprint(found), "Flux panics"); fails != test.fails || len(r.Clusters[0].Objects["flux-system/apps"]) != 1 {
			t.Errorf("%s: %v", name, found)
		}
	}
}
