package schema

import (
	"fmt"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Schema is the CRD of one Flux version, ready to validate. It is safe for concurrent
// use.
type Schema struct {
	// Version is the one that was loaded.
	Version Version

	group, version, kind string
	namespaced           bool
	hasStatus            bool // as a subresource, which the API server sets apart
	structural           *schema.Structural
	validator            validation.SchemaValidator
	rules                func() *cel.Validator // the CRD's own, compiled when first asked for
}

// Load returns the schema of a Flux minor version, such as [Default]. The error of an
// unknown one lists those that are known.
func Load(flux string) (*Schema, error) {
	crd, err := read(flux)
	if err != nil {
		return nil, err
	}
	s, err := prepare(crd)
	if err != nil {
		return nil, fmt.Errorf("the CRD of Flux %s: %w", flux, err)
	}
	return s, nil
}

// prepare does with a CRD what the API server does before it serves it (apiextensions-apiserver:
// crdHandler.getOrCreateServingInfoFor).
func prepare(crd *apiextensionsv1.CustomResourceDefinition) (*Schema, error) {
	v := crd.Spec.Versions[0]
	var internal apiextensions.CustomResourceValidation
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(v.Schema, &internal, nil); err != nil {
		return nil, err
	}
	structural, err := schema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	structural = structural.DeepCopy() // the defaults are shared with internal
	if err := defaulting.PruneDefaults(structural); err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &Schema{
		Version: versionOf(crd), group: crd.Spec.Group, version: v.Name, kind: crd.Spec.Names.Kind,
		namespaced: crd.Spec.Scope == apiextensionsv1.NamespaceScoped,
		hasStatus:  v.Subresources != nil && v.Subresources.Status != nil,
		structural: structural, validator: validator,
		rules: sync.OnceValue(func() *cel.Validator { return cel.NewValidator(structural, true, celconfig.PerCallLimit) }),
	}, nil
}

// apiVersion is that of the objects which the schema is about.
func (s *Schema) apiVersion() string { return s.group + "/" + s.version }
