package gen

import (
	"reflect"
	"slices"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// NodeOf turns a decoded Kustomization, as [Document.Object] returns it or as
// kustomize built it, into a declaration. A field that the object does not say
// stays unsaid. What a [dag.Node] has no field for, and dependsOn, goes into Extra;
// so does wait together with healthChecks, which no [dag.Readiness] can say. Each
// field that cannot be carried is a problem: one that there is not, one whose value
// has the wrong type, and metadata that a declaration has no place for. A value of
// the wrong type is carried all the same where it is plain what was meant. The file
// name, the description and the suppressions are no part of an object.
func NodeOf(object map[string]any) (dag.Node, []Problem) {
	d := decoding{said: map[string]bool{}}
	d.parts(object)
	node := dag.Node{Name: d.meta.Name, Namespace: d.meta.Namespace, Labels: d.meta.Labels, Annotations: d.meta.Annotations}
	fromSpec(&node, d.spec, d.said)
	return node, d.problems
}

// decoding is an object as far as it is decoded.
type decoding struct {
	meta     metadata
	spec     kustomizev1.KustomizationSpec
	said     map[string]bool // fields of the spec
	problems []Problem
	path     fieldPath // where it is
}

// metadata is what a declaration holds of an object's metadata.
type metadata struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

// serverFields are those of the metadata that the API server sets. They stand in
// manifests that were exported from a cluster.
var serverFields = []string{"creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields", "resourceVersion", "selfLink", "uid"}

// otherMetadata are fields that a manifest may say and a declaration may not.
var otherMetadata = []string{"finalizers", "generateName", "ownerReferences"}

// parts decodes the parts of an object, and reports what has no place in a
// declaration.
func (d *decoding) parts(object map[string]any) {
	for _, key := range sortedKeys(object) {
		d.path.enter(key)
		switch v := object[key]; key {
		case "apiVersion", "kind":
		case "metadata":
			d.metadata(v)
		case "spec":
			if v != nil {
				d.object(v, reflect.ValueOf(&d.spec).Elem(), d.said)
			}
		case "status":
			if !empty(v) {
				d.inform("status is the controller's: the API server drops it", "delete it")
			}
		default:
			d.unknown(key, []string{"apiVersion", "kind", "metadata", "spec"})
		}
		d.path.leave()
	}
}

func (d *decoding) metadata(v any) {
	if fields, ok := v.(map[string]any); ok {
		known := make(map[string]any, len(fields))
		for _, key := range sortedKeys(fields) {
			d.path.enter(key)
			switch {
			case slices.Contains(serverFields, key):
			case !slices.Contains(otherMetadata, key):
				known[key] = fields[key]
			case !empty(fields[key]):
				d.inform(d.path.String()+" has no place in a declaration", "")
			}
			d.path.leave()
		}
		v = known
	}
	if v != nil {
		d.object(v, reflect.ValueOf(&d.meta).Elem(), nil)
	}
}

// empty reports whether a value says nothing to the API server.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// fromSpec moves the fields of a spec that a node has by name, and leaves the
// others in Extra.
func fromSpec(n *dag.Node, spec kustomizev1.KustomizationSpec, said map[string]bool) {
	n.Path, n.TargetNamespace, n.Source = spec.Path, spec.TargetNamespace, spec.SourceRef
	n.Interval = spec.Interval.Duration
	spec.Path, spec.TargetNamespace, spec.SourceRef, spec.Interval.Duration = "", "", dag.Source{}, 0
	take := func(duration *time.Duration, from **metav1.Duration) {
		if *from != nil && (*from).Duration != 0 { // a zero is said through Extra
			*duration, *from = (*from).Duration, nil
		}
	}
	take(&n.RetryInterval, &spec.RetryInterval)
	take(&n.Timeout, &spec.Timeout)
	if said["prune"] {
		n.Prune, spec.Prune = new(spec.Prune), false
	}
	if p := spec.PostBuild; p != nil {
		n.Substitute, n.SubstituteFrom = p.Substitute, p.SubstituteFrom
		p.Substitute, p.SubstituteFrom = nil, nil
		if p.SubstituteStrategy == "" {
			spec.PostBuild = nil
		}
	}
	n.Ready = readiness(&spec, said)
	n.Extra = spec
}

// readiness takes the readiness out of a spec, where it has one.
func readiness(spec *kustomizev1.KustomizationSpec, said map[string]bool) dag.Readiness {
	wait, checks, exprs := spec.Wait, spec.HealthChecks, spec.HealthCheckExprs
	var ready dag.Readiness
	switch {
	case wait && len(checks) == 0:
		ready = dag.WaitAll(exprs...)
	case !wait && len(checks) > 0:
		ready = dag.HealthChecks(checks...).Exprs(exprs...)
	case !wait && len(exprs) == 0 && said["wait"]:
		ready = dag.Applied()
	default: // Flux ignores one of them, or there is none
		if len(checks) == 0 {
			spec.HealthChecks = nil
		}
		return nil
	}
	spec.Wait, spec.HealthChecks, spec.HealthCheckExprs = false, nil, nil
	return ready
}
