package e2e

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// ownPlane starts a control plane for one test, with Flux's own number of workers: what
// is shown on it would disturb all others.
func ownPlane(t *testing.T) *fleet.Suite {
	t.Helper()
	suite.Interrupted()
	s, err := fleet.Start(interrupted, 4, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(false) })
	return s
}

// TestWorkers shows what health checks that never pass do to all other Kustomizations.
func TestWorkers(t *testing.T) {
	t.Parallel()
	const namespace = "workers"
	files := map[string]string{root + "/flux-system/gotk-sync.yaml": sync(namespace, root), "apps/configmap.yaml": fleet.ConfigMap(namespace, "data", "1")}
	var stuck []string
	for i := range 4 {
		// Longer than the interval: the worker is held beyond the next reconciliation.
		stuck = append(stuck, strings.Replace(kustomization(namespace, fmt.Sprintf("stuck-%d", i), "  timeout: 1m\n  healthChecks:\n    - apiVersion: v1\n      kind: ConfigMap\n      name: nosuch\n      namespace: "+namespace+"\n"), "interval: 10m", "interval: 50s", 1))
	}
	dir := t.TempDir()
	writeTree(t, dir, files)
	writeTree(t, dir, map[string]string{root + "/stuck.yaml": strings.Join(stuck, "---\n")})
	if found := lint(t, dir); !slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Code == "FD203" && d.Node == namespace+"/stuck-0" }) {
		t.Errorf("fluxdag does not find FD203, but: %v", found)
	}
	f := ownPlane(t).New(t, namespace)
	f.Push(files)
	f.Bootstrap(sync(namespace, root))
	f.Ready("flux-system")
	f.Manifests(stuck...)
	for i := range stuck {
		f.Says(fmt.Sprintf("stuck-%d", i), pattern("Reconciliation in progress"))
	}
	f.Manifests(kustomization(namespace, "healthy", ""))
	f.Until("a health check fails", func() (bool, string) {
		if f.IsReady(f.Kustomization("healthy")) {
			t.Fatal("healthy is ready, and should have no worker")
		}
		failed := false
		for _, k := range f.Kustomizations() {
			failed = failed || strings.Contains(fleet.State(&k), "health check failed")
		}
		return failed, ""
	})
	f.Ready("healthy")
	table.Add(proof.Row{Code: "FD203", Claim: "Four health checks that never pass hold the four workers until their timeout, and stop every other Kustomization", Observed: "a fifth Kustomization, with nothing to wait for: not reconciled until the first of four says \"health check failed\", then ready"})
}

// TestUndecodable shows what a duration that the CRD admits and Go cannot hold does to all
// other Kustomizations.
func TestUndecodable(t *testing.T) {
	t.Parallel()
	const namespace = "undecodable"
	bad := kustomization(namespace, "bad", "  timeout: 99999999999h\n")
	dir := t.TempDir()
	writeTree(t, dir, map[string]string{root + "/flux-system/gotk-sync.yaml": sync(namespace, root), root + "/bad.yaml": bad, "apps/configmap.yaml": fleet.ConfigMap(namespace, "data", "1")})
	if found := lint(t, dir); !slices.ContainsFunc(found, func(d dag.Diagnostic) bool { return d.Code == "FD222" && d.Severity == dag.Error }) {
		t.Errorf("fluxdag does not find FD222, but: %v", found)
	}
	f := ownPlane(t).New(t, namespace)
	f.Push(map[string]string{root + "/flux-system/gotk-sync.yaml": sync(namespace, root), "apps/configmap.yaml": fleet.ConfigMap(namespace, "data", "1")})
	f.Bootstrap(sync(namespace, root))
	f.Ready("flux-system")
	f.Manifests(bad)
	const quote = "failed to list *v1.Kustomization: time: invalid duration"
	c := claim{t: t, code: "FD222", rule: ruleOf(t, "FD222")}
	c.quoted(quote)
	f.Logs(quote)
	f.Manifests(kustomization(namespace, "healthy", ""))
	f.NotReady(10*time.Second, "healthy")
	f.Delete(f.Object("Kustomization", "bad")) // what has a type cannot hold it
	f.Ready("healthy")
	table.Add(proof.Row{Code: "FD222", Claim: "A duration that is too long for Go is admitted, and stops the controller for the whole cluster", Observed: "log: " + quote + "; another Kustomization, with no fault: not reconciled until the bad one is deleted"})
}
