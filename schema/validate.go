package schema

import (
	"context"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Validate returns what the API server would refuse a new object for that Flux applies on
// the server's side; nothing where it admits it. An object with unknown fields is not
// looked at further, and neither is it here. The object is not changed, and may hold
// whatever encoding/json can write.
func (s *Schema) Validate(object map[string]any) []Violation {
	decoded, found := s.decode(object)
	if len(found) > 0 {
		return found
	}
	return violations(s.admit(decoded))
}

// validateAll is [Schema.Validate], but goes on with what is left of an object whose
// unknown fields are taken out: a person wants to know all at once.
func (s *Schema) validateAll(object map[string]any) []Violation {
	decoded, found := s.decode(object)
	if decoded == nil {
		return found
	}
	return append(found, violations(s.admit(decoded))...)
}

// admit runs what the API server runs on a decoded object, in its order
// (apiextensions-apiserver: customResourceStrategy; apiserver: rest.BeforeCreate). The
// defaults are in it by then.
func (s *Schema) admit(object map[string]any) field.ErrorList {
	defaulting.Default(object, s.structural)
	u := &unstructured.Unstructured{Object: object}
	generateName(u)
	errs := s.validateKind(u)
	if len(errs) > 0 {
		return errs
	}
	errs = apivalidation.ValidateObjectMetaAccessor(u, s.namespaced, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	errs = append(errs, validation.ValidateCustomResource(nil, object, s.validator)...)
	errs = append(errs, objectmeta.Validate(nil, object, s.structural, false)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, s.structural, object)...)
	if errs = append(errs, s.validateRules(object, errs)...); len(errs) > 0 {
		return errs
	}
	return apivalidation.ValidateObjectMetaAccessor(u, s.namespaced, pathSegment, field.NewPath("metadata"))
}

// validateKind is the first check (customResourceValidator.ValidateTypeMeta).
func (s *Schema) validateKind(u *unstructured.Unstructured) field.ErrorList {
	var errs field.ErrorList
	if got := u.GetKind(); got != s.kind {
		errs = append(errs, field.Invalid(field.NewPath("kind"), got, "must be "+s.kind))
	}
	if got := u.GetAPIVersion(); got != s.apiVersion() {
		errs = append(errs, field.Invalid(field.NewPath("apiVersion"), got, "must be "+s.apiVersion()))
	}
	return errs
}

// blocking are the errors after which the CRD's own rules are not run (hasBlockingErr).
var blocking = map[field.ErrorType]bool{
	field.ErrorTypeNotSupported: true, field.ErrorTypeRequired: true, field.ErrorTypeTooLong: true,
	field.ErrorTypeTooMany: true, field.ErrorTypeTypeInvalid: true,
}

// validateRules runs the CRD's x-kubernetes-validations.
func (s *Schema) validateRules(object map[string]any, before field.ErrorList) field.ErrorList {
	if !hasRules(s.structural) {
		return nil
	}
	for _, err := range before {
		if blocking[err.Type] {
			return field.ErrorList{field.Invalid(nil, nil, "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation")}
		}
	}
	if !ruled(object, s.structural) {
		return nil // compiling the rules takes as long as a hundred objects
	}
	errs, _ := s.rules().Validate(context.Background(), nil, s.structural, object, nil, celconfig.RuntimeCELCostBudget)
	return errs
}

// generateName names an object that leaves that to the API server.
func generateName(u *unstructured.Unstructured) {
	const most, random = 58, "xxxxx" // as k8s.io/apiserver/pkg/storage/names
	if base := u.GetGenerateName(); u.GetName() == "" && base != "" {
		u.SetName(fmt.Sprintf("%.*s%s", most, base, random))
	}
}
