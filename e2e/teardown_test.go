package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// TestTeardown shows what the waits of plan --destroy can rely on. A ConfigMap with a
// finalizer stands for a custom resource whose operator has not seen to it yet.
func TestTeardown(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, namespace, more string) *fleet.Fleet {
		t.Helper()
		f := suite.New(t, namespace)
		held := strings.Replace(fleet.ConfigMap(namespace, "held", "1"), "metadata: {", "metadata: {finalizers: [example.com/operator], ", 1)
		f.Push(map[string]string{
			root + "/flux-system/gotk-sync.yaml": sync(namespace, root),
			root + "/node.yaml":                  kustomization(namespace, "node", more),
			"apps/held.yaml":                     held,
		})
		f.Bootstrap(sync(namespace, root))
		f.Ready("node")
		t.Cleanup(func() { release(f, "ConfigMap") })
		f.Push(map[string]string{root + "/node.yaml": ""})
		f.Until("held is being deleted", func() (bool, string) {
			held := f.Object("ConfigMap", "held")
			return held != nil && held.GetDeletionTimestamp() != nil, ""
		})
		return f
	}
	t.Run("MirrorPrune", func(t *testing.T) {
		t.Parallel()
		f := start(t, "teardown-mirror", "")
		f.Absent("Kustomization", "node")
		f.Exists("ConfigMap", "held")
		table.Add(proof.Row{Claim: "A deleted Kustomization without deletionPolicy: WaitForTermination is gone before its objects are", Observed: "the Kustomization is gone, the ConfigMap waits for its finalizer"})
	})
	t.Run("WaitForTermination", func(t *testing.T) {
		t.Parallel()
		f := start(t, "teardown-wait", "  deletionPolicy: WaitForTermination\n  timeout: 5m\n")
		time.Sleep(5 * time.Second)
		f.Exists("Kustomization", "node")
		release(f, "ConfigMap")
		f.Absent("Kustomization", "node")
		table.Add(proof.Row{Claim: "A deleted Kustomization with deletionPolicy: WaitForTermination is there until its objects are gone", Observed: "the Kustomization is gone when the finalizer is"})
	})
	t.Run("timeout", func(t *testing.T) {
		t.Parallel()
		f := start(t, "teardown-timeout", "  deletionPolicy: WaitForTermination\n  timeout: 5s\n")
		f.Absent("Kustomization", "node")
		f.Exists("ConfigMap", "held")
		table.Add(proof.Row{Claim: "A deleted Kustomization with deletionPolicy: WaitForTermination waits no longer than spec.timeout", Observed: "the Kustomization is gone, the ConfigMap waits for its finalizer"})
	})
}

// release takes the finalizer off the object "held" of a kind, as the operator would.
func release(f *fleet.Fleet, kind string) {
	if held := f.Object(kind, "held"); held != nil {
		_ = f.Client.Patch(f.Plane.Context(), held, client.RawPatch("application/merge-patch+json", []byte(`{"metadata":{"finalizers":null}}`)))
	}
}
