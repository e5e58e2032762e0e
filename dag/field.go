package dag

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

// field is a part of the spec that takes its default on its own: every
// top-level field, and each member of postBuild.
type field struct {
	name  string // as YAML writes it: "interval", "postBuild.substitute"
	index []int
}

// specFields lists the fields of KustomizationSpec by reflection, so that one
// which a newer API adds takes part without a change here.
var specFields = sync.OnceValue(func() []field {
	var fields []field
	spec := reflect.TypeFor[kustomizev1.KustomizationSpec]()
	for i := range spec.NumField() {
		name := jsonName(spec.Field(i))
		if spec.Field(i).Type != reflect.TypeFor[*kustomizev1.PostBuild]() {
			fields = append(fields, field{name, []int{i}})
			continue
		}
		post := spec.Field(i).Type.Elem()
		for j := range post.NumField() {
			fields = append(fields, field{name + "." + jsonName(post.Field(j)), []int{i, j}})
		}
	}
	return fields
})

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// fieldSet is a set of specFields, a bit for each.
type fieldSet uint64

// fieldBits returns the bit of each field by its name.
var fieldBits = sync.OnceValue(func() map[string]fieldSet {
	bits := map[string]fieldSet{}
	for i, f := range specFields() {
		bits[f.name] = 1 << i
	}
	return bits
})

func (s fieldSet) has(name string) bool { return s&fieldBits()[name] != 0 }

// parent returns the name of the field that f is a member of, or nothing.
func (f field) parent() string {
	parent, _, member := strings.Cut(f.name, ".")
	if !member {
		return ""
	}
	return parent
}

// in returns the field in a spec, whose parent it makes where there is none.
func (f field) in(spec *kustomizev1.KustomizationSpec) reflect.Value {
	v := reflect.ValueOf(spec).Elem().Field(f.index[0])
	for _, i := range f.index[1:] {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem().Field(i)
	}
	return v
}

// isSet reports whether the field has a value in a spec; an empty, non-nil slice or map
// is one.
func (f field) isSet(spec reflect.Value) bool {
	v := spec.Field(f.index[0])
	for _, i := range f.index[1:] {
		if v.IsNil() {
			return false
		}
		v = v.Elem().Field(i)
	}
	return !v.IsZero()
}

// copyTo copies the field, which is set, from one spec to the other.
func (f field) copyTo(to, from *kustomizev1.KustomizationSpec) { f.in(to).Set(f.in(from)) }

// readyFields say together when a node is ready, so they take their default
// together: a node that waits does not inherit the cluster's health checks.
var readyFields = []string{"wait", "healthChecks", "healthCheckExprs"}

// partial is a spec of which only some fields are said.
type partial struct {
	spec kustomizev1.KustomizationSpec
	said fieldSet
}

// join adds the fields of extra to those said by name, and returns the names of fields
// that both say.
func (p *partial) join(extra *kustomizev1.KustomizationSpec) (clashes []string) {
	spec := reflect.ValueOf(extra).Elem()
	for i, f := range specFields() {
		bit := fieldSet(1) << i
		switch {
		case !f.isSet(spec):
		case p.said&bit != 0:
			clashes = append(clashes, f.name)
		default:
			f.copyTo(&p.spec, extra)
			p.said |= bit
		}
	}
	return clashes
}

// inherit takes every field that p does not say, and that omit does not name, from
// defaults, and returns those that it took.
func (p *partial) inherit(defaults *partial, omit []string) (inherited fieldSet) {
	if defaults.said == 0 {
		return 0
	}
	ownReady := slices.ContainsFunc(readyFields, p.said.has)
	for i, f := range specFields() {
		bit := fieldSet(1) << i
		switch {
		case p.said&bit != 0 || defaults.said&bit == 0 || slices.Contains(omit, f.name) || slices.Contains(omit, f.parent()):
		case ownReady && slices.Contains(readyFields, f.name):
		default:
			f.copyTo(&p.spec, &defaults.spec)
			inherited |= bit
		}
	}
	p.said |= inherited
	return inherited
}

// requiredFields cannot be left out: the API server refuses the object.
var requiredFields = []string{"interval", "prune", "sourceRef"}

// omitProblem says why a node cannot leave out the field of that name, or nothing.
func omitProblem(name string, own, defaults *partial) string {
	known, byNode, byDefaults := false, false, false
	for _, f := range specFields() {
		if f.name == name || f.parent() == name {
			known, byNode, byDefaults = true, byNode || own.said.has(f.name), byDefaults || defaults.said.has(f.name)
		}
	}
	switch {
	case !known:
		return quote(name) + ", which is not a field of the spec"
	case slices.Contains(requiredFields, name):
		return name + ", which the API server requires"
	case byNode:
		return name + ", which the node itself sets"
	case !byDefaults:
		return name + ", which the cluster's defaults do not set"
	}
	return ""
}
