package e2e

import (
	"strings"
	"testing"

	"github.com/tazlab/fluxdag/e2e/internal/fleet"
	"github.com/tazlab/fluxdag/e2e/internal/proof"
)

// What plan judges is what Flux deletes after a commit. These tests make the commits.

// applying is a file of a Kustomization that applies a folder, after edits: pairs of what
// stands in the file and what shall stand there.
func applying(f *fleet.Fleet, name, path string, edits ...string) string {
	text := kustomization(f.Namespace, name, "  retryInterval: 2s\n")
	return strings.NewReplacer(append([]string{"./apps", path}, edits...)...).Replace(text)
}

// annotated are the edits that give a Kustomization an annotation.
func annotated(annotation string) []string {
	return []string{"metadata:\n", "metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/" + annotation + "\n"}
}

// with is an edit that adds a line to the spec.
func with(field string) []string { return []string{"spec:\n", "spec:\n  " + field + "\n"} }

// identities are the UIDs of objects, by kind and name: Kustomization/infra.
type identities map[string]string

func identify(t *testing.T, f *fleet.Fleet, objects ...string) identities {
	t.Helper()
	all := identities{}
	for _, o := range objects {
		kind, name, _ := strings.Cut(o, "/")
		object := f.Object(kind, name)
		if object == nil {
			t.Fatalf("%s is not there", o)
		}
		all[o] = string(object.GetUID())
	}
	return all
}

// kept fails the test where an object is gone, another, or being deleted.
func (before identities) kept(t *testing.T, f *fleet.Fleet, objects ...string) {
	t.Helper()
	for _, o := range objects {
		kind, name, _ := strings.Cut(o, "/")
		switch object := f.Object(kind, name); {
		case object == nil:
			t.Errorf("%s is gone", o)
		case string(object.GetUID()) != before[o]:
			t.Errorf("%s is another: %s, not %s", o, object.GetUID(), before[o])
		case object.GetDeletionTimestamp() != nil:
			t.Errorf("%s is being deleted", o)
		}
	}
}

// gone waits until each object is there no longer, whatever has come in its place.
func (before identities) gone(f *fleet.Fleet, objects ...string) {
	for _, o := range objects {
		kind, name, _ := strings.Cut(o, "/")
		f.Until(o+" as it was is gone", func() (bool, string) {
			object := f.Object(kind, name)
			return object == nil || string(object.GetUID()) != before[o], "it is there"
		})
	}
}

// family brings up infra, which applies the Kustomization child, which applies the
// ConfigMap data.
func family(t *testing.T, namespace string, infra, child []string) (*fleet.Fleet, identities) {
	t.Helper()
	f := suite.New(t, namespace)
	f.Push(map[string]string{
		root + "/flux-system/gotk-sync.yaml": sync(namespace, root),
		root + "/infra.yaml":                 applying(f, "infra", "./infra", infra...),
		"infra/child.yaml":                   applying(f, "child", "./child", child...),
		"infra/other.yaml":                   fleet.ConfigMap(namespace, "other", "1"),
		"child/data.yaml":                    fleet.ConfigMap(namespace, "data", "1"),
	})
	f.Bootstrap(sync(namespace, root))
	f.Ready("infra", "child")
	return f, identify(t, f, "Kustomization/infra", "Kustomization/child", "ConfigMap/data", "ConfigMap/other")
}

// TestPlanParent deletes the file of a Kustomization, and leaves those of what it applies.
func TestPlanParent(t *testing.T) {
	t.Parallel()
	const child, data, other = "Kustomization/child", "ConfigMap/data", "ConfigMap/other"
	for _, c := range []struct {
		name         string
		infra, child []string
		suspend      bool
		gone, kept   []string
		row          proof.Row
	}{
		{name: "prune", gone: []string{other, child, data}, row: proof.Row{
			Claim:    "A commit that deletes only the file of a parent deletes the Kustomizations that it applied as well, and what those applied, though their files stay",
			Observed: "infra, child and the ConfigMap of child are gone"}},
		{name: "no-prune", infra: []string{"prune: true", "prune: false"}, kept: []string{other, child, data}, row: proof.Row{
			Claim:    "A deleted parent with prune: false leaves the Kustomizations that it applied, and what those applied",
			Observed: "infra is gone; child and its ConfigMap have the same UID"}},
		{name: "delete", infra: append(with("deletionPolicy: Delete"), "prune: true", "prune: false"), gone: []string{other, child, data}, row: proof.Row{
			Claim:    "A deleted parent with prune: false and deletionPolicy: Delete deletes the Kustomizations that it applied, and what those applied",
			Observed: "infra, child and the ConfigMap of child are gone"}},
		{name: "orphan", infra: with("deletionPolicy: Orphan"), kept: []string{other, child, data}, row: proof.Row{
			Claim:    "A deleted parent with prune: true and deletionPolicy: Orphan leaves the Kustomizations that it applied, and what those applied",
			Observed: "infra is gone; child and its ConfigMap have the same UID"}},
		{name: "suspended", suspend: true, kept: []string{other, child, data}, row: proof.Row{
			Claim:    "A deleted parent that is suspended leaves the Kustomizations that it applied, and what those applied",
			Observed: "infra is gone; child and its ConfigMap have the same UID"}},
		{name: "child-no-prune", child: []string{"prune: true", "prune: false"}, gone: []string{other, child}, kept: []string{data}, row: proof.Row{
			Claim:    "A deleted parent deletes a child with prune: false, but not what that applied",
			Observed: "infra and child are gone; the ConfigMap of child has the same UID"}},
		{name: "child-disabled", child: annotated("prune: disabled"), gone: []string{other}, kept: []string{child, data}, row: proof.Row{
			Claim:    "A deleted parent leaves a child that has the annotation kustomize.toolkit.fluxcd.io/prune: disabled, and what that applied",
			Observed: "infra and its ConfigMap are gone; child and its ConfigMap have the same UID"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, before := family(t, "plan-parent-"+c.name, c.infra, c.child)
			if c.suspend {
				f.Suspend("infra")
			}
			f.Push(map[string]string{root + "/infra.yaml": ""})
			// What its finalizer deletes is marked as deleted before it is gone itself.
			f.Absent("Kustomization", "infra")
			before.gone(f, c.gone...)
			before.kept(t, f, c.kept...)
			if f.Object("Kustomization", "child") != nil {
				f.Reconcile("child")
				f.Ready("child")
				before.kept(t, f, c.kept...)
			}
			table.Add(c.row)
		})
	}
}

// TestPlanDisabled deletes the file of a Kustomization that its parent shall not prune.
func TestPlanDisabled(t *testing.T) {
	t.Parallel()
	label := []string{"metadata:\n", "metadata:\n  labels:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n"}
	for _, c := range []struct {
		name  string
		start []string // of the file in the first commit
		then  []string // of the file in the second
		gone  bool
		row   proof.Row
	}{
		{name: "annotation", start: annotated("prune: disabled"), row: proof.Row{
			Claim:    "A Kustomization with the annotation kustomize.toolkit.fluxcd.io/prune: disabled stays when its file is deleted, and goes on applying",
			Observed: "the Kustomization and its ConfigMap have the same UID; the next commit to its path is applied"}},
		{name: "label", start: label, row: proof.Row{
			Claim:    "A Kustomization with the label kustomize.toolkit.fluxcd.io/prune: disabled stays when its file is deleted, and goes on applying",
			Observed: "the Kustomization and its ConfigMap have the same UID; the next commit to its path is applied"}},
		{name: "case", start: annotated("prune: Disabled"), row: proof.Row{
			Claim:    "In the annotation kustomize.toolkit.fluxcd.io/prune, upper and lower case are the same",
			Observed: "prune: Disabled: the Kustomization and its ConfigMap have the same UID"}},
		{name: "removed", start: annotated("prune: disabled"), then: []string{}, gone: true, row: proof.Row{
			Claim:    "A Kustomization whose annotation kustomize.toolkit.fluxcd.io/prune: disabled was removed in a commit before is deleted with its file",
			Observed: "the Kustomization and its ConfigMap are gone"}},
		{name: "reconcile", then: annotated("reconcile: disabled"), gone: true, row: proof.Row{
			Claim:    "The annotation kustomize.toolkit.fluxcd.io/reconcile: disabled, added to the file of a Kustomization that exists, is never applied, and protects nothing when the file is deleted",
			Observed: "the Kustomization never had the annotation; it and its ConfigMap are gone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := suite.New(t, "plan-disabled-"+c.name)
			f.Push(map[string]string{
				root + "/flux-system/gotk-sync.yaml": sync(f.Namespace, root),
				root + "/node.yaml":                  applying(f, "node", "./node", c.start...),
				"node/data.yaml":                     fleet.ConfigMap(f.Namespace, "data", "1"),
			})
			f.Bootstrap(sync(f.Namespace, root))
			f.Ready("node")
			before := identify(t, f, "Kustomization/node", "ConfigMap/data")
			if c.then != nil {
				f.Push(map[string]string{root + "/node.yaml": applying(f, "node", "./node", c.then...)})
				f.Ready("flux-system", "node")
				before.kept(t, f, "Kustomization/node", "ConfigMap/data")
				for name := range f.Object("Kustomization", "node").GetAnnotations() {
					if strings.HasPrefix(name, "kustomize.toolkit.fluxcd.io/") {
						t.Errorf("the annotation %s is there", name)
					}
				}
			}
			f.Push(map[string]string{root + "/node.yaml": ""})
			f.Ready("flux-system") // it has pruned what it prunes
			if c.gone {
				before.gone(f, "Kustomization/node", "ConfigMap/data")
			} else {
				f.Push(map[string]string{"node/more.yaml": fleet.ConfigMap(f.Namespace, "more", "1")})
				f.Ready("flux-system", "node")
				f.Exists("ConfigMap", "more")
				before.kept(t, f, "Kustomization/node", "ConfigMap/data")
			}
			table.Add(c.row)
		})
	}
}

// TestPlanAdoption deletes a parent in the commit that moves its child's file to the
// cluster's folder.
func TestPlanAdoption(t *testing.T) {
	t.Parallel()
	const child, data = "Kustomization/child", "ConfigMap/data"
	for _, c := range []struct {
		name  string
		child []string
		empty bool // the parent's folder is gone with the child's file
		lost  bool
		row   proof.Row
	}{
		{name: "late", lost: true, row: proof.Row{
			Claim:    "A child whose file one commit moves from its parent, which goes, to another is deleted where the old parent sees the revision first",
			Observed: "child and its ConfigMap have another UID"}},
		{name: "empty", empty: true, row: proof.Row{
			Claim:    "A child whose file one commit moves from its parent, which goes, to another stays where the old parent's folder is gone: that one cannot build, and the new one owns child before it deletes the old parent",
			Observed: "child and its ConfigMap have the same UID"}},
		{name: "disabled", child: annotated("prune: disabled"), row: proof.Row{
			Claim:    "A child that has the annotation kustomize.toolkit.fluxcd.io/prune: disabled can be moved from a parent that goes to another in one commit, whoever sees the revision first",
			Observed: "child and its ConfigMap have the same UID"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, before := family(t, "plan-adoption-"+c.name, nil, c.child)
			f.Suspend("flux-system") // so that it certainly comes later than infra
			files := map[string]string{root + "/infra.yaml": "", "infra/child.yaml": "", root + "/child.yaml": applying(f, "child", "./child", c.child...)}
			if c.empty {
				files["infra"] = ""
			}
			f.Push(files)
			f.Reconcile("infra") // as the new revision makes it do
			if c.lost {
				before.gone(f, child, data)
			}
			f.Resume("flux-system")
			f.Absent("Kustomization", "infra")
			f.OwnedBy("flux-system", "Kustomization", "child")
			f.Ready("flux-system", "child")
			if !c.lost {
				before.kept(t, f, child, data)
			}
			table.Add(c.row)
		})
	}
}
