package dag

import (
	"regexp"
	"slices"
	"strings"
)

// GiveWay drops the findings of the rules that give way ([Rule.GivesWay]) where an
// error of another rule is about the same field of the node, or about a value around or
// inside of it: what keeps the object from being admitted is said once. An error about
// the graph, such as a dependency that does not exist, says nothing about the other
// fields of its entry.
func (ds Diagnostics) GiveWay(rules []Rule) Diagnostics {
	yields := map[string]bool{}
	for _, r := range rules {
		if r.GivesWay {
			yields[r.Code] = true
		}
	}
	if len(yields) == 0 {
		return ds
	}
	said := map[string][]place{} // where there is an error, by node
	for _, d := range ds {
		if d.Severity == Error && d.Field != "" && !yields[d.Code] {
			said[d.Node] = append(said[d.Node], place{d.Field, aboutValue.MatchString(d.Code)})
		}
	}
	var kept Diagnostics
	for _, d := range ds {
		if !yields[d.Code] || !overlaps(d.Field, said[d.Node]) {
			kept = append(kept, d)
		}
	}
	return kept
}

// place is a field with an error.
type place struct {
	field string
	value bool // the error is about the value
}

// aboutValue are the codes of errors about a value: names (FD101), and what the API
// server and Flux make of a field.
var aboutValue = regexp.MustCompile(`^FD(101|2[0-9]{2})$`)

// overlaps reports whether a field is one of those with an error, or around or inside of
// one whose value is wrong.
func overlaps(field string, others []place) bool {
	return slices.ContainsFunc(others, func(other place) bool {
		return field == other.field || other.value && (within(field, other.field) || within(other.field, field))
	})
}

// within reports whether a field is another one, or inside of it.
func within(field, outer string) bool {
	rest, ok := strings.CutPrefix(field, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
