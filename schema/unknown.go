package schema

import (
	"fmt"
	"slices"
	"strings"
)

// unknown reports whether a text holds what only the cluster knows.
func (j judged) unknown(text string) bool { return j.Unknown != nil && j.Unknown(text) }

// unknownFields lists the fields whose values, or whose names, only the cluster knows.
func (j judged) unknownFields() []string {
	if j.Unknown == nil {
		return nil
	}
	var fields []string
	eachText(j.body, "", func(field, text string) {
		if j.Unknown(text) {
			fields = append(fields, field)
		}
	})
	return fields
}

// eachText visits the texts in a decoded value, the names of fields among them.
func eachText(v any, field string, visit func(field, text string)) {
	switch v := v.(type) {
	case string:
		visit(field, v)
	case []any:
		for i, item := range v {
			eachText(item, fmt.Sprintf("%s[%d]", field, i), visit)
		}
	case map[string]any:
		for name, value := range v {
			at := strings.TrimPrefix(field+"."+name, ".")
			visit(at, name)
			eachText(value, at, visit)
		}
	}
}

// concerns reports whether one of the fields is the one at path, or inside of it: what
// is wrong there may come right with the value.
func concerns(fields []string, path string) bool {
	return slices.ContainsFunc(fields, func(field string) bool {
		rest, ok := strings.CutPrefix(field, path)
		return ok && (rest == "" || path == "" || rest[0] == '.' || rest[0] == '[')
	})
}
