package plan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"path"
	"reflect"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
)

// kindOf says what a change of a field is about; what is not in it is Spec.
var kindOf = map[string]Kind{
	"spec.kubeConfig": Cluster, "spec.targetNamespace": Target, "spec.namePrefix": Target, "spec.nameSuffix": Target,
	"spec.sourceRef": Source, "spec.path": Path, "spec.prune": Policy, "spec.deletionPolicy": Policy, "spec.suspend": Suspend,
	"spec.dependsOn": Edge, "spec.wait": Ready, "spec.healthChecks": Ready, "spec.healthCheckExprs": Ready,
}

// specFields returns the fields that differ between two nodes, in order. Values that mean
// the same to Flux do not differ.
func specFields(a, b *dag.Vertex) []Field {
	x, y := a.Object(), b.Object()
	if x == y || reflect.DeepEqual(x.Spec, y.Spec) && reflect.DeepEqual(x.Labels, y.Labels) && reflect.DeepEqual(x.Annotations, y.Annotations) {
		return nil
	}
	old, now := members(a), members(b)
	var fields []Field
	for _, name := range sortedKeys(union(old, now)) {
		if !bytes.Equal(old[name], now[name]) {
			fields = append(fields, Field{name, string(old[name]), string(now[name])})
		}
	}
	for i := range fields {
		if f := &fields[i]; f.Path == "spec.path" { // as it is written
			f.Old, f.New = text(x.Spec.Path), text(y.Spec.Path)
		}
	}
	return fields
}

func union[V any](a, b map[string]V) map[string]bool {
	names := map[string]bool{}
	for _, m := range []map[string]V{a, b} {
		for name := range m {
			names[name] = true
		}
	}
	return names
}

// members returns the fields of a node as JSON, by their paths.
func members(v *dag.Vertex) map[string]json.RawMessage {
	object := v.Object()
	spec := normal(v)
	all := map[string]json.RawMessage{}
	var inSpec map[string]json.RawMessage
	_ = json.Unmarshal([]byte(text(spec)), &inSpec) // of what was just written
	for name, value := range inSpec {
		all["spec."+name] = value
	}
	if len(object.Labels) > 0 {
		all["metadata.labels"] = json.RawMessage(text(object.Labels))
	}
	if len(object.Annotations) > 0 {
		all["metadata.annotations"] = json.RawMessage(text(object.Annotations))
	}
	return all
}

// normal returns the spec with what Flux takes for granted written out.
func normal(v *dag.Vertex) kustomizev1.KustomizationSpec {
	spec := v.Object().Spec
	spec.SourceRef = sourceOf(v)
	spec.Path = path.Clean("./" + spec.Path)
	spec.DeletionPolicy = cmp.Or(spec.DeletionPolicy, kustomizev1.DeletionPolicyMirrorPrune)
	spec.DependsOn = slices.Clone(spec.DependsOn)
	for i := range spec.DependsOn {
		spec.DependsOn[i].Namespace = cmp.Or(spec.DependsOn[i].Namespace, v.Object().Namespace)
	}
	slices.SortFunc(spec.DependsOn, func(a, b kustomizev1.DependencyReference) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ReadyExpr, b.ReadyExpr))
	})
	if len(spec.DependsOn) == 0 {
		spec.DependsOn = nil
	}
	return spec
}

// differences are the changes of a node that keeps its name, one for each kind.
func (c *comparison) differences(before, v *dag.Vertex, l loss) {
	all := specFields(before, v)
	if len(all) == 0 {
		return
	}
	if d := c.base.refusal(v.Key()); d != nil {
		c.add(admission(v, d, all))
		return
	}
	byKind := map[Kind][]Field{}
	for _, f := range all {
		kind := cmp.Or(kindOf[f.Path], Spec)
		if kind == Target && (c.idle(v.Key()) || c.keepsNames(before, v)) { // nothing of it gets another name, or is deleted
			kind = Spec
		}
		byKind[kind] = append(byKind[kind], f)
	}
	for _, kind := range Kinds() {
		if fields := byKind[kind]; len(fields) > 0 {
			change := Change{Kind: kind, Node: v.Key(), Position: v.Position(), Fields: fields}
			change.Effect, change.traits = c.effect(kind, before, v, fields, l)
			if kind == Spec && !c.idle(v.Key()) {
				change.Effect = keepingNames(change.Effect, fields)
			}
			if kind == Suspend && l.ofResuming() {
				change.Kind = Unknown
			}
			c.add(change)
		}
	}
}
