package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// charted is a HelmRelease of a chart, which awaits something.
func charted(name, chart, awaits string) plan.Object {
	return plan.Object{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "flux-system", Name: name, Chart: chart, Awaits: awaits, Digest: chart + awaits}
}

// TestWants holds what is said of a HelmRelease that names for the first time what is nowhere:
// what waits for it is never ready, and of others it is added to what is said.
func TestWants(t *testing.T) {
	const never = "It waits for HelmRelease flux-system/web, which does not get ready without "
	charts := sourceOf("HelmRepository", "charts")
	there := charted("db", "HelmRepository flux-system/charts", "")
	remote := []dag.Boundary{{Kind: "remote", Node: "flux-system/old", What: "x"}}
	var waits, checks kustomizev1.KustomizationSpec
	waits.Wait = true
	checks.HealthChecks = []meta.NamespacedObjectKindReference{{APIVersion: "helm.toolkit.fluxcd.io/v2", Kind: "HelmRelease", Namespace: "flux-system", Name: "web"}}
	away := waits
	away.KubeConfig = &meta.KubeConfigReference{SecretRef: &meta.SecretKeyReference{Name: "there"}}
	for _, c := range []struct {
		name     string
		old      []plan.Object // of a node of both sides
		was, web plan.Object   // of a node of head, and what it was in the base
		spec     kustomizev1.KustomizationSpec
		beyond   []dag.Boundary
		stuck    bool
		said     string // of that node; nothing is said of it where this is empty
	}{
		{name: "a source", web: charted("web", "HelmRepository flux-system/chrts", ""), spec: waits, stuck: true,
			said: never + "HelmRepository flux-system/chrts, and that is nowhere: unless somebody makes it by hand, this node is never ready, and what depends on it waits."},
		{name: "by a health check", web: charted("web", "OCIRepository flux-system/chrts", ""), spec: checks, stuck: true, said: never + "OCIRepository flux-system/chrts"},
		{name: "of nearly that name", old: []plan.Object{charts}, web: charted("web", "HelmRepository flux-system/chrts", ""), spec: waits, stuck: true, said: "Did you mean HelmRepository flux-system/charts?"},
		{name: "in another namespace", old: []plan.Object{charts}, web: charted("web", "HelmRepository apps/charts", ""), spec: waits, stuck: true, said: "There is one in namespace flux-system."},
		{name: "a release that is upgraded", old: []plan.Object{charts}, was: charted("web", "HelmRepository flux-system/charts", ""), web: charted("web", "HelmRepository flux-system/other", ""), spec: waits, stuck: true, said: "this node is ready no longer"},
		{name: "another release", old: []plan.Object{charts, there}, web: charted("web", "HelmRepository flux-system/charts", "HelmRelease/flux-system/dv"), spec: waits, stuck: true, said: never + "HelmRelease flux-system/dv"},
		{name: "where nothing waits", web: charted("web", "HelmRepository flux-system/chrts", ""),
			said: " HelmRelease flux-system/web names HelmRepository flux-system/chrts, which is not found here: unless somebody makes that by hand, the release is not installed."},
		{name: "upgraded where nothing waits", old: []plan.Object{charts}, was: charted("web", "HelmRepository flux-system/charts", ""), web: charted("web", "HelmRepository flux-system/other", ""), said: "the release is not upgraded any more."},
		{name: "beyond a boundary", web: charted("web", "HelmRepository flux-system/chrts", ""), spec: waits, beyond: remote},
		{name: "beyond a boundary, of nearly that name", old: []plan.Object{charts}, web: charted("web", "HelmRepository flux-system/chrts", ""), spec: waits, beyond: remote,
			said: "which is not found here, and may come from remote x: if it does not exist, the release is not installed. Did you mean HelmRepository flux-system/charts?"},
		{name: "a source that the base uses", old: []plan.Object{there}, web: charted("web", "HelmRepository flux-system/charts", ""), spec: waits},
		{name: "where the base has others from elsewhere", old: []plan.Object{there}, web: charted("web", "HelmRepository flux-system/grafana", ""), spec: waits,
			said: " HelmRelease flux-system/web names HelmRepository flux-system/grafana, which is not found here: unless somebody makes that by hand, the release is not installed."},
		{name: "a source that comes with it", old: []plan.Object{charts}, web: charted("web", "HelmRepository flux-system/charts", "HelmRelease/flux-system/web"), spec: waits},
		{name: "a chart that a controller makes", web: charted("web", "HelmChart flux-system/web", ""), spec: waits},
		{name: "values that are made by hand", old: []plan.Object{charts}, web: charted("web", "HelmRepository flux-system/charts", "Secret/flux-system/values"), spec: waits},
		{name: "values of nearly the name of those that something makes", old: []plan.Object{charts, {Group: "bitnami.com", Kind: "SealedSecret", Namespace: "flux-system", Name: "web-values"}},
			web: charted("web", "HelmRepository flux-system/charts", "Secret/flux-system/web-valus"), spec: waits, stuck: true, said: "Did you mean Secret flux-system/web-values?"},
		{name: "in another cluster", web: charted("web", "HelmRepository flux-system/chrts", ""), spec: away},
		{name: "suspended", web: func() plan.Object {
			o := charted("web", "HelmRepository flux-system/chrts", "")
			o.Suspended = true
			return o
		}(), spec: waits},
		{name: "what something may generate", old: []plan.Object{{Group: "fluxcd.controlplane.io", Kind: "ResourceSet", Namespace: "flux-system", Name: "x"}}, web: charted("web", "HelmRepository flux-system/chrts", ""), spec: waits},
	} {
		nodes, before := map[string]node{"old": {objects: c.old}, "web": {c.spec, []plan.Object{c.web}}}, map[string]node{"old": {objects: c.old}}
		if c.was != (plan.Object{}) {
			before["web"] = node{c.spec, []plan.Object{c.was}}
		}
		out := compare(t, clusterOf(before, c.beyond...), clusterOf(nodes, c.beyond...))
		said := ""
		for _, ch := range out.Changes {
			if ch.Node == "flux-system/web" {
				said += ch.Effect + "\n"
			}
		}
		if got := slices.Contains(out.Stuck, "flux-system/web"); got != c.stuck {
			t.Errorf("%s: stuck %t: %s", c.name, got, said)
		}
		if !strings.Contains(said, c.said) || c.said == "" && strings.Contains(said, "release is not") {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}

// TestWantsBounded holds that of many releases of a node not all are told.
func TestWantsBounded(t *testing.T) {
	var all []plan.Object
	for i := range 5 {
		all = append(all, charted(fmt.Sprint("r", i), "HelmRepository flux-system/chrts", ""))
	}
	base, head := clusterOf(map[string]node{"old": {}}), clusterOf(map[string]node{"old": {}, "web": {objects: all}})
	effect := compare(t, base, head).Changes[0].Effect
	if strings.Count(effect, "not found here") != 3 || !strings.Contains(effect, "So it is 2 times more.") {
		t.Error(effect)
	}
}
