package plan

import (
	"encoding/json"
	"fmt"
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

// differ compares lists, mappings and texts of lines, and says nothing of others.
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
	case string:
		if now, same := now.(string); same && len(old)+len(now) > leastDiffed && strings.Contains(old, "\n") && strings.Contains(now, "\n") {
			return differLines(path, old, now)
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
	was, is := minusTexts(old, now), minusTexts(now, old)
	lead := ""
	if path != "" {
		lead = path + " "
	}
	if len(was)+len(is) == 0 {
		return []string{lead + "in another order, or number"}
	}
	if len(was) != len(is) {
		return slices.Concat(signed(lead+"-", was), signed(lead+"+", is))
	}
	var gone, come, all []string
	for i := range was {
		if inner := differ(fmt.Sprintf("%s[%d]", path, slices.IndexFunc(now, func(e any) bool { return text(e) == text(is[i]) })), was[i], is[i]); inner != nil && len(text(was[i]))+len(text(is[i])) > leastDiffed {
			all = append(all, inner...)
			continue
		}
		a, b := around(text(was[i]), text(is[i]))
		gone, come = append(gone, lead+"-"+a), append(come, lead+"+"+b)
	}
	return slices.Concat(gone, come, all)
}

// minusTexts are the elements of a that are not in b.
func minusTexts(a, b []any) []any {
	there := map[string]bool{}
	for _, element := range b {
		there[text(element)] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(element any) bool { return there[text(element)] })
}

func signed(sign string, elements []any) []string {
	var all []string
	for _, element := range elements {
		all = append(all, sign+cut(text(element), 0, len(text(element))))
	}
	return all
}

// differLines says which lines only one of two texts has, such as patches; nothing where these
// are most of them.
func differLines(path, old, now string) []string {
	lines := func(s string) []any {
		var all []any
		for line := range strings.SplitSeq(s, "\n") {
			all = append(all, line)
		}
		return all
	}
	was, is := lines(old), lines(now)
	gone, come := minusTexts(was, is), minusTexts(is, was)
	if n := len(gone) + len(come); n == 0 || n > max(len(was), len(is)) {
		return nil
	}
	var all []string
	for i, line := range slices.Concat(gone, come) {
		sign := "-"
		if i >= len(gone) {
			sign = "+"
		}
		line := strings.TrimSpace(line.(string))
		all = append(all, sign+cut(line, 0, len(line)))
	}
	return []string{strings.TrimPrefix(path+": ", ": ") + strings.Join(all, ", ")}
}
