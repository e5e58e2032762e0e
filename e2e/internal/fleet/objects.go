package fleet

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// versions are those of the kinds that the suites look at.
var versions = map[string]schema.GroupVersion{
	"ConfigMap":                {Version: "v1"},
	"CustomResourceDefinition": {Group: "apiextensions.k8s.io", Version: "v1"},
	"GitRepository":            {Group: "source.toolkit.fluxcd.io", Version: "v1"},
	"Kustomization":            {Group: "kustomize.toolkit.fluxcd.io", Version: "v1"},
}

// CustomGroup is the group of every kind that a test itself defines, in version v1.
const CustomGroup = "e2e.example.com"

// Object returns an object of the fleet's namespace, or a CustomResourceDefinition; nil
// where there is none, or no such kind. A kind that is not Flux's or Kubernetes' is one of
// [CustomGroup].
func (f *Fleet) Object(kind, name string) *unstructured.Unstructured {
	f.t.Helper()
	version, known := versions[kind]
	if !known {
		version = schema.GroupVersion{Group: CustomGroup, Version: "v1"}
	}
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(version.WithKind(kind))
	switch err := f.Client.Get(f.ctx(), f.key(name), object); {
	case apierrors.IsNotFound(err), meta.IsNoMatchError(err):
		return nil
	case err != nil:
		f.fail("%v", err)
	}
	return object
}

// Exists waits until an object is there.
func (f *Fleet) Exists(kind, name string) {
	f.t.Helper()
	f.Until(kind+" "+name+" is there", func() (bool, string) { return f.Object(kind, name) != nil, "" })
}

// Absent waits until an object is not there, or no longer.
func (f *Fleet) Absent(kind, name string) {
	f.t.Helper()
	f.Until(kind+" "+name+" is not there", func() (bool, string) { return f.Object(kind, name) == nil, "it is there" })
}

// Reconcile has a Kustomization reconciled now.
func (f *Fleet) Reconcile(name string) {
	f.t.Helper()
	k := f.Kustomization(name)
	if k == nil {
		f.fail("there is no Kustomization %s", name)
	}
	f.Annotate(k)
	at := k.Annotations["reconcile.fluxcd.io/requestedAt"]
	f.Until(name+" is reconciled", func() (bool, string) {
		k := f.Kustomization(name)
		return k != nil && k.Status.LastHandledReconcileAt == at, State(k)
	})
}

// Suspend suspends a Kustomization, as "flux suspend" does.
func (f *Fleet) Suspend(name string) {
	f.t.Helper()
	if err := f.suspend(f.Kustomization(name), true); err != nil {
		f.fail("%v", err)
	}
}

// Resume ends what Suspend began, as "flux resume" does.
func (f *Fleet) Resume(name string) {
	f.t.Helper()
	if err := f.suspend(f.Kustomization(name), false); err != nil {
		f.fail("%v", err)
	}
}

func (f *Fleet) suspend(k *kustomizev1.Kustomization, to bool) error {
	return f.Client.Patch(f.ctx(), k, client.RawPatch("application/merge-patch+json", fmt.Appendf(nil, `{"spec":{"suspend":%t}}`, to)))
}

// OwnedBy waits until an object carries the labels of a Kustomization.
func (f *Fleet) OwnedBy(kustomization, kind, name string) {
	f.t.Helper()
	f.Until(kustomization+" owns "+name, func() (bool, string) {
		object := f.Object(kind, name)
		if object == nil {
			return false, "it is not there"
		}
		owner := object.GetLabels()["kustomize.toolkit.fluxcd.io/name"]
		return owner == kustomization, "its owner is " + owner
	})
}

// Logs waits until kustomize-controller logs a line with all the texts.
func (f *Fleet) Logs(texts ...string) {
	f.t.Helper()
	f.Until("kustomize-controller logs "+strings.Join(texts, ", "), func() (bool, string) { return f.logged(texts...) > 0, "" })
}

// Reconciliations counts how often a Kustomization was reconciled with success.
func (f *Fleet) Reconciliations(name string) int {
	f.t.Helper()
	return f.logged("Reconciliation finished", `"name":"`+name+`","namespace":"`+f.Namespace+`"`)
}

// logged counts the lines of kustomize-controller's log that hold all the texts.
func (f *Fleet) logged(texts ...string) int {
	f.t.Helper()
	data, err := os.ReadFile(filepath.Join(f.Plane.Dir, "kustomize-controller.log"))
	if err != nil {
		f.fail("%v", err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) }) {
			n++
		}
	}
	return n
}

// Create creates objects.
func (f *Fleet) Create(objects ...client.Object) {
	f.t.Helper()
	for _, object := range objects {
		if err := f.Client.Create(f.ctx(), object); err != nil {
			f.fail("%v", err)
		}
	}
}

// Manifests applies what stands in YAML.
func (f *Fleet) Manifests(manifests ...string) {
	f.t.Helper()
	for _, manifest := range manifests {
		f.Bootstrap(manifest)
	}
}

// Delete deletes an object; what its finalizers are for is not waited for.
func (f *Fleet) Delete(object client.Object) {
	f.t.Helper()
	if err := f.Client.Delete(f.ctx(), object); err != nil {
		f.fail("%v", err)
	}
}
