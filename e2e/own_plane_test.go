package e2e

import (
	"fmt"
	"os"
	"slices"
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
	f := ownPlane(t).New(t, namespace)
	files := map[string]string{root + "/flux-system/gotk-sync.yaml": sync(namespace, root), "apps/configmap.yaml": fleet.ConfigMap(namespace, "data", "1")}
	f.Push(files)
	f.Bootstrap(sync(namespace, root))
	f.Ready("flux-system")
	for i := range 4 {
		f.Manifests(kustomization(namespace, fmt.Sprintf("stuck-%d", i), "  timeout: 1m\n  healthChecks:\n    - apiVersion: v1\n      kind: ConfigMap\n      name: nosuch\n      namespace: "+namespace+"\n"))
	}
	for i := range 4 {
		f.Says(fmt.Sprintf("stuck-%d", i), pattern("Reconciliation in progress"))
	}
	f.Manifests(kustomization(namespace, "healthy", ""))
	f.StaysBehind(20*time.Second, "healthy")
	f.Ready("healthy")
	table.Add(proof.Row{Code: "FD203", Claim: "Four health checks that never pass stop every other Kustomization until their timeout", Observed: "a fifth Kustomization, with nothing to wait for: not reconciled in 20 s, and ready after their timeout of 1m"})
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
	f.LogsAnywhere(quote)
	f.Manifests(kustomization(namespace, "healthy", ""))
	f.StaysBehind(10*time.Second, "healthy")
	f.Delete(f.Object("Kustomization", "bad")) // what has a type cannot hold it
	f.Ready("healthy")
	table.Add(proof.Row{Code: "FD222", Claim: "A duration that is too long for Go is admitted, and stops the controller for the whole cluster", Observed: "log: " + quote + "; another Kustomization, with no fault: not reconciled until the bad one is deleted"})
}
