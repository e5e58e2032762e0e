package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestClaimless holds when it is said that a release may lose a claim by its values.
func TestClaimless(t *testing.T) {
	const said = "A chart may make no claim any more for HelmRelease flux-system/web by values."
	for _, c := range []struct {
		was, is string
		want    string
	}{
		{`{"values.persistence.enabled":"true"}`, `{"values.persistence.enabled":"false"}`, said + "persistence.enabled: Helm deletes one that it made"},
		{`{"values.persistence.enabled":"false"}`, `{"values.persistence.enabled":"true"}`, ""},
		{`{"values.persistence.enabled":"true"}`, `{}`, ""}, // what the chart takes then is not known
		{`{}`, `{"values.db.persistence.existingClaim":"data"}`, said + "db.persistence.existingClaim"},
		{`{"values.existingClaim":"data"}`, `{}`, ""},
		{`{"values.existingClaim":"data"}`, `{"values.existingClaim":"other"}`, ""},
		{`{"replicas":"1"}`, `{"replicas":"2"}`, ""},
		{`{"values.persistence.config.type":"persistentVolumeClaim"}`, `{"values.persistence.config.type":"emptyDir"}`, said + "persistence.config.type"},
		{`{"values.persistence.config.type":"emptyDir"}`, `{"values.persistence.config.type":"nfs"}`, ""},
		{`{"values.persistence.config.accessMode":"ReadWriteOnce","values.persistence.config.size":"1Gi","values.persistence.config.storageClass":"x"}`, `{}`, said + "persistence.config.size"},
		{`{"values.persistence.config.accessMode":"ReadWriteOnce","values.persistence.config.size":"1Gi"}`, `{"values.persistence.config.accessMode":"ReadWriteOnce"}`, ""},
	} {
		release := func(facts string) node {
			o := charted("web", "", "")
			o.Facts, o.Digest = facts, facts
			return node{objects: []plan.Object{o}}
		}
		out := compare(t, clusterOf(map[string]node{"web": release(c.was)}), clusterOf(map[string]node{"web": release(c.is)}))
		unknown := ""
		for _, ch := range out.Changes {
			if ch.Kind == plan.Unknown {
				unknown += ch.Effect
			}
		}
		if !strings.Contains(unknown, c.want) || (c.want == "") != (unknown == "") {
			t.Errorf("%s to %s: %s", c.was, c.is, unknown)
		}
	}
}
