package plan

import (
	"slices"
	"strings"
)

// The beginnings of the fields of Fixed that say what the Flux Operator is to make.
const (
	madeObject    = "makes "
	madeInput     = "input "
	madeComponent = "component "
)

// comes reports whether a field only adds something where it is new.
func comes(field string) bool {
	return slices.ContainsFunc([]string{madeObject, madeInput, madeComponent}, func(lead string) bool { return strings.HasPrefix(field, lead) })
}

// setsEffect says what the Flux Operator makes no longer, or makes otherwise.
func setsEffect(sets []replacement) string {
	var gone, stopped, other, parts, fields []string
	for _, r := range sets {
		is := fixedFields(r.now)
		for _, field := range r.fields {
			what, isObject := strings.CutPrefix(field, madeObject)
			component, isComponent := strings.CutPrefix(field, madeComponent)
			switch {
			case isComponent:
				stopped = append(stopped, component)
			case isObject && is[field] == "":
				gone = append(gone, what)
			case isObject:
				other = append(other, what)
			case strings.HasPrefix(field, madeInput):
				fields = append(fields, "inputs")
			default:
				fields = append(fields, field)
			}
		}
	}
	if len(gone) > 0 {
		parts = append(parts, "It no longer makes "+few(gone, maxNamed)+".")
	}
	if len(stopped) > 0 {
		parts = append(parts, "It no longer runs "+few(stopped, maxNamed)+", whose definitions may go too, with all custom resources of them.")
	}
	if len(other) > 0 {
		parts = append(parts, "It makes "+few(other, maxNamed)+" with another spec, by which more may go.")
	}
	if len(fields) > 0 {
		parts = append(parts, "Another value of "+few(unique(fields), maxNamed)+" may mean fewer objects, or other names.")
	}
	return "From these the Flux Operator makes objects, and deletes those that it no longer makes. " + strings.Join(parts, " ") + " Which objects go, if any, cannot be said here."
}
