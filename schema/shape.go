package schema

import (
	"encoding/json"
	"reflect"
	"strings"

	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
)

// shape is what is known of a value in an object: which fields and items it can have.
// Nil is one of which nothing is known.
type shape interface {
	// field returns the shape of a field, and false where there can be none.
	field(name string) (shape, bool)
	// item returns the shape of what an index that is not known leads to.
	item() shape
	// element returns the shape of the items of a list, nil of anything else.
	element() shape
	// names lists the fields, where they are known.
	names() []string
}

// typeShape is the shape of a Go type of the API.
type typeShape struct{ typ reflect.Type }

// newTypeShape returns nil for a type that writes its JSON itself, or could be
// anything: its fields are not those of the JSON.
func newTypeShape(typ reflect.Type) shape {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() == reflect.Interface || reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Marshaler]()) {
		return nil
	}
	return typeShape{typ}
}

func (s typeShape) field(name string) (shape, bool) {
	switch s.typ.Kind() {
	case reflect.Map:
		return newTypeShape(s.typ.Elem()), true
	case reflect.Struct:
		for f := range jsonFields(s.typ) {
			if jsonName(f) == name {
				return newTypeShape(f.Type), true
			}
		}
	}
	return nil, false
}

func (s typeShape) item() shape {
	if kind := s.typ.Kind(); kind == reflect.Map || kind == reflect.Slice {
		return newTypeShape(s.typ.Elem())
	}
	return nil
}

func (s typeShape) element() shape {
	if s.typ.Kind() != reflect.Slice || s.typ.Elem().Kind() == reflect.Uint8 {
		return nil // JSON has bytes as a text
	}
	return newTypeShape(s.typ.Elem())
}

func (s typeShape) names() []string {
	var names []string
	if s.typ.Kind() == reflect.Struct {
		for f := range jsonFields(s.typ) {
			names = append(names, jsonName(f))
		}
	}
	return names
}

// jsonFields visits the fields that encoding/json writes.
func jsonFields(typ reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(typ) {
			if name := jsonName(f); f.IsExported() && name != "" && name != "-" && inlined(typ, f.Index) && !yield(f) {
				return
			}
		}
	}
}

// inlined reports whether the structs around a promoted field have no names of their own:
// ObjectMeta is embedded, and its fields are inside of "metadata".
func inlined(typ reflect.Type, index []int) bool {
	for i := 1; i < len(index); i++ {
		if jsonName(typ.FieldByIndex(index[:i])) != "" {
			return false
		}
	}
	return true
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// schemaShape is the shape of a value that a CRD describes.
type schemaShape struct{ *structural.Structural }

// newSchemaShape returns nil where anything is admitted.
func newSchemaShape(s *structural.Structural) shape {
	if s == nil || s.XPreserveUnknownFields || s.XIntOrString || s.XEmbeddedResource || s.Type == "" {
		return nil
	}
	return schemaShape{s}
}

func (s schemaShape) field(name string) (shape, bool) {
	if property, ok := s.Properties[name]; ok {
		return newSchemaShape(&property), true
	}
	if s.AdditionalProperties != nil {
		return newSchemaShape(s.AdditionalProperties.Structural), true
	}
	return nil, false
}

func (s schemaShape) item() shape {
	if s.AdditionalProperties != nil {
		return newSchemaShape(s.AdditionalProperties.Structural)
	}
	return newSchemaShape(s.Items)
}

func (s schemaShape) element() shape { return newSchemaShape(s.Items) }

func (s schemaShape) names() []string {
	var names []string
	for name := range s.Properties {
		names = append(names, name)
	}
	return names
}
