package fleet

import (
	"cmp"
	"context"
	"strings"
	"testing"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
)

// Fleet is one test's repository and the namespace that its Kustomizations live in.
type Fleet struct {
	*Suite
	// Namespace holds the GitRepository "flux-system" and the Kustomizations.
	Namespace string
	// Revision is that of the last push, as source-controller names it.
	Revision string

	t    testing.TB
	repo *repository
}

// URL stands for the address of the repository in the files that are pushed: the port
// is known only when the server runs.
const URL = "https://git.example.com/fleet.git"

// patience is how long a test waits for what must happen.
const patience = 4 * time.Minute

// New makes a namespace and a repository for a test. When the test ends, all is
// suspended, so that it costs the others nothing; if it failed, what there is in the
// namespace is printed.
func (s *Suite) New(t testing.TB, namespace string) *Fleet {
	t.Helper()
	s.Interrupted()
	f := &Fleet{Suite: s, Namespace: namespace, t: t}
	err := s.Client.Create(f.ctx(), &corev1.Namespace{ObjectMeta: named(namespace)})
	if err != nil && !(namespace == "flux-system" && apierrors.IsAlreadyExists(err)) {
		f.fail("%v", err)
	}
	if f.repo, err = s.git.repository(namespace); err != nil {
		f.fail("%v", err)
	}
	t.Cleanup(f.close)
	return f
}

func named(name string) metav1.ObjectMeta { return metav1.ObjectMeta{Name: name} }

// ctx ends with the control plane.
func (f *Fleet) ctx() context.Context { return f.Plane.Context() }

// fail ends the test; when the control plane is gone, that is the reason.
func (f *Fleet) fail(format string, args ...any) {
	f.t.Helper()
	f.Interrupted()
	if cause := context.Cause(f.ctx()); cause != nil {
		f.t.Fatalf("the control plane is gone: %v", cause)
	}
	f.t.Fatalf(format, args...)
}

// Push commits the files and has source-controller fetch them. Empty content removes a
// file or folder. Where there is a GitRepository, it waits until the artifact is made.
func (f *Fleet) Push(files map[string]string) {
	f.t.Helper()
	var err error
	for name, content := range files {
		files[name] = strings.ReplaceAll(content, URL, f.repo.url)
	}
	if f.Revision, err = f.repo.commit(files); err != nil {
		f.fail("%v", err)
	}
	var source sourcev1.GitRepository
	if err := f.Client.Get(f.ctx(), f.key("flux-system"), &source); apierrors.IsNotFound(err) {
		return
	}
	f.Annotate(&source)
	f.Until("the source has "+f.Revision, func() (bool, string) {
		if err := f.Client.Get(f.ctx(), f.key("flux-system"), &source); err != nil {
			return false, err.Error()
		}
		a := source.Status.Artifact
		return a != nil && a.Revision == f.Revision, message(source.Status.Conditions)
	})
}

// Tree is the folder of the repository's work tree.
func (f *Fleet) Tree() string { return f.repo.tree }

// Bootstrap applies what stands in a file of the tree, as "flux bootstrap" does with
// gotk-sync.yaml: the GitRepository, and the Kustomization that applies all others.
func (f *Fleet) Bootstrap(sync string) {
	f.t.Helper()
	objects, err := binaries.Decode(strings.NewReader(strings.ReplaceAll(sync, URL, f.repo.url)))
	if err != nil {
		f.t.Fatal(err)
	}
	for _, object := range objects {
		if err := f.Client.Apply(f.ctx(), client.ApplyConfigurationFromUnstructured(object), client.FieldOwner("flux"), client.ForceOwnership); err != nil {
			f.fail("%s %s: %v", object.GetKind(), object.GetName(), err)
		}
	}
}

// Annotate asks a controller to reconcile an object now.
func (f *Fleet) Annotate(object client.Object) {
	f.t.Helper()
	patch := []byte(`{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"` + time.Now().Format(time.RFC3339Nano) + `"}}}`)
	if err := f.Client.Patch(f.ctx(), object, client.RawPatch("application/merge-patch+json", patch)); err != nil {
		f.fail("%v", err)
	}
}

// Until waits until a condition holds; state says how it stands, should it never hold.
func (f *Fleet) Until(what string, condition func() (bool, string)) {
	f.t.Helper()
	f.UntilIn(patience, what, condition)
}

// UntilIn is Until with another patience.
func (f *Fleet) UntilIn(d time.Duration, what string, condition func() (bool, string)) {
	f.t.Helper()
	if state, ok := f.within(d, condition); !ok {
		f.fail("waited %s until %s, in vain; now: %s", d, what, cmp.Or(state, "nothing"))
	}
}

// within looks again and again until the condition holds or the time is over.
func (f *Fleet) within(d time.Duration, condition func() (bool, string)) (string, bool) {
	for end := time.Now().Add(d); ; {
		ok, state := condition()
		if ok || time.Now().After(end) || f.ctx().Err() != nil {
			return state, ok
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func (f *Fleet) key(name string) client.ObjectKey {
	if namespace, name, ok := strings.Cut(name, "/"); ok {
		return client.ObjectKey{Namespace: namespace, Name: name}
	}
	return client.ObjectKey{Namespace: f.Namespace, Name: name}
}

// Kustomization returns one by its name, or by namespace/name; nil where there is none.
func (f *Fleet) Kustomization(name string) *kustomizev1.Kustomization {
	f.t.Helper()
	var k kustomizev1.Kustomization
	switch err := f.Client.Get(f.ctx(), f.key(name), &k); {
	case apierrors.IsNotFound(err):
		return nil
	case err != nil:
		f.fail("%v", err)
	}
	return &k
}
