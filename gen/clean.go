package gen

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/agext/levenshtein"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type kustomizeDuration = *metav1.Duration

var (
	specType       = reflect.TypeFor[kustomizev1.KustomizationSpec]()
	metadataType   = reflect.TypeFor[metadata]()
	dependencyType = reflect.TypeFor[kustomizev1.DependencyReference]()
	durationType   = reflect.TypeFor[metav1.Duration]()
)

// clean returns the value without what the type has no place for, so that decoding
// it cannot fail, or nil where nothing is left of it; what it drops or changes is a
// problem. Null is what is not said, as the API server sees it.
func (d *decoding) clean(v any, typ reflect.Type, field string) any {
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case v == nil:
		return nil
	case typ == durationType:
		return d.duration(v, field)
	}
	switch typ.Kind() {
	case reflect.Struct:
		return d.object(v, typ, field)
	case reflect.Slice:
		return d.list(v, typ.Elem(), field)
	case reflect.Map:
		return d.texts(v, typ.Elem(), field)
	case reflect.Bool:
		return d.boolean(v, field)
	}
	return d.text(v, field)
}

func (d *decoding) object(v any, typ reflect.Type, field string) any {
	members, ok := v.(map[string]any)
	if !ok {
		d.wrongType(field, "a mapping", v)
		return nil
	}
	known := fieldsOf(typ)
	cleaned := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		member, ok := known.types[key]
		if !ok {
			d.unknown(field+"."+key, key, known.names)
			continue
		}
		if c := d.clean(members[key], member, field+"."+key); c != nil {
			cleaned[key] = c
		}
	}
	return cleaned
}

// unknown reports a field that there is not, and what it may have been meant to be.
func (d *decoding) unknown(field, key string, names []string) {
	hint, most := "delete it", len(key)/3+1
	for _, name := range names {
		if n := levenshtein.Distance(strings.ToLower(key), strings.ToLower(name), nil); n < most {
			hint, most = "did you mean "+name+"?", n
		}
	}
	d.problem(unknownField, field, fmt.Sprintf("there is no field %s: server-side apply, which Flux uses, refuses the object; kubectl apply drops the field", field), hint)
}

func (d *decoding) list(v any, elem reflect.Type, field string) any {
	items, ok := v.([]any)
	if !ok {
		d.wrongType(field, "a list", v)
		return nil
	}
	cleaned := make([]any, len(items))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", field, i)
		if item == nil {
			d.wrongType(at, wanted(elem), item)
		} else {
			cleaned[i] = d.clean(item, elem, at)
		}
		if cleaned[i] == nil { // an element keeps its index, and so its position
			cleaned[i] = standIn(item, elem)
		}
	}
	return cleaned
}

// standIn returns what stands for an element of a list that cannot be decoded: a
// dependency by its name, and else nothing of that type.
func standIn(item any, typ reflect.Type) any {
	name, text := item.(string)
	switch {
	case text && typ == dependencyType:
		return map[string]any{"name": name}
	case wanted(typ) == "a mapping":
		return map[string]any{}
	}
	return ""
}

func wanted(typ reflect.Type) string {
	if typ.Kind() == reflect.Struct || typ.Kind() == reflect.Map {
		return "a mapping"
	}
	return "a text"
}

func (d *decoding) texts(v any, elem reflect.Type, field string) any {
	members, ok := v.(map[string]any)
	if !ok {
		d.wrongType(field, "a mapping", v)
		return nil
	}
	cleaned := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if c := d.clean(members[key], elem, field+"."+key); c != nil {
			cleaned[key] = c
		}
	}
	return cleaned
}

func (d *decoding) text(v any, field string) any {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any, []any:
		d.wrongType(field, "a text", v)
		return nil
	}
	d.wrongType(field, "a text", v)
	return fmt.Sprint(v)
}

func (d *decoding) boolean(v any, field string) any {
	b, ok := v.(bool)
	if ok {
		return b
	}
	d.wrongType(field, "true or false", v)
	if s, ok := v.(string); ok {
		if b, err := strconv.ParseBool(s); err == nil {
			return b
		}
	}
	return nil
}

// durationPattern is that of the CRD.
var durationPattern = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`)

func (d *decoding) duration(v any, field string) any {
	s, ok := v.(string)
	if !ok {
		d.wrongType(field, "a duration such as 5m", v)
		return nil
	}
	parsed, err := time.ParseDuration(s)
	refused := "the API server refuses the object, which takes numbers with ms, s, m or h"
	switch {
	case err != nil:
		d.problem(fieldType, field, fmt.Sprintf("%s is %q, which is no duration: %s", field, s, refused), "write it like 1h30m")
		return nil
	case parsed == 0 && field == "spec.interval":
		d.problem(fieldType, field, "spec.interval is zero: Flux would reconcile without a pause", "use a minute or more")
	case durationPattern.MatchString(s) || parsed < 0 || parsed < time.Millisecond: // FD202 reports the latter
	default:
		d.problem(fieldType, field, fmt.Sprintf("%s is %q: %s", field, s, refused), "write "+dag.FormatDuration(parsed))
	}
	return s
}

// structMembers are the members of a struct by their JSON names.
type structMembers struct {
	names []string
	types map[string]reflect.Type
}

var membersOf sync.Map // of reflect.Type to structMembers

func fieldsOf(typ reflect.Type) structMembers {
	if m, ok := membersOf.Load(typ); ok {
		return m.(structMembers)
	}
	m := structMembers{types: map[string]reflect.Type{}}
	for _, f := range reflect.VisibleFields(typ) {
		if name := jsonName(f); name != "" && name != "-" {
			m.names = append(m.names, name)
			m.types[name] = f.Type
		}
	}
	membersOf.Store(typ, m)
	return m
}
