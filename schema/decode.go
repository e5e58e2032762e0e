package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/api/validate/content"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
)

// decode returns the object as the API server decodes it, without the fields that it
// does not know, and those fields (apiextensions-apiserver: unstructuredSchemaCoercer.apply).
// There is no object where it cannot be decoded at all. Fields without a value are left
// out of what is created, not of what is applied.
func (s *Schema) decode(object map[string]any, how request) (decoded map[string]any, found []Violation) {
	decoded, err := copied(object)
	if err != nil {
		return nil, undecodable("", err)
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
	if how == create {
		defaulting.PruneNonNullableNullsWithoutDefaults(decoded, s.structural)
	}
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
