package repo

import (
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// textAt returns the text of a field that is given as findings give it, such as
// spec.healthChecks[0].kind or metadata.labels[team]; "" where there is none.
func textAt(object map[string]any, field string) string {
	var at any = object
	for field != "" {
		var step string
		if rest, ok := strings.CutPrefix(field, "["); ok {
			step, field, _ = strings.Cut(rest, "]")
		} else if i := strings.IndexAny(field, ".["); i >= 0 {
			step, field = field[:i], field[i:]
		} else {
			step, field = field, ""
		}
		field = strings.TrimPrefix(field, ".")
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return ""
			}
			at = v[i]
		default:
			return ""
		}
	}
	s, _ := at.(string)
	return s
}

// beyondKnowing reports whether a finding judges the value, or the key, of a field that
// only the cluster knows.
func (out *Cluster) beyondKnowing(d dag.Diagnostic, judging map[string]bool) bool {
	return judging[d.Code] && d.Field != "" && (IsSymbolic(d.Field) || IsSymbolic(textAt(out.bodies[d.Node], d.Field)))
}

// judging are the codes of the rules of the graph that judge the value of the field
// which they report.
func judging() map[string]bool {
	codes := map[string]bool{}
	for _, r := range dag.Rules() {
		if r.OfValue {
			codes[r.Code] = true
		}
	}
	return codes
}
