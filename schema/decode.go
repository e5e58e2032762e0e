package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/api/validate/content"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
)

// decode returns the object as the API server decodes it, without the fields that it
// does not know, and those fields (apiextensions-apiserver: unstructuredSchemaCoercer.apply).
// There is no object where it cannot be decoded at all.
//
// It is decoded as what Flux applies on the server's side: without the status, which Flux
// leaves out, and without what the API server sets itself in the metadata. A field
// without a value stays, though it would be left out of what is created.
func (s *Schema) decode(object map[string]any) (decoded map[string]any, found []Violation) {
	decoded, err := copied(object)
	if err != nil {
		return nil, undecodable("", err)
	}
	if err := s.drop(decoded); err != nil {
		return nil, undecodable("metadata", err)
	}
	for _, name := range []string{"kind", "apiVersion"} {
		if _, said, err := unstructured.NestedString(decoded, name); err != nil || !said {
			if err == nil {
				err = fmt.Errorf("%s is missing", name)
			}
			return nil, undecodable(name, err)
		}
	}
	meta, said, unknown, err := objectmeta.GetObjectMetaWithOptions(decoded, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, undecodable(metadataField(err), err)
	}
	unknown = append(unknown, pruning.PruneWithOptions(decoded, s.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	wrong, embedded := objectmeta.CoerceWithOptions(nil, decoded, s.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if wrong != nil {
		return nil, undecodable(wrong.Field, wrong)
	}
	if said {
		if err := objectmeta.SetObjectMeta(decoded, meta); err != nil {
			return nil, undecodable("metadata", err)
		}
	}
	for _, name := range append(unknown, embedded...) {
		reason := fmt.Sprintf("unknown field %q", name)
		found = append(found, Violation{name, reason, reason})
	}
	slices.SortFunc(found, compare)
	return decoded, slices.Compact(found)
}

// own are the fields of the metadata that the API server sets itself. An apply pays no
// attention to their values, but to their types as the OpenAPI schema has them: a time
// is any scalar, a number may have a fraction.
var own = map[string]func(any) bool{
	"creationTimestamp": isScalar, "deletionTimestamp": isScalar, "generation": isNumber, "deletionGracePeriodSeconds": isNumber, "selfLink": isText,
}

// drop takes out what an apply pays no attention to.
func (s *Schema) drop(object map[string]any) error {
	if s.hasStatus {
		delete(object, "status")
	}
	meta, ok := object["metadata"].(map[string]any)
	if !ok {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if v := meta[name]; v != nil && !own[name](v) {
			return fmt.Errorf("metadata.%s has a value of a wrong type", name)
		}
		delete(meta, name)
	}
	return identity(meta)
}

// identity refuses what only an object that is there already can have: files that were
// written by "kubectl get" hold it (apiserver: applyPatcher and rest.BeforeCreate).
func identity(meta map[string]any) error {
	if uid, _ := meta["uid"].(string); uid != "" {
		return fmt.Errorf("metadata.uid is set: uid mismatch, unless it is that of the object in the cluster")
	}
	if version, _ := meta["resourceVersion"].(string); version != "" && strings.Trim(version, "0123456789") != "" {
		return fmt.Errorf("metadata.resourceVersion is set: it is no number")
	}
	if meta["managedFields"] != nil {
		return fmt.Errorf("metadata.managedFields must be nil")
	}
	return nil
}

func isText(v any) bool { _, ok := v.(string); return ok }

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64:
		return true
	}
	return false
}

func isScalar(v any) bool {
	_, truth := v.(bool)
	return truth || isText(v) || isNumber(v)
}

// copied returns a deep copy with the types that Kubernetes decodes JSON into.
func copied(object map[string]any) (map[string]any, error) {
	data, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	var decoded map[string]any
	if err := utiljson.Unmarshal(data, &decoded); err != nil {
		return nil, err
	}
	if decoded == nil {
		decoded = map[string]any{}
	}
	return decoded, nil
}

func undecodable(field string, err error) []Violation {
	return []Violation{{field, err.Error(), err.Error()}}
}

// metadataField returns the field that the error of decoding the metadata is about.
func metadataField(err error) string {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		return "metadata." + e.Field
	}
	return "metadata"
}

// pathSegment is what every name in the API server must be (rest.validatePathSegment).
func pathSegment(name string, prefix bool) []string {
	if prefix {
		return content.IsPathSegmentPrefix(name)
	}
	return content.IsPathSegmentName(name)
}
