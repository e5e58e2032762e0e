package dag

import "strings"

// GiveWay drops the findings of the rules that give way ([Rule.GivesWay]) where an
// error of another rule is about the same field of the node, or one around or inside
// of it: what keeps the object from being admitted is said once.
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
	said := map[string][]string{} // the fields with an error, by node
	for _, d := range ds {
		if d.Severity == Error && d.Field != "" && !yields[d.Code] {
			said[d.Node] = append(said[d.Node], d.Field)
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

// overlaps reports whether a field is one of others, or around or inside of one.
func overlaps(field string, others []string) bool {
	for _, other := range others {
		if within(field, other) || within(other, field) {
			return true
		}
	}
	return false
}

// within reports whether a field is another one, or inside of it.
func within(field, outer string) bool {
	rest, ok := strings.CutPrefix(field, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
