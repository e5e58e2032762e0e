package repo

import (
	"strings"
	"testing"
)

// TestByHand holds what is applied with a root that nothing in the repository syncs.
func TestByHand(t *testing.T) {
	files := map[string]string{
		"clusters/prod/apps.yaml": kustomization("apps", "./apps", "") + configMap("a"),
		"apps/b.yaml":             configMap("b"),
	}
	for name, test := range map[string]struct{ sync, want string }{
		"by hand": {"", "ConfigMap default/a"},
		"synced":  {gotkSync, ""},
	} {
		files["clusters/prod/flux-system/gotk-sync.yaml"] = test.sync
		r, err := Load(writeTree(t, files), Options{Roots: []string{"clusters/prod"}, Digests: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range r.Clusters[0].ByHand() {
			got = append(got, o.ID().String())
			if o.Digest() == "" {
				t.Errorf("%s: %s has no digest", name, o.ID())
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
