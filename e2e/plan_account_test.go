package e2e

import (
	"fmt"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// TestPlanAccount deletes a Kustomization after the ServiceAccount that it acts as.
func TestPlanAccount(t *testing.T) {
	t.Parallel()
	f := suite.New(t, "plan-account")
	f.Manifests(fmt.Sprintf("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner, namespace: %s}\n", f.Namespace))
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
		root + "/node.yaml":                  applying(f, "node", "./node", with("serviceAccountName: runner")...),
		"node/data.yaml":                     fleet.ConfigMap(f.Namespace, "data", "1"),
	})
	f.Bootstrap(sync(f.Namespace, root))
	f.Ready("flux-system", "node")
	before := identify(t, f, "ConfigMap/data")
	f.Delete(&corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "runner", Namespace: f.Namespace}})
	f.Push(map[string]string{root + "/node.yaml": ""})
	f.Absent("Kustomization", "node")
	before.kept(t, f, "ConfigMap/data")
	table.Add(proof.Row{Claim: "A Kustomization that is deleted after its ServiceAccount goes without deleting what it applied", Observed: "the Kustomization is gone; its ConfigMap has the same UID"})
}
