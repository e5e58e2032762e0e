package gen

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var (
	durationType   = reflect.TypeFor[metav1.Duration]()
	dependencyType = reflect.TypeFor[kustomizev1.DependencyReference]()
)

// decode puts a value into a typed one and reports whether it did. It knows the kinds
// that the types of the API are made of. Null is what is not said, as the API server
// sees it; what does not fit is a problem and is left out.
func (d *decoding) decode(v any, into reflect.Value) bool {
	switch {
	case v == nil:
		return false
	case into.Kind() == reflect.Pointer:
		target := reflect.New(into.Type().Elem())
		if !d.decode(v, target.Elem()) {
			return false
		}
		into.Set(target)
		return true
	case into.Type() == durationType:
		return d.duration(v, into)
	}
	switch into.Kind() {
	case reflect.Struct:
		return d.object(v, into, nil)
	case reflect.Slice:
		return d.list(v, into)
	case reflect.Map:
		return d.texts(v, into)
	case reflect.Bool:
		return d.boolean(v, into)
	case reflect.String:
		return d.text(v, into)
	}
	d.problem(fieldType, "fluxdag does not know the type of "+d.path.String(), "report it")
	return false
}

// object decodes the members of a struct; said, where it is wanted, tells which.
func (d *decoding) object(v any, into reflect.Value, said map[string]bool) bool {
	members, ok := v.(map[string]any)
	if !ok {
		return d.wrongType("a mapping", v)
	}
	known := fieldsOf(into.Type())
	for _, key := range sortedKeys(members) {
		d.path.enter(key)
		if index, ok := known.index[key]; !ok {
			d.unknown(key, known.names)
		} else if d.decode(members[key], into.FieldByIndex(index)) && said != nil {
			said[key] = true
		}
		d.path.leave()
	}
	return true
}

// list decodes a list. An element that does not fit keeps its index, and so its
// position: a dependency that is a text is taken for its name, and else it is empty.
func (d *decoding) list(v any, into reflect.Value) bool {
	items, ok := v.([]any)
	if !ok {
		return d.wrongType("a list", v)
	}
	into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
	for i, item := range items {
		d.path.enterItem(i)
		d.item(item, into.Index(i))
		d.path.leave()
	}
	return true
}

func (d *decoding) item(item any, into reflect.Value) {
	if item == nil {
		want := "a text"
		if into.Kind() != reflect.String {
			want = "a mapping"
		}
		d.wrongType(want, item)
		return
	}
	name, text := item.(string)
	if !d.decode(item, into) && text && into.Type() == dependencyType {
		into.Set(reflect.ValueOf(kustomizev1.DependencyReference{Name: name}))
	}
}

// texts decodes a mapping of texts.
func (d *decoding) texts(v any, into reflect.Value) bool {
	members, ok := v.(map[string]any)
	if !ok {
		return d.wrongType("a mapping", v)
	}
	into.Set(reflect.MakeMapWithSize(into.Type(), len(members)))
	for _, key := range sortedKeys(members) {
		text := reflect.New(into.Type().Elem()).Elem()
		d.path.enter(key)
		if d.decode(members[key], text) {
			into.SetMapIndex(reflect.ValueOf(key).Convert(into.Type().Key()), text)
		}
		d.path.leave()
	}
	return true
}

// text decodes a text; a number and a boolean are carried as they are spelt.
func (d *decoding) text(v any, into reflect.Value) bool {
	switch v := v.(type) {
	case string:
		into.SetString(v)
		return true
	case map[string]any, []any:
		return d.wrongType("a text", v)
	}
	into.SetString(fmt.Sprint(v))
	d.wrongType("a text", v)
	return true
}

func (d *decoding) boolean(v any, into reflect.Value) bool {
	b, ok := v.(bool)
	if !ok {
		d.wrongType("true or false", v)
		text, _ := v.(string)
		var err error
		if b, err = strconv.ParseBool(text); err != nil {
			return false
		}
	}
	into.SetBool(b)
	return true
}

// stopsAll is what is said of a value for which the controller can list no Kustomization any more.
const stopsAll = ", and from then on reconciles no Kustomization of the cluster"

// StopsAll reports whether for a finding about one Kustomization Flux reconciles none of the cluster.
func StopsAll(d dag.Diagnostic) bool { return strings.HasSuffix(d.Message, stopsAll) }

// durationPattern is that of the CRD.
var durationPattern = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`)

func (d *decoding) duration(v any, into reflect.Value) bool {
	s, ok := v.(string)
	if !ok {
		return d.wrongType("a duration such as 5m", v)
	}
	parsed, err := time.ParseDuration(s)
	refused := "the API server refuses the object, which takes numbers with ms, s, m or h"
	switch {
	case err != nil && durationPattern.MatchString(s):
		d.problem(fieldType, fmt.Sprintf("%s is %q, longer than any duration: the API server admits it, but the controller cannot decode it%s", d.path, s, stopsAll), "write a shorter one")
		return false
	case err != nil:
		d.problem(fieldType, fmt.Sprintf("%s is %q, which is no duration: %s", d.path, s, refused), "write it like 1h30m")
		return false
	case parsed == 0 && d.path.String() == "spec.interval":
		d.problem(fieldType, "spec.interval is zero: Flux reconciles the node when something of it changes, and never by itself, so what is changed in the cluster stays so", "use a minute or more")
		d.problems[len(d.problems)-1].Severity = dag.Warning
	case parsed < time.Millisecond && parsed != 0: // FD202
	case !durationPattern.MatchString(s):
		d.problem(fieldType, fmt.Sprintf("%s is %q: %s", d.path, s, refused), "write "+dag.FormatDuration(parsed))
	}
	into.Set(reflect.ValueOf(metav1.Duration{Duration: parsed}))
	return true
}
