package plan_test

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// TestCalledAnew holds that a StatefulSet under another name is said to start with empty claims.
func TestCalledAnew(t *testing.T) {
	set := func(name, templates string) plan.Object {
		return plan.Object{Group: "apps", Kind: "StatefulSet", Namespace: "data", Name: name, Fixed: `{"volumeClaimTemplates.names":"` + templates + `"}`}
	}
	shed := set("pg", "data")
	shed.Retention = `{"whenDeleted":"Delete"}`
	claim := plan.Object{Kind: "PersistentVolumeClaim", Namespace: "data", Name: "data-postgres-0"}
	const lead, stay, end = " This looks like another name for StatefulSet data/pg: StatefulSet data/postgres starts with empty claims, data-postgres-N.", " Those of the old one, data-pg-N, stay with their data, and nothing mounts them any more.", " So keep the name, or migrate the data first."
	for _, c := range []struct {
		name      string
		base, now []plan.Object
		want      string
	}{
		{"another name", []plan.Object{set("pg", "data")}, []plan.Object{set("postgres", "data")}, lead + stay + end},
		{"whose claims go", []plan.Object{shed}, []plan.Object{set("postgres", "data")}, lead + end},
		{"other templates", []plan.Object{set("pg", "data")}, []plan.Object{set("postgres", "queue")}, ""},
		{"no templates", []plan.Object{set("pg", "")}, []plan.Object{set("postgres", "")}, ""},
		{"one that was there", []plan.Object{set("pg", "data"), set("postgres", "data")}, []plan.Object{set("postgres", "data")}, ""},
		{"two of them", []plan.Object{set("pg", "data"), set("my", "data")}, []plan.Object{set("postgres", "data")}, ""},
		{"and two new ones", []plan.Object{set("pg", "data")}, []plan.Object{set("postgres", "data"), set("other", "data")}, ""},
		{"a claim is there for it", []plan.Object{set("pg", "data")}, []plan.Object{set("postgres", "data"), claim}, ""},
		{"it goes", []plan.Object{set("pg", "data")}, []plan.Object{}, ""},
	} {
		base, head := pair(nil), pair(nil)
		base.Objects = map[string][]plan.Object{"flux-system/data": c.base, "flux-system/web": {}}
		head.Objects = map[string][]plan.Object{"flux-system/data": c.now, "flux-system/web": {}}
		said := ""
		for _, change := range compare(t, base, head).Changes {
			said += change.Effect + "\n"
		}
		if told := strings.Contains(said, "looks like another name"); told != (c.want != "") || !strings.Contains(said, c.want) {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}
