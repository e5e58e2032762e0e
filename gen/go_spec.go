package gen

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/dave/jennifer/jen"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// setting is a part of the spec that a declaration sets on its own: every
// top-level field, and each member of postBuild.
type setting struct {
	path   string // in the object: "spec.postBuild.substitute"
	omit   string // as dag.Node.Omit names it
	goName string // the field of dag.Node and dag.Defaults; empty where it goes through Extra
	index  []int  // in KustomizationSpec
}

// namedSettings are the settings that dag.Node and dag.Defaults have by name.
var namedSettings = map[string]string{
	"interval": "Interval", "retryInterval": "RetryInterval", "timeout": "Timeout",
	"prune": "Prune", "sourceRef": "Source", "targetNamespace": "TargetNamespace",
	"postBuild.substitute": "Substitute", "postBuild.substituteFrom": "SubstituteFrom",
}

// nodeFields are the fields of the spec that are no settings: nodes do not share
// them, or, like readiness, only together.
var nodeFields = []string{"path", "dependsOn", "wait", "healthChecks", "healthCheckExprs"}

// settings lists them all.
var settings = sync.OnceValue(func() []setting {
	var all []setting
	add := func(name string, index ...int) {
		if !slices.Contains(nodeFields, name) {
			all = append(all, setting{"spec." + name, name, namedSettings[name], index})
		}
	}
	spec := reflect.TypeFor[kustomizev1.KustomizationSpec]()
	for i := range spec.NumField() {
		name := jsonName(spec.Field(i))
		if spec.Field(i).Type != reflect.TypeFor[*kustomizev1.PostBuild]() {
			add(name, i)
			continue
		}
		post := spec.Field(i).Type.Elem()
		for j := range post.NumField() {
			add(name+"."+jsonName(post.Field(j)), i, j)
		}
	}
	return all
})

// value returns the setting in spec, and whether it says anything. An empty
// list or map says nothing: it is not written out either.
func (s setting) value(spec *kustomizev1.KustomizationSpec) (reflect.Value, bool) {
	v := reflect.ValueOf(spec).Elem().Field(s.index[0])
	for _, i := range s.index[1:] {
		if v.IsNil() {
			return reflect.Value{}, false
		}
		v = v.Elem().Field(i)
	}
	if kind := v.Kind(); kind == reflect.Slice || kind == reflect.Map {
		return v, v.Len() > 0
	}
	return v, !v.IsZero()
}

// copyTo copies the setting from one spec to the other.
func (s setting) copyTo(to, from *kustomizev1.KustomizationSpec) {
	v, _ := s.value(from)
	w := reflect.ValueOf(to).Elem().Field(s.index[0])
	for _, i := range s.index[1:] {
		if w.IsNil() {
			w.Set(reflect.New(w.Type().Elem()))
		}
		w = w.Elem().Field(i)
	}
	w.Set(v)
}

// required reports whether the API server refuses an object without it; such a
// setting cannot be left out by Omit.
func (s setting) required() bool {
	return slices.Contains([]string{"interval", "prune", "sourceRef"}, s.omit)
}

// isNamed reports whether v can be said by name. What cannot, a timeout of zero,
// goes through Extra.
func (s setting) isNamed(v reflect.Value) bool {
	d, isDuration := v.Interface().(*metav1.Duration)
	return s.goName != "" && !(isDuration && d.Duration == 0)
}

// key is equal for equal values.
func (s setting) key(v reflect.Value) string {
	text, err := json.Marshal(v.Interface())
	if err != nil {
		return "" // no value that can be written as YAML
	}
	return string(text)
}

// expr writes the value of a named setting.
func (s setting) expr(l *literals, v reflect.Value) expr {
	switch value := v.Interface().(type) {
	case metav1.Duration:
		return durationExpr(value.Duration)
	case *metav1.Duration:
		return durationExpr(value.Duration)
	case bool:
		return callExpr(identExpr("new"), scalarExpr(v))
	}
	return l.literal(v, s.path, false)
}

// paths are where comments on the setting stand.
func (s setting) paths() []string {
	if parent, _, member := strings.Cut(s.omit, "."); member {
		return []string{"spec." + parent, s.path}
	}
	return []string{s.path}
}

// none says that the node does not have the setting, in an expression of its
// type; a setting without such an expression is named in Omit.
func (s setting) none() (expr, bool) {
	switch s.goName {
	case "Substitute":
		return codeExpr(jen.Map(jen.String()).String().Values(), 0), true
	case "SubstituteFrom":
		return codeExpr(jen.Index().Qual(dagPath, "SubstituteReference").Values(), 0), true
	}
	return expr{}, false
}
