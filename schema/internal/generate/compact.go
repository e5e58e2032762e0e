package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// manifest is a CRD without a status.
type manifest struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        metadata                                     `json:"metadata"`
	Spec            apiextensionsv1.CustomResourceDefinitionSpec `json:"spec"`
}

type metadata struct {
	Name        string            `json:"name"`
	Annotations map[string]string `json:"annotations"`
}

// compact reduces a CRD to what validation needs: its version v1, without
// descriptions and columns.
func compact(data []byte, r release) ([]byte, error) {
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(data, &crd); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", crdFile, err)
	}
	if err := expected(&crd); err != nil {
		return nil, fmt.Errorf("%s: %w", crdFile, err)
	}
	v := crd.Spec.Versions[slices.IndexFunc(crd.Spec.Versions, isV1)]
	v.AdditionalPrinterColumns = nil
	strip(v.Schema.OpenAPIV3Schema)
	crd.Spec.Versions = []apiextensionsv1.CustomResourceDefinitionVersion{v}
	origin := map[string]string{"flux": r.flux, "module": module, "version": r.version}
	out, err := json.Marshal(manifest{crd.TypeMeta, metadata{crd.Name, origin}, crd.Spec})
	return append(out, '\n'), err
}

func isV1(v apiextensionsv1.CustomResourceDefinitionVersion) bool { return v.Name == "v1" }

// expected refuses what is not the whole CRD of a Kustomization.
func expected(crd *apiextensionsv1.CustomResourceDefinition) error {
	if crd.Kind != "CustomResourceDefinition" || crd.Spec.Names.Kind != "Kustomization" || crd.Spec.Group != "kustomize.toolkit.fluxcd.io" {
		return errors.New("it is not the CRD of Flux's Kustomization")
	}
	at := slices.IndexFunc(crd.Spec.Versions, isV1)
	if at < 0 || !crd.Spec.Versions[at].Served || crd.Spec.Versions[at].Schema == nil || crd.Spec.Versions[at].Schema.OpenAPIV3Schema == nil {
		return errors.New("it serves no version v1 with a schema")
	}
	v := crd.Spec.Versions[at]
	spec, status := v.Schema.OpenAPIV3Schema.Properties["spec"], v.Schema.OpenAPIV3Schema.Properties["status"]
	if len(spec.Properties) == 0 || len(spec.Required) == 0 || len(status.Properties) == 0 || v.Subresources == nil || v.Subresources.Status == nil {
		return errors.New("it is truncated: spec, its required fields, status and the subresource status must be there")
	}
	return nil
}

// strip takes the descriptions out of a schema, but not a field of that name.
func strip(s *apiextensionsv1.JSONSchemaProps) {
	if s == nil {
		return
	}
	s.Description = ""
	for name, property := range s.Properties {
		strip(&property)
		s.Properties[name] = property
	}
	if s.Items != nil {
		strip(s.Items.Schema)
	}
	if s.AdditionalProperties != nil {
		strip(s.AdditionalProperties.Schema)
	}
	for _, list := range [][]apiextensionsv1.JSONSchemaProps{s.AllOf, s.OneOf, s.AnyOf} {
		for i := range list {
			strip(&list[i])
		}
	}
	strip(s.Not)
}
