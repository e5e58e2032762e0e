package gen

import (
	"reflect"
	"slices"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// specOrder is the order in which people read a spec: what it waits for, when
// it runs, what it applies, when it is ready, how it is changed. It is no list
// of the fields there are: one that is missing here is written at the end.
var specOrder = []string{
	"suspend", "dependsOn", "interval", "retryInterval", "timeout",
	"sourceRef", "path", "components", "ignoreMissingComponents",
	"prune", "deletionPolicy", "force",
	"wait", "healthChecks", "healthCheckExprs",
	"serviceAccountName", "kubeConfig",
	"targetNamespace", "namePrefix", "nameSuffix", "commonMetadata",
	"images", "patches", "buildMetadata", "ignore", "decryption", "postBuild",
}

// objectOrder is the order of every Kubernetes object.
var objectOrder = []string{"apiVersion", "kind", "metadata", "spec"}

// durationFields are the fields of the spec that hold a duration.
var durationFields = func() map[string]bool {
	fields := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[kustomizev1.KustomizationSpec]()) {
		if f.Type == reflect.TypeFor[metav1.Duration]() || f.Type == reflect.TypeFor[*metav1.Duration]() {
			fields[jsonName(f)] = true
		}
	}
	return fields
}()

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// arrange turns the tree of a Kustomization into the form that is written:
// metadata and spec without what the controller owns, the spec in human order,
// durations short, and the two defaults that people want to see spelt out.
func arrange(object *yaml.Node) {
	remove(object, "status")
	remove(get(object, "metadata"), "creationTimestamp")
	spec := get(object, "spec")
	for i := 0; i < len(spec.Content); i += 2 {
		if key, value := spec.Content[i].Value, spec.Content[i+1]; durationFields[key] {
			if d, err := time.ParseDuration(value.Value); err == nil {
				*value = *stringNode(dag.FormatDuration(d))
			}
		}
	}
	if get(spec, "healthChecks") == nil {
		setDefault(spec, "wait")
	}
	if from := get(get(spec, "postBuild"), "substituteFrom"); from != nil {
		for _, ref := range from.Content {
			setDefault(ref, "optional")
		}
	}
	sortKeys(spec, specOrder)
	sortKeys(object, objectOrder)
}

// get returns the value of a key, or nil.
func get(mapping *yaml.Node, key string) *yaml.Node {
	if mapping == nil {
		return nil
	}
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

func remove(mapping *yaml.Node, key string) {
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			mapping.Content = slices.Delete(mapping.Content, i, i+2)
			return
		}
	}
}

// setDefault writes out a false that encoding leaves away.
func setDefault(mapping *yaml.Node, key string) {
	if get(mapping, key) == nil {
		mapping.Content = append(mapping.Content, stringNode(key), boolNode(false))
	}
}

// sortKeys puts the keys of a mapping into that order; others follow as they
// stood.
func sortKeys(mapping *yaml.Node, order []string) {
	pairs := slices.Collect(slices.Chunk(mapping.Content, 2))
	rank := func(pair []*yaml.Node) int {
		if i := slices.Index(order, pair[0].Value); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(pairs, func(a, b []*yaml.Node) int { return rank(a) - rank(b) })
	mapping.Content = slices.Concat(pairs...)
}
