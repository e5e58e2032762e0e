package schema

import (
	"cmp"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Violation is one thing for which the API server refuses an object.
type Violation struct {
	// Field is the path of the field as the API server writes it, such as
	// "spec.dependsOn[0].name".
	Field string
	// Reason is the type of a cause in the API server's answer, such as
	// FieldValueInvalid, or the whole error where the object cannot even be decoded:
	// unknown field "spec.dependOn".
	Reason string
	// Message is the cause's own. That of an error of decoding repeats Reason.
	Message string
}

// Cause returns the violation on one line: field and reason, or the error of decoding.
func (v Violation) Cause() string {
	if v.Reason == v.Message {
		return v.Reason
	}
	return v.Field + ": " + v.Reason
}

// unchecked is the field of the cause by which the API server says that it did not get
// as far as the CRD's rules. It stands beside other causes, and is about no field.
var unchecked = (*field.Path)(nil).String()

// violations turns the API server's errors into violations, in one order: it does not
// itself keep to one.
func violations(errs field.ErrorList) []Violation {
	var all []Violation
	for _, err := range errs {
		all = append(all, Violation{Field: err.Field, Reason: string(err.Type), Message: err.ErrorBody()})
	}
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}

func compare(a, b Violation) int {
	return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Message, b.Message))
}
