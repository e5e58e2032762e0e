package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
)

const object = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: %\n  namespace: flux-system\n"

func named(name string) string { return strings.ReplaceAll(object, "%", name) }

// positions returns where a graph of nothing but a node that depends on the refs
// sees them.
func positions(refs []dag.Ref) []string {
	var places []string
	for _, ref := range refs {
		dup := dag.Declare(dag.Node{Name: "x", Path: "./x", DependsOn: []dag.Ref{ref}})
		g := dag.Resolve(dag.Cluster{Name: "c", Defaults: defaults, Nodes: []dag.Ref{dup}})
		dep := g.Vertex("flux-system", "x").Object().Spec.DependsOn[0]
		places = append(places, ref.Position().String()+" "+dep.String())
	}
	return places
}

func TestNeighbours(t *testing.T) {
	root := newFolder(t, map[string]string{
		"ours.yaml":   ours + named("ours"),
		"stream.yaml": "# a comment\n---\n" + named("first") + "--- # second\nkind: ConfigMap\n---\n" + named("third"),
		"json.yaml":   `{"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization"}`,
		"crlf.yaml":   strings.ReplaceAll(named("crlf"), "\n", "\r\n"),
		"quoted.yaml": "\"apiVersion\": 'kustomize.toolkit.fluxcd.io/v1'\n'kind': \"Kustomization\"\nmetadata: {name: quoted, namespace: apps}\n",
		"broken.yaml": named("broken") + "\t: [\n",
		"open.yaml":   "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: nowhere\n",
		"var.yaml":    named("${APP}-db"),
		"where.yaml":  strings.Replace(named("where"), "namespace: ", "namespace: ${NS}", 1),
		"kustom.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: a, namespace: b}\n",
		"notes.txt":   named("notes"),
	})
	defer cleanup(t, root)
	dir := filepath.Join(root, "clusters", "c", "flux-system")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gotk-sync.yaml"), []byte("---\n"+named("flux-system")), 0o644); err != nil {
		t.Fatal(err)
	}
	folder := open(t, root)
	defer folder.Close()
	want := []string{
		"clusters/c/crlf.yaml:4:3 crlf",
		"clusters/c/flux-system/gotk-sync.yaml:5:3 flux-system",
		"clusters/c/quoted.yaml:3:12 apps/quoted",
		"clusters/c/stream.yaml:6:3 first",
		"clusters/c/stream.yaml:14:3 third",
	}
	if diff := cmp.Diff(want, positions(folder.Neighbours())); diff != "" {
		t.Error(diff)
	}
}
