package fleet

import (
	"fmt"
	"strconv"
	"sync"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/watch"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Record is the order in which things happened in a namespace. The order is that of
// the resource versions: one etcd counts all objects in one row.
type Record struct {
	mu             sync.Mutex
	applied, ready map[string]int64
}

// Record begins to watch: what a Kustomization applies is its ConfigMap of the same name.
func (f *Fleet) Record() *Record {
	f.t.Helper()
	r := &Record{applied: map[string]int64{}, ready: map[string]int64{}}
	watcher, err := client.NewWithWatch(f.Plane.Config, client.Options{Scheme: f.Client.Scheme()})
	if err != nil {
		f.t.Fatal(err)
	}
	for _, list := range []client.ObjectList{&kustomizev1.KustomizationList{}, &corev1.ConfigMapList{}} {
		w, err := watcher.Watch(f.ctx(), list, client.InNamespace(f.Namespace))
		if err != nil {
			f.fail("%v", err)
		}
		f.t.Cleanup(w.Stop)
		go func() {
			for event := range w.ResultChan() {
				r.see(event)
			}
		}()
	}
	return r
}

func (r *Record) see(event watch.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch o := event.Object.(type) {
	case *corev1.ConfigMap:
		if event.Type == watch.Added {
			first(r.applied, o)
		}
	case *kustomizev1.Kustomization:
		if meta.IsStatusConditionTrue(o.Status.Conditions, "Ready") {
			first(r.ready, o)
		}
	}
}

func first(seen map[string]int64, o client.Object) {
	version, err := strconv.ParseInt(o.GetResourceVersion(), 10, 64)
	if _, known := seen[o.GetName()]; err == nil && !known {
		seen[o.GetName()] = version
	}
}

// Applied reports whether a Kustomization has applied its ConfigMap.
func (r *Record) Applied(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.applied[name] != 0
}

// Seen waits until the record has a Kustomization's readiness and its first object.
func (r *Record) Seen(f *Fleet, name string) {
	f.t.Helper()
	f.Until("the watches have seen "+name, func() (bool, string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.applied[name] != 0 && r.ready[name] != 0, fmt.Sprintf("applied %d, ready %d", r.applied[name], r.ready[name])
	})
}

// Before reports whether a Kustomization was ready before another applied anything.
func (r *Record) Before(dependency, dependent string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	ready, applied := r.ready[dependency], r.applied[dependent]
	return ready != 0 && applied != 0 && ready < applied
}
