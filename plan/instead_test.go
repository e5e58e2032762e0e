package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/plan"
)

// replaced is the change of a node in which an object becomes another one; none where there is none.
func replaced(t *testing.T, was, is plan.Object) plan.Change {
	t.Helper()
	base, head := pair(nil), pair(nil)
	base.Objects = map[string][]plan.Object{"flux-system/data": {was}, "flux-system/web": {}}
	head.Objects = map[string][]plan.Object{"flux-system/data": {is}, "flux-system/web": {}}
	changes := compare(t, base, head).Changes
	if i := slices.IndexFunc(changes, func(c plan.Change) bool { return c.Kind == plan.Stuck }); i >= 0 {
		return changes[i]
	}
	return plan.Change{}
}

// TestStorageVersion holds that a definition cannot lose the version by which objects are stored, and
// any other one it can.
func TestStorageVersion(t *testing.T) {
	definition := func(stored, versions string) plan.Object {
		return plan.Object{Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "things.example.com", Digest: stored + versions,
			Fixed: `{"scope":"x","storage version":"` + stored + `","versions":"` + versions + `"}`}
	}
	for _, c := range []struct {
		was, is plan.Object
		stuck   bool
	}{
		{definition("v1alpha1", "v1alpha1"), definition("v1", "v1"), true},
		{definition("v1alpha1", "v1 v1alpha1"), definition("v1", "v1"), true},
		{definition("v1alpha1", "v1alpha1"), definition("v1", "v1 v1alpha1"), false},
		{definition("v1", "v1 v1alpha1"), definition("v1", "v1"), false},
		{definition("v1", "v1"), definition("", ""), false}, // nothing is known
		{definition("", ""), definition("v1", "v1"), false},
	} {
		effect := replaced(t, c.was, c.is).Effect
		if told := strings.Contains(effect, "refuses to change the storage version (v1alpha1, which is in status.storedVersions and no longer in spec.versions) of a CustomResourceDefinition"); told != c.stuck || (effect != "") != told {
			t.Errorf("from %s to %s: %q", c.was.Fixed, c.is.Fixed, effect)
		}
		if c.stuck && !strings.Contains(effect, "Keep that version in CustomResourceDefinition things.example.com, if only with storage: false, until every object is stored by another one") {
			t.Error(effect)
		}
	}
}

// TestRetainedVolume holds that the data of a volume is said to go with it only where that may be.
func TestRetainedVolume(t *testing.T) {
	volume := func(kind, path, policy string) plan.Object {
		o := plan.Object{Kind: kind, Name: "nfs", Digest: path, Fixed: `{"nfs":"` + path + `"}`}
		if policy != "" {
			o.Facts = `{"persistentVolumeReclaimPolicy":"` + policy + `"}`
		}
		return o
	}
	for _, c := range []struct {
		kind, policy string
		stays        bool
	}{
		{"PersistentVolume", "", true}, {"PersistentVolume", "Retain", true}, {"PersistentVolume", "Delete", false},
		{"PersistentVolume", "Recycle", false}, {"PersistentVolume", "${POLICY}", false}, {"PersistentVolumeClaim", "", false},
	} {
		effect := replaced(t, volume(c.kind, "a", c.policy), volume(c.kind, "b", c.policy)).Effect
		stays := strings.Contains(effect, "deletes no data of PersistentVolume nfs")
		if goes := strings.Contains(effect, "Every way around it deletes "+c.kind+" nfs, with the data"); stays != c.stays || goes == stays {
			t.Errorf("%s, %q: %s", c.kind, c.policy, effect)
		}
	}
}
