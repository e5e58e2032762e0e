package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// releaseOf is a HelmRelease of a Helm release, given as namespace/name.
func releaseOf(namespace, name, of string) plan.Object {
	at, called, _ := strings.Cut(of, "/")
	return plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: namespace, Name: name,
		Fixed: `{"releaseName":"` + called + `","storageNamespace":"` + namespace + `","targetNamespace":"` + at + `"}`}
}

// TestOneRelease holds that a HelmRelease whose release another one is of too is not said to
// stand beside that, and that a suspended one hands it over.
func TestOneRelease(t *testing.T) {
	away := func(o plan.Object) plan.Object { o.Away = true; return o }
	suspended := func(o plan.Object) plan.Object { o.Suspended = true; return o }
	for _, c := range []struct {
		name      string
		had, come plan.Object
		want, not string
	}{
		{"same", releaseOf("a", "x", "db/x"), releaseOf("b", "x", "db/x"), "To keep it, suspend the old one in a commit before", "side by side"},
		{"same, under another name", releaseOf("a", "x", "db/x"), releaseOf("a", "y", "db/x"), "HelmRelease a/y is of the same release as HelmRelease a/x", "side by side"},
		{"suspended", suspended(releaseOf("a", "x", "db/x")), releaseOf("b", "x", "db/x"), "HelmRelease b/x takes over the release of HelmRelease a/x", "stays without an owner"},
		{"in another cluster", releaseOf("a", "x", "db/x"), away(releaseOf("b", "x", "db/x")), "side by side", "same release"},
		{"another", releaseOf("a", "x", "a/x"), releaseOf("b", "x", "b/x"), "side by side", "same release"},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {c.had}, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": {c.come}}
		effect := compare(t, base, head).Changes[0].Effect
		if !strings.Contains(effect, c.want) || strings.Contains(effect, c.not) {
			t.Errorf("%s: %s", c.name, effect)
		}
	}
}

// TestResumed holds that a HelmRelease which its node may resume before it goes is uninstalled.
func TestResumed(t *testing.T) {
	for resumed, want := range map[bool]string{true: "With HelmRelease a/x the release is uninstalled", false: "HelmRelease a/x is suspended: helm-controller does not uninstall"} {
		base, head := pair(nil), without()
		was, is := releaseOf("a", "x", "a/x"), releaseOf("a", "x", "a/x")
		was.Suspended, is.Suspended = true, !resumed
		base.Objects = map[string][]plan.Object{"flux-system/data": {was}}
		head.Objects = map[string][]plan.Object{}
		head.Build = func(*dag.Vertex) plan.Build { return plan.Build{Objects: []plan.Object{is}} }
		if effect := compare(t, base, head).Changes[0].Effect; !strings.Contains(effect, want) {
			t.Errorf("resumed %t: %s", resumed, effect)
		}
	}
}

// TestDefiner holds that with a chart of definitions go the custom resources of which no file has
// the definition: those of a group that its name tells, and else none by name.
func TestDefiner(t *testing.T) {
	gateway := plan.Object{Group: "gateway.networking.k8s.io", Kind: "Gateway", Namespace: "a", Name: "g"}
	probe := plan.Object{Group: "monitoring.coreos.com", Kind: "Probe", Namespace: "a", Name: "p"}
	defined := plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "probes.monitoring.coreos.com", Defines: "monitoring.coreos.com/Probe"}
	pool := plan.Object{Group: "crd.projectcalico.org", Kind: "IPPool", Name: "i"}
	own := []plan.Object{{Kind: "ConfigMap", Namespace: "a", Name: "c"}, {Group: "policy", Kind: "PodDisruptionBudget", Namespace: "a", Name: "c"}, {Group: "networking.k8s.io", Kind: "Ingress", Namespace: "a", Name: "c"},
		{Group: "metrics.k8s.io", Kind: "PodMetrics", Namespace: "a", Name: "c"}, {Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization", Namespace: "a", Name: "c"}, pool}
	secret, vault := plan.Object{Group: "external-secrets.io", Kind: "ExternalSecret", Namespace: "a", Name: "e"}, plan.Object{Group: "secrets.hashicorp.com", Kind: "VaultAuth", Namespace: "a", Name: "v"}
	for _, c := range []struct {
		name, want string
		stays      []plan.Object
	}{
		{"gateway-api-crds", "definition: Gateway a/g of flux-system/web.", []plan.Object{gateway, probe}},
		{"some-crds", "not known: of 2 custom resources here no file has the definition.", []plan.Object{gateway, probe}},
		{"some-crds", "not known: of 1 custom resource here no file has the definition.", []plan.Object{gateway, probe, defined}},
		{"some-crds", "all custom resources of them.", nil},
		{"crd", "not known: of 2 custom resources here no file has the definition.", append(own, probe)},
		{"crds", "not known: of 2 custom resources here no file has the definition.", append(own, probe)},
		{"x-crds", "not known: of 2 custom resources here no file has the definition.", append(own, probe)},
		{"networking-k8s-crds", "definition: Gateway a/g of flux-system/web.", append(own, gateway, probe)},
		{"external-secrets-crds", "definition: ExternalSecret a/e of flux-system/web.", []plan.Object{secret, vault}},
		{"web", "", []plan.Object{gateway, probe}},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": {releaseOf("a", c.name, "a/x")}, "flux-system/web": c.stays}
		head.Objects = map[string][]plan.Object{"flux-system/data": {}, "flux-system/web": c.stays}
		effect := compare(t, base, head).Changes[0].Effect
		if strings.Contains(effect, "chart of definitions") != (c.want != "") || !strings.Contains(effect, c.want) {
			t.Errorf("%s: %s", c.name, effect)
		}
	}
}
