package dag

import (
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// What checkMetadata says of labels and annotations on the object itself, and of
// those that Flux puts on everything that the node applies.
const (
	ownMetadata    = "the API server refuses the object"
	commonMetadata = "the API server refuses everything that the node applies"
)

func checkMetadata(v *Vertex) []Diagnostic {
	found := checkLabels(v, "metadata.labels", v.object.Labels, ownMetadata)
	found = append(found, checkAnnotations(v, "metadata.annotations", v.object.Annotations, ownMetadata)...)
	if common := v.object.Spec.CommonMetadata; common != nil {
		found = append(found, checkLabels(v, "spec.commonMetadata.labels", common.Labels, commonMetadata)...)
		found = append(found, checkAnnotations(v, "spec.commonMetadata.annotations", common.Annotations, commonMetadata)...)
	}
	return found
}

const keyHint = "write it as prefix/name, the prefix a DNS name or left out, the name at most 63 letters, digits, '-', '_' and '.'"

func checkLabels(v *Vertex, field string, labels map[string]string, effect string) []Diagnostic {
	var found []Diagnostic
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		at := field + "[" + key + "]"
		if len(validation.IsQualifiedName(key)) > 0 {
			found = append(found, v.Report(at, keyHint, "the label key %s is not valid: %s", quote(key), effect))
		}
		if value := labels[key]; len(validation.IsValidLabelValue(value)) > 0 {
			found = append(found, v.Report(at, "use at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
				"the label %s has the value %s, which is not valid: %s", key, quote(value), effect))
		}
	}
	return found
}

// maxAnnotations is the size of all annotations of an object, keys and values.
const maxAnnotations = 256 << 10

func checkAnnotations(v *Vertex, field string, annotations map[string]string, effect string) []Diagnostic {
	var found []Diagnostic
	size := 0
	for _, key := range slices.Sorted(maps.Keys(annotations)) {
		size += len(key) + len(annotations[key])
		if len(validation.IsQualifiedName(strings.ToLower(key))) > 0 {
			found = append(found, v.Report(field+"["+key+"]", keyHint, "the annotation key %s is not valid: %s", quote(key), effect))
		}
	}
	if size > maxAnnotations {
		found = append(found, v.Report(field, "shorten them", "the annotations have %d bytes, more than %d: %s", size, maxAnnotations, effect))
	}
	return found
}
