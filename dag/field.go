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

// parent returns the name of the field that f is a member of, or nothing.
func (f field) parent() string {
	parent, _, member := strings.Cut(f.name, ".")
	if !member {
		return ""
	}
	return parent
}

// value returns the field in spec, and whether its parent exists.
func (f field) value(spec *kustomizev1.KustomizationSpec, create bool) (reflect.Value, bool) {
	v := reflect.ValueOf(spec).Elem().Field(f.index[0])
	for _, i := range f.index[1:] {
		if v.IsNil() {
			if !create {
				return v, false
			}
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem().Field(i)
	}
	return v, true
}

// isSet reports whether the field has a value; an empty, non-nil slice or map
// is one.
func (f field) isSet(spec *kustomizev1.KustomizationSpec) bool {
	v, ok := f.value(spec, false)
	return ok && !v.IsZero()
}

// copyTo copies the field from one spec to the other.
func (f field) copyTo(to, from *kustomizev1.KustomizationSpec) {
	v, _ := f.value(from, false)
	w, _ := f.value(to, true)
	w.Set(v)
}

// readyFields say together when a node is ready, so they take their default
// together: a node that waits does not inherit the cluster's health checks.
var readyFields = []string{"wait", "healthChecks", "healthCheckExprs"}

// partial is a spec of which only some fields are said.
type partial struct {
	spec kustomizev1.KustomizationSpec
	said map[string]bool
}

// newPartial joins the fields said by name with those of extra, and returns
// the names of fields that both say.
func newPartial(named partial, extra *kustomizev1.KustomizationSpec) (partial, []string) {
	var clashes []string
	for _, f := range specFields() {
		if !f.isSet(extra) {
			continue
		}
		if named.said[f.name] {
			clashes = append(clashes, f.name)
			continue
		}
		f.copyTo(&named.spec, extra)
		named.said[f.name] = true
	}
	return named, clashes
}

// withDefaults returns p with every field that it does not say, and that omit
// does not name, taken from defaults, and a bit for each that was.
func (p partial) withDefaults(defaults partial, omit []string) (full partial, inherited uint64) {
	if len(defaults.said) == 0 {
		return p, 0
	}
	ownReady := slices.ContainsFunc(readyFields, func(name string) bool { return p.said[name] })
	for i, f := range specFields() {
		switch {
		case p.said[f.name] || !defaults.said[f.name] || slices.Contains(omit, f.name) || slices.Contains(omit, f.parent()):
		case ownReady && slices.Contains(readyFields, f.name):
		default:
			f.copyTo(&p.spec, &defaults.spec)
			p.said[f.name] = true
			inherited |= 1 << i
		}
	}
	return p, inherited
}

// requiredFields cannot be left out: the API server refuses the object.
var requiredFields = []string{"interval", "prune", "sourceRef"}

// omitProblem says why a node cannot leave out the field of that name, or nothing.
func omitProblem(name string, own, defaults partial) string {
	known, byNode, byDefaults := false, false, false
	for _, f := range specFields() {
		if f.name == name || f.parent() == name {
			known, byNode, byDefaults = true, byNode || own.said[f.name], byDefaults || defaults.said[f.name]
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
