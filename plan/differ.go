package plan

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// leastDiffed is how long two values are together of which only what differs is shown.
const leastDiffed = 120

// elements says which elements of a list, or which fields, only one of two values has; nothing
// where they are short, or no lists and mappings. Of a spec.ignore it says which lines.
func (f Field) elements() string {
	if f.name() == ignoreField {
		var old, now []any
		_, _ = json.Unmarshal([]byte(f.Old), &old), json.Unmarshal([]byte(f.New), &now) // none where there is no text
		return strings.Join(differLists("", old, now), ", ")
	}
	var old, now any
	if len(f.Old)+len(f.New) < leastDiffed || json.Unmarshal([]byte(f.Old), &old) != nil || json.Unmarshal([]byte(f.New), &now) != nil {
		return ""
	}
	return strings.Join(differ("", old, now), ", ")
}

// differ compares lists and mappings of the same kind, and says nothing of others.
func differ(path string, old, now any) []string {
	switch old := old.(type) {
	case map[string]any:
		if now, same := now.(map[string]any); same {
			return differMaps(path, old, now)
		}
	case []any:
		if now, same := now.([]any); same {
			return differLists(path, old, now)
		}
	}
	return nil
}

func differMaps(path string, old, now map[string]any) []string {
	var all []string
	for _, name := range sortedKeys(union(old, now)) {
		was, had := old[name]
		is, has := now[name]
		if reflect.DeepEqual(was, is) {
			continue
		}
		at := strings.TrimPrefix(path+"."+name, ".")
		if inner := differ(at, was, is); inner != nil {
			all = append(all, inner...)
			continue
		}
		f := Field{Path: at}
		if had {
			f.Old = text(was)
		}
		if has {
			f.New = text(is)
		}
		all = append(all, at+": "+f.change())
	}
	return all
}

func differLists(path string, old, now []any) []string {
	var was, is, all []string
	for _, element := range old {
		was = append(was, text(element))
	}
	for _, element := range now {
		is = append(is, text(element))
	}
	lead := ""
	if path != "" {
		lead = path + " "
	}
	for _, element := range was {
		if !slices.Contains(is, element) {
			all = append(all, lead+"-"+cut(element, 0, len(element)))
		}
	}
	for _, element := range is {
		if !slices.Contains(was, element) {
			all = append(all, lead+"+"+cut(element, 0, len(element)))
		}
	}
	if all == nil {
		return []string{lead + "in another order, or number"}
	}
	return all
}
