package schema

import structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"

// hasRules reports whether a schema has rules of its own (x-kubernetes-validations)
// anywhere.
func hasRules(s *structural.Structural) bool {
	if s == nil {
		return false
	}
	if len(s.XValidations) > 0 || hasRules(s.Items) {
		return true
	}
	for _, property := range s.Properties {
		if hasRules(&property) {
			return true
		}
	}
	return s.AdditionalProperties != nil && hasRules(s.AdditionalProperties.Structural)
}

// ruled reports whether a value, or one inside of it, is one that rules are about: they
// run on what is there.
func ruled(v any, s *structural.Structural) bool {
	if s == nil {
		return false
	}
	if len(s.XValidations) > 0 {
		return true
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if ruled(item, s.Items) {
				return true
			}
		}
	case map[string]any:
		for name, value := range v {
			property, ok := s.Properties[name]
			if ok && ruled(value, &property) || s.AdditionalProperties != nil && ruled(value, s.AdditionalProperties.Structural) {
				return true
			}
		}
	}
	return false
}
