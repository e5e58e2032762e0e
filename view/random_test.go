package view_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/view"
	"pgregory.net/rapid"
)

// nasty are names that would break a terminal, a table or a quotation.
var nasty = []string{
	`"quoted"`, "<b>&amp;", "</script>", `back\slash`, "two  words", "tab\there", "line\nend", "\r", "bell\x07", "\x1b[31mred", "\x7f",
	"\u009b31m", "\u202egnp.exe", "שלום", "\u2066isolate", "\u200bzero", "\ufeffmark", "\ufffd", "\xff\xfe", "日本語", "e\u0301", "👩‍👩‍👧", "\u2028", "",
	"extraordinarily-long-" + strings.Repeat("name-", 30),
}

// anyName draws names that are mostly good.
func anyName(t *rapid.T, label string) string {
	switch rapid.IntRange(0, 9).Draw(t, label) {
	case 0:
		return rapid.SampledFrom(nasty).Draw(t, label)
	case 1:
		return rapid.String().Draw(t, label)
	}
	return goodName(t, label)
}

func goodName(t *rapid.T, label string) string {
	return rapid.StringMatching(`[a-z]([-a-z]{0,40}[a-z])?`).Draw(t, label)
}

// randomCluster draws a cluster with cycles, and with such names.
func randomCluster(t *rapid.T, randomName func(*rapid.T, string) string) view.Cluster {
	names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return randomName(t, "name") }), 1, 12, rapid.ID).Draw(t, "names")
	namespaces := []string{"", "", randomName(t, "namespace")}
	var refs []dag.Ref
	for i, name := range names {
		refs = append(refs, randomNode(t, i, name, namespaces, names, refs))
	}
	c := view.Cluster{Name: randomName(t, "cluster"), Root: "clusters/c", SyncRoot: "flux-system/flux-system", AppliedBy: map[string]string{}}
	cluster := dag.Cluster{Name: c.Name, Nodes: refs}
	if rapid.Bool().Draw(t, "levels") {
		at := rapid.IntRange(0, len(refs)).Draw(t, "split")
		cluster.Levels = []dag.Level{{Name: randomName(t, "level"), Nodes: refs[:at]}, {}, {Name: randomName(t, "level"), Nodes: refs[at:]}}
		cluster.Nodes = nil
	}
	for range rapid.IntRange(0, 3).Draw(t, "boundaries") {
		b := dag.Boundary{Kind: rapid.SampledFrom([]string{"source", "remote", nasty[1], nasty[2], nasty[9]}).Draw(t, "kind"), What: randomName(t, "what")}
		if rapid.Bool().Draw(t, "in a node") {
			b.Node, b.Position = "flux-system/"+names[0], dag.Position{File: randomName(t, "file"), Line: rapid.IntRange(0, 2).Draw(t, "line")}
		}
		cluster.Boundaries = append(cluster.Boundaries, b)
	}
	c.Graph = dag.Resolve(cluster)
	for v := range c.Graph.Vertices() {
		if rapid.Bool().Draw(t, "applied") {
			c.AppliedBy[v.Key()] = rapid.SampledFrom([]string{"flux-system/flux-system", "flux-system/" + names[0]}).Draw(t, "applied by")
		}
	}
	return c
}

func randomNode(t *rapid.T, i int, name string, namespaces, names []string, earlier []dag.Ref) dag.Ref {
	n := dag.Node{
		Name: name, Namespace: rapid.SampledFrom(namespaces).Draw(t, "in"),
		Description: rapid.SampledFrom([]string{"", "words", nasty[3]}).Draw(t, "description"),
		Interval:    time.Duration(rapid.Int64Range(-1, 1e13).Draw(t, "interval")),
		Timeout:     rapid.SampledFrom([]time.Duration{0, time.Minute, time.Hour}).Draw(t, "timeout"),
		Ready: rapid.SampledFrom([]dag.Readiness{nil, dag.WaitAll(), dag.HealthChecks(),
			dag.HealthChecks(dag.HealthCheck{Kind: "Deployment", Name: "web", Namespace: "apps"})}).Draw(t, "ready"),
		Extra: kustomizev1.KustomizationSpec{Suspend: rapid.Bool().Draw(t, "suspend")},
	}
	for range rapid.IntRange(0, 4).Draw(t, "edges") {
		ref := dag.External(rapid.SampledFrom(append(slices.Clone(names), "other/outside")).Draw(t, "external"))
		if len(earlier) > 0 && rapid.Bool().Draw(t, "by Ref") {
			ref = rapid.SampledFrom(earlier).Draw(t, "ref")
		}
		if rapid.Bool().Draw(t, "expression") {
			ref = ref.When(fmt.Sprintf("self.spec.n < %d", rapid.IntRange(0, 1).Draw(t, "n")))
		}
		n.DependsOn = append(n.DependsOn, ref)
	}
	return dag.Declare(n).At(dag.Position{File: "dag.go", Line: i + 1})
}
