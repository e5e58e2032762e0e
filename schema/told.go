package schema

import (
	"slices"
	"strings"
)

// distinct leaves out what says no more than another violation.
func (s *Schema) distinct(all []Violation) []Violation {
	return slices.DeleteFunc(slices.Clone(all), func(v Violation) bool {
		return v.Field == unchecked || slices.ContainsFunc(all, func(other Violation) bool { return s.covers(other, v) })
	})
}

// covers reports whether a violation says what the other is about.
func (s *Schema) covers(v, other Violation) bool {
	if other.Reason == "FieldValueRequired" {
		// A later Flux has another field for it.
		in, _ := split(v.Field)
		from, _ := split(other.Field)
		return in == from && v.unknownField() && s.newer(v) != ""
	}
	// An empty text is first of all too short.
	return v.isEmpty() && other.isEmpty() && v.Field == other.Field && len(v.Message) < len(other.Message)
}

// told is what the API server does, and why, in its own words as far as they help.
func (s *Schema) told(v Violation) string {
	const refuses = "the API server refuses the object: "
	message := v.Field + ": " + v.Message
	switch {
	case v.isNull():
		return v.Field + " has no value: Flux applies on the server's side, and the API server refuses a field without one"
	case v.Reason == v.Message || v.Field == "":
		message = v.Message
	}
	if v.ofMetadata() {
		return refuses + message // no CRD decides
	}
	return "with the CRD of Flux " + s.Version.Flux + " " + refuses + message
}

// advice is the one change that mends it, as far as the reason tells.
func (s *Schema) advice(v Violation) string {
	newer := s.newer(v)
	switch {
	case v.unknownField() && newer != "":
		return newer + ": upgrade Flux, or delete the field"
	case v.unknownField():
		return "correct its name, or delete it"
	case v.Reason == "FieldValueRequired":
		return "set " + dotted(v.Field)
	case v.Reason == "FieldValueTypeInvalid" && strings.Contains(v.Message, `"null"`):
		return "give it a value, or delete it"
	case v.Reason == "FieldValueNotSupported" && newer != "":
		return newer + ": upgrade Flux, or write one of the values that are supported"
	case v.isEmpty() && (v.Field == "metadata.finalizers" || !v.ofMetadata() && !s.requires(v.Field)):
		return "delete it"
	case v.Reason == "FieldValueNotSupported":
		return "write one of the values that are supported"
	}
	return "write a value that the message admits"
}

// unknownField reports whether the violation is about a field that there is not.
func (v Violation) unknownField() bool { return strings.HasPrefix(v.Reason, "unknown field") }

// ofMetadata reports whether the violation is about what no CRD describes.
func (v Violation) ofMetadata() bool {
	return v.Field == "metadata" || strings.HasPrefix(v.Field, "metadata.")
}

// isNull reports whether the violation is about a field with nothing behind it.
func (v Violation) isNull() bool {
	return v.Reason == "FieldValueTypeInvalid" && strings.HasPrefix(v.Message, `Invalid value: "null": `) && !strings.HasSuffix(v.Field, "]")
}

// isEmpty reports whether the violation is about an empty text.
func (v Violation) isEmpty() bool { return strings.HasPrefix(v.Message, `Invalid value: "": `) }
