package view

import (
	"strings"
	"testing"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"pgregory.net/rapid"
)

// TestLabelLines holds where a name is broken.
func TestLabelLines(t *testing.T) {
	for name, want := range map[string][]string{
		"apps":                                {"apps"},
		"infrastructure-configs":              {"infrastructure-", "configs"},
		"infrastructure-operators-namespaces": {"infrastructure-", "operators-namespaces"},
		"kopiur-system/kopiur":                {"kopiur-system/", "kopiur"},
		"./kubernetes/apps/media":             {"./kubernetes/apps/", "media"},
		"actions-runner-system/actions-runner-controller-runners": {"actions-runner-system/", "actions-runner-", "controller-runners"},
		"onepassword-sdk-helm-release-and-the-operations-of-it":   {"onepassword-sdk-", "helm-release-", "and-the-operations-of-it"},
		"withnothingatallbetweenitswords":                         {"withnothingatallb…itswords"},
	} {
		if diff := cmp.Diff(want, labelLines(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestLabelLinesFit holds that no line is wider than a box may be, and that nothing is left
// out without a sign.
func TestLabelLinesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[-a-z./_é日]{1,60}`).Draw(t, "name")
		lines := labelLines(name)
		if whole := strings.Join(lines, ""); len(lines) > 3 || whole != name && !strings.Contains(whole, "…") {
			t.Fatalf("%q is on the lines %q", name, lines)
		}
		for _, line := range lines {
			if line == "" || pixels(line, codeWidth) > mostText {
				t.Fatalf("%q is on the lines %q", name, lines)
			}
		}
	})
}

// TestDetailLines holds what a box says below its name.
func TestDetailLines(t *testing.T) {
	suspended := kustomizev1.KustomizationSpec{Suspend: true}
	for _, c := range []struct {
		node dag.Node
		want []string
	}{
		{dag.Node{Path: "./apps"}, []string{"./apps"}},
		{dag.Node{Path: "./kubernetes/apps/media/plex/app"}, []string{"…/plex/app"}},
		{dag.Node{Path: "./kubernetes/apps/home-operations-of-the-house/onepassword-sdk"}, []string{"…/onepassword-sdk"}},
		{dag.Node{Path: "./apps/" + strings.Repeat("very-long-", 5) + "name"}, []string{"…/very-long-very-l…-long-name"}},
		{dag.Node{Path: "./apps/node"}, nil},
		{dag.Node{Path: "apps/prod/node/"}, nil},
		{dag.Node{Path: "node", Extra: suspended}, []string{"suspended"}},
		{dag.Node{Path: "./node-x"}, []string{"./node-x"}},
		{dag.Node{Path: "./"}, []string{"./"}},
		{dag.Node{Path: "../../.."}, []string{"…/../.."}},
		{dag.Node{Path: "./apps", Extra: suspended}, []string{"./apps", "suspended"}},
		{dag.Node{Path: "./apps", Description: " \n "}, []string{"./apps"}},
		{dag.Node{Path: "./apps", Description: "the Prometheus\nand Grafana stack"}, []string{"the Prometheus and", "Grafana stack"}},
		{dag.Node{Path: "./apps", Description: "IngressClass, ClusterIssuer, IngressRoute"}, []string{"IngressClass,", "ClusterIssuer,", "IngressRoute"}},
		{dag.Node{Path: "./apps", Description: "namespaces", Extra: suspended}, []string{"suspended;", "namespaces"}},
	} {
		c.node.Name = "node"
		g := dag.Resolve(dag.Cluster{Name: "c", Nodes: []dag.Ref{dag.Declare(c.node)}})
		for v := range g.Vertices() {
			if diff := cmp.Diff(c.want, (box{vertex: v}).detailLines(leastText)); diff != "" {
				t.Errorf("%+v: %s", c.node, diff)
			}
		}
	}
}
