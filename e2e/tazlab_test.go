package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	tazlabk8s "github.com/tazlab/fluxdag/clusters/tazlab-k8s"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"github.com/tazlab/fluxdag/gen"
)

// TestTazLab brings the first user's cluster up: the twelve files as they are
// generated, one ConfigMap a node.
func TestTazLab(t *testing.T) {
	t.Parallel()
	graph := dag.Resolve(tazlabk8s.Cluster)
	f := suite.New(t, "flux-system")
	f.Create(
		&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "cluster-vars", Namespace: "flux-system"}, Data: map[string]string{"domain": "tazlab.example"}},
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "grafana-bootstrap-secret", Namespace: "flux-system"}},
	)
	f.Manifests(fleet.Deployment("kube-system", "coredns"), fleet.DaemonSet("kube-system", "kube-flannel"))
	f.Healthy("DaemonSet", "kube-system", "kube-flannel")

	record := f.Record()
	files := tree(t, graph, "flux-system", clusterDir)
	committed(t, files)
	f.Push(files)
	f.Bootstrap(sync("flux-system", clusterDir))

	gate := graph.Lookup("flux-system/infrastructure-operators-namespaces")
	behind := append(names(graph.Descendants(gate)), gate.Object().Name)
	ahead := without(names(slices.Collect(graph.Vertices())), behind)
	f.Ready(ahead...)
	f.StaysBehind(10*time.Second, behind...)
	for _, name := range behind {
		if name != gate.Object().Name && record.Applied(name) {
			t.Errorf("%s was applied though coredns is not healthy", name)
		}
	}
	table.Add(proof.Row{Claim: "TazLab: with coredns unhealthy, exactly the dependents of infrastructure-operators-namespaces stay behind",
		Observed: fmt.Sprintf("ready: %s; the other %d: not applied", strings.Join(ahead, ", "), len(behind)-1)})

	f.Healthy("Deployment", "kube-system", "coredns")
	f.Ready(names(slices.Collect(graph.Vertices()))...)
	edges := inOrder(t, f, record, graph)
	table.Add(proof.Row{Claim: "TazLab: the twelve files as generated get ready, and nothing is applied before what it depends on is ready",
		Observed: fmt.Sprintf("%d Kustomizations ready; %d dependencies, each ready before the dependent's first object", graph.Len(), edges)})

	handEdit(t, f)
}

const clusterDir = "clusters/tazlab-k8s"

// inOrder holds that every dependency was ready before its dependent applied anything,
// and returns how many there are.
func inOrder(t *testing.T, f *fleet.Fleet, record *fleet.Record, graph *dag.Graph) int {
	t.Helper()
	for v := range graph.Vertices() {
		record.Seen(f, v.Object().Name)
	}
	edges := 0
	for v := range graph.Vertices() {
		for _, d := range graph.Dependencies(v) {
			edges++
			if !record.Before(d.Object().Name, v.Object().Name) {
				t.Errorf("%s was applied before %s was ready", v.Object().Name, d.Object().Name)
			}
		}
	}
	return edges
}

// handEdit edits a file in the repository that the cluster follows: Flux applies it,
// and check sees it.
func handEdit(t *testing.T, f *fleet.Fleet) {
	t.Helper()
	const file = clusterDir + "/apps-data.yaml"
	content, err := os.ReadFile(filepath.Join(f.Tree(), file))
	if err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command(manifests, "check", "-C", f.Tree()).CombinedOutput(); err != nil {
		t.Fatalf("check of the tree as it is generated: %v\n%s", err, output)
	}
	f.Push(map[string]string{file: strings.Replace(string(content), "interval: 15m", "interval: 5m", 1)})
	f.Until("Flux applies the edit", func() (bool, string) {
		return f.Kustomization("apps-data").Spec.Interval.Duration == 5*time.Minute, ""
	})
	output, err := exec.Command(manifests, "check", "-C", f.Tree()).CombinedOutput()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(output), file) || !strings.Contains(string(output), "(FD302)") {
		t.Errorf("check of the edited tree: %v\n%s", err, output)
	}
	table.Add(proof.Row{Code: "FD302", Claim: "A hand edit in the cluster's copy of a generated file is applied by Flux, and seen by check",
		Observed: "spec.interval in the cluster: 5m; check: exit 1, " + file + " changed"})
}

// tree is the repository of a graph: the generated files, what bootstrap writes, and a
// ConfigMap of the node's name for each.
func tree(t *testing.T, graph *dag.Graph, namespace, dir string) map[string]string {
	t.Helper()
	written, err := gen.YAML(graph)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{dir + "/flux-system/gotk-sync.yaml": sync(namespace, dir)}
	for _, file := range written {
		files[file.Path] = string(file.Data)
	}
	for v := range graph.Vertices() {
		name := v.Object().Name
		files[strings.TrimPrefix(v.Object().Spec.Path, "./")+"/configmap.yaml"] = fleet.ConfigMap(namespace, name, "1")
	}
	return files
}

// committed puts the files that are committed in place of those that were just made:
// the command line writes the declaration's place into the first line.
func committed(t *testing.T, files map[string]string) {
	t.Helper()
	all, err := filepath.Glob("../" + clusterDir + "/*.yaml")
	if err != nil || len(all) != 12 {
		t.Fatalf("there are %d files, not 12 (%v)", len(all), err)
	}
	for _, document := range tazlabk8s.Cluster.Documents { // Flux passes over them
		all = append(all, "../"+clusterDir+"/"+document)
	}
	for _, file := range all {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		files[clusterDir+"/"+filepath.Base(file)] = string(data)
	}
}

func names(vertices []*dag.Vertex) []string {
	var all []string
	for _, v := range vertices {
		all = append(all, v.Object().Name)
	}
	slices.Sort(all)
	return all
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}
