package gen

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/golden"
)

// TestReadTazLab holds that the first user's files read back to what is declared.
func TestReadTazLab(t *testing.T) {
	c, found := Read(tazlab(t))
	if len(found) > 0 || c.Name != "tazlab-k8s" || c.Dir != "" {
		t.Error(c.Name, c.Dir, found)
	}
	want, got := dag.Resolve(tazlabk8s.Cluster), dag.Resolve(c)
	sameGraph(t, want, got)
	for i, level := range c.Levels {
		if level.Name != tazlabk8s.Cluster.Levels[i].Name {
			t.Errorf("level %d is %s", i, level.Name)
		}
	}
	for _, d := range got.Check() {
		t.Error(d)
	}
}

// vertex is what law 1 is about.
type vertex struct {
	Object            any
	File, Description string
	Level             string
	Allow             map[string]string
	Dependencies      []string
	LongestPath       int
}

func vertices(g *dag.Graph) map[string]vertex {
	all := map[string]vertex{}
	for v := range g.Vertices() {
		one := vertex{Object: v.Object(), File: v.File(), Description: v.Description(), Allow: map[string]string{}, LongestPath: v.Level()}
		_, level := v.DeclaredLevel()
		one.Level = oneLine(level)
		for code, reason := range v.Allow() {
			one.Allow[code] = oneLine(reason)
		}
		for _, dep := range g.Dependencies(v) {
			one.Dependencies = append(one.Dependencies, dep.Key())
		}
		all[v.Key()] = one
	}
	return all
}

type fatal interface {
	Helper()
	Fatalf(string, ...any)
}

// sameGraph fails where the graphs differ in anything that files hold.
func sameGraph(t fatal, want, got *dag.Graph) {
	t.Helper()
	if want.Dir() != got.Dir() {
		t.Fatalf("the folder is %s, not %s", got.Dir(), want.Dir())
	}
	if diff := cmp.Diff(vertices(want), vertices(got), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("(-declared +read):\n%s", diff)
	}
}

// TestReadKinds holds which objects are nodes, and the names of their files.
func TestReadKinds(t *testing.T) {
	item := "- apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\n  kind: Kustomization\n  metadata: {name: listed, namespace: apps}\n"
	c, found := Read([]File{
		{Path: "k/apps/ks.yaml", Data: []byte("---\n" + named("a") + "---\nkind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n---\n" + named("kustomization"))},
		{Path: "k/list.yaml", Data: []byte("apiVersion: v1\nkind: List\nitems:\n" + item + "- &b {apiVersion: v1, kind: List, items: [{kind: Kustomization, apiVersion: kustomize.toolkit.fluxcd.io/v1, metadata: {name: inner}}]}\n- *b\n- x\n")},
		{Path: "k/nested.yaml", Data: []byte("apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nspec:\n  resources:\n  " + strings.ReplaceAll(item, "\n", "\n  ") + "\n")},
		{Path: "k/other.yaml", Data: []byte(strings.ReplaceAll(named("A"), "flux-system", "other"))},
	})
	var got []string
	for v := range dag.Resolve(c).Vertices() {
		got = append(got, v.Key()+" "+v.File()+" "+v.Position().String())
	}
	want := []string{
		"apps/listed listed.yaml k/list.yaml:4:3", "flux-system/a flux-system-a.yaml k/apps/ks.yaml:2:1",
		"flux-system/inner inner.yaml k/list.yaml:7:43", "flux-system/inner inner.yaml k/list.yaml:7:43",
		"flux-system/kustomization flux-system-kustomization.yaml k/apps/ks.yaml:11:1", "other/A other-A.yaml k/other.yaml:1:1",
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || len(found) > 0 || c.Name != "k" || c.Dir != "k" {
		t.Error(c.Name, c.Dir, found, diff)
	}
}

// TestReadSaysWhatIsSaid holds that what the object does not say stays unsaid, and
// that the rules see what Flux would ignore or refuse, each at its field.
func TestReadSaysWhatIsSaid(t *testing.T) {
	c, found := Read([]File{{Path: "a.yaml", Data: []byte(`# Brings the web.
# yaml-language-server: $schema=x

# It needs the database.
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
spec:
  # Why it depends on it.
  dependsOn:
    - name: db
      readyExpr: "true"
    - name: db
  path: ./web
  wait: true
  healthChecks:
    - {apiVersion: apps/v1, kind: Deployment, name: web, namespace: web}
  retryInterval: 0s
  timeout: 10s # fluxdag:allow FD205 it is quick
`)}})
	g := dag.Resolve(c)
	v := g.Vertex("flux-system", "web")
	if len(found) > 0 || v.Description() != "Brings the web.\n\nIt needs the database." {
		t.Error(found, v.Description())
	}
	var got []string
	for _, d := range g.Check() {
		got = append(got, d.Code+" "+d.Position.String())
	}
	want := []string{
		"FD201 a.yaml:9:1", "FD201 a.yaml:9:1", "FD201 a.yaml:9:1", "FD105 a.yaml:12:7", "FD105 a.yaml:14:7", "FD112 a.yaml:14:7",
		"FD207 a.yaml:17:3", "FD202 a.yaml:19:3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestHeader holds how the texts on top of a file look that need to be escaped.
func TestHeader(t *testing.T) {
	_, text := one(t, dag.Node{Name: "header", Path: "./header", Description: "\n Level: no level\n\nfluxdag:allow nothing\n\\ stays\ntrail \n\ttab\x00\n  indented \"text\"\n\n"})
	golden.Check(t, "style/header.yaml", text)
}
