package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestAlongWith holds that a definition, a namespace and a source are never told of alone:
// others have something in them, or of them.
func TestAlongWith(t *testing.T) {
	source := plan.Object{Group: "source.toolkit.fluxcd.io", Kind: "GitRepository", Namespace: "flux-system", Name: "flux-system"}
	for _, c := range []struct {
		name string
		lost plan.Object
		want string
	}{
		{"definition", plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "databases.example.com"},
			"With CustomResourceDefinition databases.example.com goes all that is of it, deleted by Kubernetes: 2 more objects of flux-system/cache, flux-system/database. What controllers made of Cache data/main, Database data/main may go, with any data."},
		{"a definition that nobody uses", plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "databases.example.org"}, ""},
		{"namespace", plan.Object{Kind: "Namespace", Name: "data"}, "With Namespace data goes all that is in it, deleted by Kubernetes: 3 more objects of flux-system/cache, flux-system/database. At once with HelmRelease data/redis the Namespace goes that holds its records, without which the release is not uninstalled: claims that it made there go, and what it made elsewhere may stay. So leave the HelmRelease out in a commit before. What controllers made of Cache data/main, Database data/main may go, with any data."},
		{"source", source, "No further commit reaches what takes its manifests from GitRepository flux-system/flux-system: flux-system/base, flux-system/cache, flux-system/child, flux-system/database, flux-system/flux-system and 2 more."},
		{"any other", plan.Object{Kind: "ConfigMap", Namespace: "data", Name: "x"}, ""},
	} {
		base, head := operated(), operated()
		base.Objects["flux-system/operator"], head.Objects["flux-system/operator"] = []plan.Object{c.lost}, []plan.Object{}
		effect := ""
		for _, change := range compare(t, base, head).Changes {
			if change.Kind == plan.Prune && change.Node == "flux-system/operator" {
				effect = change.Effect
			}
		}
		rest, found := strings.CutPrefix(effect, "Flux deletes what is no longer in what it builds (prune: true): 1 object.")
		if !found || strings.TrimSpace(rest) != c.want {
			t.Errorf("%s: %q, want %q", c.name, effect, c.want)
		}
	}
}

// TestOperatorAndDefinition holds that custom resources go where their definition does, and that
// nothing is said then of their staying without an operator.
func TestOperatorAndDefinition(t *testing.T) {
	definition := plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "databases.example.com", Defines: "example.com/Database"}
	operator := plan.Object{Group: "apps", Kind: "Deployment", Namespace: "data", Name: "example-operator"}
	base, head := operated(), operated()
	base.Objects["flux-system/operator"], head.Objects["flux-system/operator"] = []plan.Object{definition, operator}, []plan.Object{}
	for _, change := range compare(t, base, head).Changes {
		if change.Kind != plan.Prune || change.Node != "flux-system/operator" {
			continue
		}
		if !strings.Contains(change.Effect, "Database data/main goes at once with it: where the operator is gone first") ||
			!strings.Contains(change.Effect, "Cache data/main of flux-system/cache stays, and nothing runs or finalizes it") || strings.Contains(change.Effect, "chart") {
			t.Error(change.Effect)
		}
		return
	}
	t.Error("nothing is told")
}
