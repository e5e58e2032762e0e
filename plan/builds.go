package plan

import (
	"reflect"
	"runtime"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"golang.org/x/sync/errgroup"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// sameAsHead reports whether a spec of a node builds what the node does in head.
func (c *comparison) sameAsHead(v *dag.Vertex) bool {
	now := c.head.Graph.Lookup(v.Key())
	if now == nil || now.Object() == v.Object() {
		return now != nil
	}
	same, known := c.alikes[v]
	if !known {
		same = sameBuild(now, v)
		c.alikes[v] = same
	}
	return same
}

// build returns what a spec of a node applies with the files of head.
func (c *comparison) build(v *dag.Vertex) Build {
	if c.sameAsHead(v) {
		return c.head.build(v.Key())
	}
	if c.head.Build == nil {
		return Build{Unknown: true}
	}
	b, known := c.builds[v]
	if !known {
		b = c.head.Build(v)
		c.builds[v] = b
	}
	return b
}

// buildOld builds, on all processors, what the specs of the base apply from the files of
// head where head has other ones: each may run so.
func (c *comparison) buildOld() {
	if c.head.Build == nil || c.gone {
		return
	}
	var old []*dag.Vertex
	for v := range c.base.Graph.Vertices() {
		if !c.sameAsHead(v) && (!v.Object().Spec.Suspend || frozen(v)) {
			old = append(old, v)
		}
	}
	builds := make([]Build, len(old))
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, v := range old {
		workers.Go(func() error {
			builds[i] = c.head.Build(v)
			return nil
		})
	}
	_ = workers.Wait()
	for i, v := range old {
		c.builds[v] = builds[i]
	}
}

// sameBuild reports whether two specs apply the same from the same files. Fields that a
// later Flux has are taken to make a difference.
func sameBuild(a, b *dag.Vertex) bool {
	return a.Object() == b.Object() || reflect.DeepEqual(a.Object().Spec, b.Object().Spec) && sourceOf(a) == sourceOf(b) || reflect.DeepEqual(building(a), building(b))
}

// building is a spec without what decides nothing of what is applied.
func building(v *dag.Vertex) kustomizev1.KustomizationSpec {
	s := normal(v)
	s.Interval, s.RetryInterval, s.Timeout, s.DependsOn = metav1.Duration{}, nil, nil, nil
	s.Suspend, s.Prune, s.Force, s.Wait = false, false, false, false
	s.DeletionPolicy, s.ServiceAccountName, s.HealthChecks, s.HealthCheckExprs = "", "", nil, nil
	return s
}
