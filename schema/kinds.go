package schema

import (
	"reflect"
	"slices"
	"sync"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// builtIn knows the kinds of Kubernetes that people wait for. Those that this module
// links anyway: no kind is worth a package that starts with the program.
var builtIn = sync.OnceValues(func() (*runtime.Scheme, error) {
	s := runtime.NewScheme()
	builder := runtime.SchemeBuilder{appsv1.AddToScheme, autoscalingv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme,
		corev1.AddToScheme, networkingv1.AddToScheme, policyv1.AddToScheme, apiextensionsv1.AddToScheme}
	return s, builder.AddToScheme(s)
})

// shapesOf returns the shapes that an object of a kind can have: one for each version
// of it, because Flux goes by group and kind alone, and none where the kind is not
// known.
func (s *Schema) shapesOf(apiVersion, kind string) []shape {
	gk := schema.FromAPIVersionAndKind(apiVersion, kind).GroupKind()
	if gk.Group == s.group && gk.Kind == s.kind {
		return []shape{s.shape()}
	}
	known, err := builtIn()
	if err != nil {
		return nil
	}
	var shapes []shape
	for _, version := range known.PrioritizedVersionsForGroup(gk.Group) {
		if typ, ok := known.KnownTypes(version)[gk.Kind]; ok {
			shapes = append(shapes, newTypeShape(typ))
		}
	}
	return shapes
}

// shape returns that of a Kustomization.
func (s *Schema) shape() shape {
	meta := newTypeShape(reflect.TypeFor[metav1.ObjectMeta]())
	return objectShape{newSchemaShape(s.structural).(schemaShape), meta}
}

// objectShape is the shape of a whole custom resource, whose metadata no CRD describes.
type objectShape struct {
	schemaShape
	metadata shape
}

func (s objectShape) field(name string) (shape, bool) {
	if name == "metadata" {
		return s.metadata, true
	}
	return s.schemaShape.field(name)
}

func (s objectShape) names() []string {
	names := s.schemaShape.names()
	if !slices.Contains(names, "metadata") {
		names = append(names, "metadata")
	}
	return names
}

// typedShape is that of an object which the controller has read as a typed one: dep of a
// readyExpr has no kind and no apiVersion, self has both.
type typedShape struct{ shape }

func (s typedShape) field(name string) (shape, bool) {
	if name == "kind" || name == "apiVersion" {
		return nil, false
	}
	return s.shape.field(name)
}

func (s typedShape) names() []string {
	return slices.DeleteFunc(s.shape.names(), func(name string) bool { return name == "kind" || name == "apiVersion" })
}
