package gen

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// literals writes Go values as literals of Go source.
type literals struct {
	notes goNotes // the comments to carry, by the path of the field
}

// literal writes a value of any type that a spec may hold; path is where it
// stands in the object. The type is left out where the list around it says it.
func (l *literals) literal(v reflect.Value, path string, elided bool) expr {
	switch v.Kind() {
	case reflect.Pointer:
		return l.pointer(v, path, elided)
	case reflect.Struct:
		return l.structure(v, path, elided)
	case reflect.Slice:
		return l.slice(v, path, elided)
	case reflect.Map:
		return l.mapping(v, path, elided)
	}
	return scalarExpr(v)
}

// scalarExpr writes a text, a truth or a number, as an untyped constant.
func scalarExpr(v reflect.Value) expr {
	switch v.Kind() {
	case reflect.String:
		return stringExpr(v.String())
	case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		text := fmt.Sprint(v)
		return codeExpr(jen.Id(text), len(text))
	}
	panic("gen: a spec holds a " + v.Type().String() + ", which scalarExpr does not know") // a test fills every field
}

func (l *literals) pointer(v reflect.Value, path string, elided bool) expr {
	elem := v.Elem()
	switch {
	case v.IsNil():
		return identExpr("nil")
	case elem.Kind() == reflect.Struct:
		if e := l.structure(elem, path, elided); elided {
			return e
		} else {
			return expr{jen.Op("&").Add(e.code), e.width + 1, e.tall, e.composite}
		}
	case elem.Kind() == reflect.Bool || elem.Type() == reflect.TypeFor[string]():
		return callExpr(identExpr("new"), scalarExpr(elem))
	}
	return callExpr(identExpr("new"), callExpr(typeExpr(elem.Type()), l.literal(elem, path, false)))
}

// structure leaves out the fields that are zero.
func (l *literals) structure(v reflect.Value, path string, elided bool) expr {
	if d, ok := v.Interface().(metav1.Duration); ok && d.Duration != 0 {
		return listExpr(headExpr(v, elided), "{", "}", []listElement{fieldElement("Duration", durationExpr(d.Duration))})
	}
	var elements []listElement
	for i := range v.NumField() {
		f, at := v.Type().Field(i), path
		if name := jsonName(f); name != "" {
			at += "." + name
		}
		if !v.Field(i).IsZero() {
			notes := l.notes.take(at)
			elements = append(elements, listElement{identExpr(f.Name), l.literal(v.Field(i), at, false), notes})
		}
	}
	return listExpr(headExpr(v, elided), "{", "}", elements)
}

func (l *literals) slice(v reflect.Value, path string, elided bool) expr {
	if v.IsNil() {
		return identExpr("nil")
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return callExpr(codeExpr(jen.Index().Byte(), len("[]byte")), stringExpr(string(v.Bytes())))
	}
	return listExpr(headExpr(v, elided), "{", "}", l.items(v, path, true))
}

// items writes the elements of a slice.
func (l *literals) items(v reflect.Value, path string, elided bool) []listElement {
	elements := make([]listElement, v.Len())
	for i := range elements {
		at := fmt.Sprintf("%s[%d]", path, i)
		notes := l.notes.take(at)
		elements[i] = listElement{value: l.literal(v.Index(i), at, elided), notes: notes}
	}
	return elements
}

// mapping writes the entries in the order of their keys.
func (l *literals) mapping(v reflect.Value, path string, elided bool) expr {
	if v.IsNil() {
		return identExpr("nil")
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	elements := make([]listElement, len(keys))
	for i, key := range keys {
		at := path + "." + key.String()
		quoted := strconv.Quote(key.String())
		elements[i] = listElement{codeExpr(jen.Id(quoted), len(quoted)), l.literal(v.MapIndex(key), at, true), l.notes.take(at)}
	}
	e := listExpr(headExpr(v, elided), "{", "}", elements)
	if len(elements) > 1 && !e.tall {
		e.tall = true
		e.code = listCode(headExpr(v, elided), "{", "}", elements, true)
	}
	return e
}

// headExpr is the type in front of a literal.
func headExpr(v reflect.Value, elided bool) expr {
	if elided {
		return expr{}
	}
	return typeExpr(v.Type())
}
