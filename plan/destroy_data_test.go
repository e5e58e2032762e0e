package plan_test

import (
	"html"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/plan"
)

// TestDestroyData holds that a teardown names the data that goes with a stage, in each format,
// and none that stays.
func TestDestroyData(t *testing.T) {
	s := applied(map[string]dag.Node{"db": {}, "left": {Prune: new(false)}}, nil)
	claim := func(name string, kept bool) plan.Object {
		return plan.Object{Kind: "PersistentVolumeClaim", Namespace: "db", Name: name, Kept: kept}
	}
	s.Objects["flux-system/left"] = []plan.Object{claim("left", false)}
	s.Objects["flux-system/db"] = []plan.Object{claim("data", false), claim("kept", true),
		{Kind: "Namespace", Name: "team"}, {Kind: "PersistentVolume", Name: "disk"}, {Group: "apps", Kind: "StatefulSet", Namespace: "db", Name: "queue"},
		{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "db", Name: "postgres"},
		{Group: "helm.toolkit.fluxcd.io", Kind: "HelmRelease", Namespace: "db", Name: "off", Suspended: true}}
	out := []plan.Teardown{plan.Destroy(s, []string{"flux-system/db", "flux-system/left"})}
	want := []string{"Namespace team", "PersistentVolume disk", "PersistentVolumeClaim db/data", "StatefulSet db/queue", "HelmRelease db/postgres"}
	if diff := cmp.Diff(want, out[0].Stages[0].Nodes[0].Data); diff != "" {
		t.Error(diff)
	}
	if left := out[0].Stages[0].Nodes[1].Data; left != nil {
		t.Error(left)
	}
	for name, write := range map[string]func(io.Writer, []plan.Teardown) error{"text": plan.DestroyText, "markdown": plan.DestroyMarkdown} {
		var b strings.Builder
		if err := write(&b, out); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
		for _, said := range []string{
			"the data of PersistentVolume disk, PersistentVolumeClaim db/data goes, unless the volume is kept (reclaimPolicy: Retain)",
			"everything goes that is in Namespace team, claims with their data too", "uninstalled: HelmRelease db/postgres",
			"claims made for StatefulSet db/queue stay", "with a HelmRelease the release is uninstalled, and the data of claims that it made goes",
		} {
			if strings.Count(text, said) != 1 {
				t.Errorf("%s: %q is not in it: %s", name, said, text)
			}
		}
	}
}
