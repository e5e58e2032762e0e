package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
	"pgregory.net/rapid"
)

// TestDestroyFlux holds that what Flux runs by stays where all is taken down, with what
// applies it; and goes last, with a warning, where it is named.
func TestDestroyFlux(t *testing.T) {
	after := func(name string) dag.Node { return dag.Node{DependsOn: []dag.Ref{dag.External(name)}} }
	side := func() plan.Side {
		s := applied(map[string]dag.Node{"flux-system": {}, "apps": {}, "instance": after("operator"), "operator": after("crds"), "crds": {}, "web": {}, "namespaces": {}},
			map[string][]string{"apps": {"flux-system"}, "crds": {"flux-system"}, "namespaces": {"flux-system"}, "instance": {"apps"}, "operator": {"apps"}, "web": {"apps"}})
		s.Objects["flux-system/instance"] = []plan.Object{{Group: "fluxcd.controlplane.io", Kind: "FluxInstance", Namespace: "flux-system", Name: "flux", Flux: true}}
		s.Objects["flux-system/operator"] = []plan.Object{{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "flux-system", Name: "flux-operator", Flux: true}}
		s.Objects["flux-system/namespaces"] = []plan.Object{{Kind: "Namespace", Name: "flux-system"}}
		return s
	}
	const goes = "Flux itself goes with flux-system/instance (FluxInstance flux-system/flux)"
	for _, c := range []struct {
		name, nodes string
		want        []string
		note        string
	}{
		{"all", "", []string{"web"}, "these stay, for they carry the teardown out: flux-system/flux-system, flux-system/instance (FluxInstance flux-system/flux), flux-system/operator (HelmRelease flux-system/flux-operator), and what these need: flux-system/apps, flux-system/crds, flux-system/namespaces;"},
		{"it alone", "instance", []string{"instance"}, goes + ": flux-system/flux-system deletes itself and everything that it applied"},
		{"and others", "web instance", []string{"web", "instance"}, goes},
		{"the operator", "operator", []string{"instance", "operator"}, goes},
		{"what applies it", "apps", []string{"web", "instance", "operator", "apps"}, goes},
		{"another", "web", []string{"web"}, ""},
	} {
		var keys []string
		for _, name := range strings.Fields(c.nodes) {
			keys = append(keys, "flux-system/"+name)
		}
		out := plan.Destroy(side(), keys)
		if diff := cmp.Diff(c.want, staged(out)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "Flux itself") {
			t.Errorf("%s: %q is not among the notes: %s", c.name, c.note, notes)
		}
	}
}

// TestDestroyKeepsFlux holds that a teardown of all takes down neither what Flux runs by, nor
// what applies that: it would go with it.
func TestDestroyKeepsFlux(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomTeardown(t, rapid.Bool().Draw(t, "cyclic"))
		goes := map[string]bool{}
		for _, stage := range plan.Destroy(s, nil).Stages {
			for _, r := range stage.Nodes {
				goes[r.Node] = true
			}
		}
		for v := range s.Graph.Vertices() {
			for _, key := range append(below(s, v.Key()), v.Key()) {
				if goes[v.Key()] && carries(s, key) {
					t.Fatalf("%s goes, and with it %s, by which Flux runs", v.Key(), key)
				}
			}
		}
	})
}

// TestDestroyBasics holds that what runs in kube-system is named.
func TestDestroyBasics(t *testing.T) {
	s := applied(map[string]dag.Node{"cilium": {}, "config": {}, "web": {}}, nil)
	s.Objects["flux-system/cilium"] = []plan.Object{{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "flux-system", Name: "cilium", Installs: "kube-system"}}
	s.Objects["flux-system/config"] = []plan.Object{{Kind: "ConfigMap", Namespace: "kube-system", Name: "config"}}
	s.Objects["flux-system/web"] = []plan.Object{{Group: "apps", Kind: "Deployment", Namespace: "web", Name: "web"}}
	if notes := plan.Destroy(s, nil).Notes; !slices.ContainsFunc(notes, func(note string) bool {
		return strings.HasSuffix(note, "what runs in kube-system, of flux-system/cilium")
	}) {
		t.Errorf("%q", notes)
	}
	var last []string
	for _, r := range plan.Destroy(s, nil).Stages[1].Nodes {
		last = append(last, r.Node)
	}
	if !slices.Equal(last, []string{"flux-system/cilium"}) {
		t.Errorf("last goes %q", last)
	}
}
