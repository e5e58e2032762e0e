package plan_test

import (
	"slices"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestNameByVariable holds that an object is not said to be deleted that may be there under a name by a
// variable of which only the cluster knows the value.
func TestNameByVariable(t *testing.T) {
	workload := func(name string) []plan.Object {
		return []plan.Object{{Group: "apps", Kind: "Deployment", Namespace: "web", Name: name, Digest: name}}
	}
	for was, kind := range map[string]plan.Kind{"web-prod": plan.Unknown, "api": plan.Prune} {
		base := clusterOf(map[string]node{"web": {objects: workload(was)}})
		head := clusterOf(map[string]node{"web": {spec: taking("Secret", "vars"), objects: workload("web-${env}")}})
		base.Values, head.Values = map[string]string{"flux-system/web": ""}, map[string]string{"flux-system/web": "Secret vars"}
		kinds := kindsOf(compare(t, base, head), "flux-system/web")
		if !slices.Contains(kinds, kind) || kind == plan.Unknown && slices.Contains(kinds, plan.Prune) {
			t.Errorf("%s: %v", was, kinds)
		}
	}
}
