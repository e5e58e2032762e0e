// Package fleet is the vocabulary of the suites: a repository and its Kustomizations
// on a real control plane, what is pushed and made healthy, and what is waited for.
package fleet

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
	"github.com/tazlab/fluxdag/e2e/internal/plane"
)

// Suite is a control plane with Flux on it, which tests share.
type Suite struct {
	Plane  *plane.Plane
	Client client.Client
	git    *GitServer
	dir    string
	signal context.Context // ends when the suite is interrupted
}

// Start builds what is missing, and starts a control plane whose kustomize-controller
// works on so many Kustomizations at once. What it does is told to out. [Suite.Stop]
// ends it.
func Start(ctx context.Context, concurrent int, out io.Writer) (*Suite, error) {
	crds, err := binaries.CRDs(ctx, "binaries")
	if err != nil {
		return nil, err
	}
	options := plane.Options{Requeue: time.Second, Concurrent: concurrent}
	return begin(ctx, out, func(s *Suite, set binaries.Set) error {
		var err error
		if s.git, err = ServeGit(filepath.Join(s.dir, "git")); err != nil {
			return err
		}
		if err := s.serve(ctx, set, options, slices.Concat(crds...)); err != nil {
			return err
		}
		if err := s.Client.Create(s.Plane.Context(), &corev1.Namespace{ObjectMeta: named("flux-system")}); err != nil {
			return err
		}
		return s.Plane.StartControllers(set, options)
	})
}

// Serve starts an API server with one CRD, and no controller.
func Serve(ctx context.Context, crd *unstructured.Unstructured, out io.Writer) (*Suite, error) {
	return begin(ctx, out, func(s *Suite, set binaries.Set) error {
		return s.serve(ctx, set, plane.Options{}, []*unstructured.Unstructured{crd})
	})
}

// begin makes the folders, and leaves nothing running on an error.
func begin(ctx context.Context, out io.Writer, start func(*Suite, binaries.Set) error) (*Suite, error) {
	set, err := binaries.Ensure(ctx, "binaries", out)
	if err != nil {
		return nil, err
	}
	dir, err := newFolder()
	if err != nil {
		return nil, err
	}
	s := &Suite{dir: dir, signal: ctx}
	for _, name := range []string{"plane", "git"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			return nil, err
		}
	}
	if err := start(s, set); err != nil {
		s.Stop(false)
		return nil, err
	}
	return s, nil
}

// newFolder makes a suite's folder: in that of the first, so that nothing is left when
// that one is removed.
func newFolder() (string, error) {
	folder.Lock()
	defer folder.Unlock()
	dir, err := os.MkdirTemp(folder.first, "fluxdag-e2e-")
	if folder.first == "" {
		folder.first = dir
	}
	return dir, err
}

var folder struct {
	sync.Mutex
	first string
}

// serve starts an API server, and applies the CRDs.
func (s *Suite) serve(ctx context.Context, set binaries.Set, options plane.Options, crds []*unstructured.Unstructured) error {
	options.Dir = filepath.Join(s.dir, "plane")
	var err error
	if s.Plane, err = plane.Start(ctx, set, options); err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{kustomizev1.AddToScheme, sourcev1.AddToScheme, corev1.AddToScheme, appsv1.AddToScheme, apiextensionsv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	if s.Client, err = client.New(s.Plane.Config, client.Options{Scheme: scheme}); err != nil {
		return err
	}
	return s.install(crds)
}

// Stop ends every program. The logs stay where keep says so.
func (s *Suite) Stop(keep bool) {
	if s.Plane != nil {
		s.Plane.Stop()
	}
	if s.git != nil {
		s.git.Close()
	}
	if !keep {
		_ = os.RemoveAll(s.dir) // a temporary folder
	}
}

// Interrupted holds a test for good once the suite is interrupted: nothing that it could
// say is of interest, and the program is about to end.
func (s *Suite) Interrupted() {
	if s.signal.Err() != nil {
		select {}
	}
}

// Dir holds the logs, the data and the repositories.
func (s *Suite) Dir() string { return s.dir }

// install applies CRDs, and waits until they are served.
func (s *Suite) install(crds []*unstructured.Unstructured) error {
	ctx, cancel := context.WithTimeout(s.Plane.Context(), time.Minute)
	defer cancel()
	for _, crd := range crds {
		if err := s.Client.Create(ctx, crd); err != nil {
			return fmt.Errorf("%s: %w", crd.GetName(), err)
		}
		if err := s.established(ctx, crd.GetName()); err != nil {
			return err
		}
	}
	return nil
}

func (s *Suite) established(ctx context.Context, name string) error {
	for {
		var crd apiextensionsv1.CustomResourceDefinition
		if err := s.Client.Get(ctx, client.ObjectKey{Name: name}, &crd); err != nil {
			return err
		}
		for _, c := range crd.Status.Conditions {
			if c.Type == apiextensionsv1.Established && c.Status == apiextensionsv1.ConditionTrue {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the CRD %s is not served: %w", name, context.Cause(ctx))
		case <-time.After(20 * time.Millisecond):
		}
	}
}
