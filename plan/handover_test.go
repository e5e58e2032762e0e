package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWaitForAll(t *testing.T) {
	all := []moved{
		{Object{Kind: "Namespace", Name: "n"}, "flux-system/b"},
		{Object{Kind: "ConfigMap", Namespace: "n", Name: "a"}, "flux-system/b"},
		{Object{Kind: "ConfigMap", Namespace: "n", Name: "b"}, "flux-system/b"},
		{Object{Kind: "ConfigMap", Namespace: "m", Name: "a"}, "flux-system/b"},
		{Object{Group: "apps", Kind: "Deployment", Namespace: "n", Name: "c"}, "flux-system/b"},
		{Object{Group: "apps", Kind: "Deployment", Namespace: "n", Name: "d"}, "flux-system/c"},
	}
	want := "kubectl wait namespace/n --for=b --timeout=15m" +
		" && kubectl wait configmap/a configmap/b deployment.apps/c -n n --for=b --timeout=15m" +
		" && kubectl wait configmap/a -n m --for=b --timeout=15m" +
		" && kubectl wait deployment.apps/d -n n --for=c --timeout=15m"
	if diff := cmp.Diff(want, access{}.waitForAll(all, func(m moved) string { _, name := splitKey(m.to); return name })); diff != "" {
		t.Error(diff)
	}
}
