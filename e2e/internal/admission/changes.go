package admission

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// field makes the changes of one field and of all below it.
func field(path []any, schema map[string]any) []change {
	var all []change
	put := func(what string, value any) {
		all = append(all, change{name: name(path) + " " + what, path: slices.Clone(path), value: value})
	}
	put("absent", absent{})
	for _, v := range kinds {
		put(v.what, v.value)
	}
	switch schema["type"] {
	case "string":
		for _, s := range texts(schema) {
			put(fmt.Sprintf("%.40q", s), s)
		}
	case "object":
		if _, free := schema["additionalProperties"]; !free {
			all = append(all, change{name(path) + " with an unknown field", append(slices.Clone(path), "unknown"), "x"},
				change{name(path) + " with an unknown object", append(slices.Clone(path), "dependOn"), map[string]any{"a": []any{1}}})
		}
		for _, key := range []string{"", "a b", "a/b", "ünïcode", "_UPPER_1", strings.Repeat("k", 300)} {
			all = append(all, change{name(path) + fmt.Sprintf(" with the key %.20q", key), append(slices.Clone(path), key), "x"})
		}
		subset := map[string]any{}
		for _, p := range sortedKeys(properties(schema)) {
			s := properties(schema)[p]
			put("with only "+p, map[string]any{p: sample(s)})
			subset[p] = sample(s)
			all = append(all, field(append(slices.Clone(path), p), s)...)
		}
		put("with every field", subset)
		if values, ok := schema["additionalProperties"].(map[string]any); ok {
			all = append(all, field(append(slices.Clone(path), "key"), values)...)
		}
	case "array":
		item := schema["items"].(map[string]any)
		put("with two alike", []any{sample(item), sample(item)})
		many := make([]any, 20)
		for i := range many {
			many[i] = sample(item)
		}
		put("with twenty", many)
		put("with a null", []any{sample(item), nil})
		all = append(all, field(append(slices.Clone(path), 0), item)...)
	}
	return all
}

// kinds are values of every type that JSON has.
var kinds = []struct {
	what  string
	value any
}{
	{"null", nil}, {"true", true}, {"false", false}, {"zero", 0}, {"an integer", -7}, {"a large integer", int64(1) << 40}, {"a fraction", 1.5},
	{"an empty text", ""}, {"a text", "text"}, {"a text that looks like a truth value", "true"}, {"a text that looks like a number", "1"},
	{"an empty list", []any{}}, {"a list", []any{"x"}}, {"an empty object", map[string]any{}}, {"an object", map[string]any{"x": "y"}},
}

// texts are values around the bounds of a text.
func texts(schema map[string]any) []string {
	all := []string{" ", "a\nb", "\x00", "ünïcode", "日本", "\u2028", "${VAR}", "*", "../..", strings.Repeat("long ", 60)}
	if enum, ok := schema["enum"].([]any); ok {
		for _, member := range enum {
			s := member.(string)
			all = append(all, s, s+"x", " "+s, strings.ToLower(s), strings.ToUpper(s))
		}
	}
	if pattern, ok := schema["pattern"].(string); ok {
		for i := range 6 {
			s := rapid.StringMatching(pattern).Example(i + 2)
			all = append(all, s, s+"\n", " "+s, "-"+s, s+"d", strings.ToUpper(s))
		}
		all = append(all, "1d", "5", ".5h", "1.h", "1h30m", "1.5h", "1,5h", "1h 30m", "٣s", "1us", "1ns", "0s", "00h", "1e3s", "+1h", strings.Repeat("1h", 40))
	}
	for _, bound := range []string{"minLength", "maxLength"} {
		if n, ok := number(schema[bound]); ok {
			for _, l := range []int{n - 1, n, n + 1} {
				all = append(all, strings.Repeat("a", max(l, 0)), strings.Repeat("é", max(l, 0)))
			}
		}
	}
	return all
}

func number(v any) (int, bool) {
	switch v := v.(type) {
	case int64:
		return int(v), true
	case float64:
		return int(v), true
	}
	return 0, false
}

// metadata makes the changes of what every object has.
func metadata() []change {
	var all []change
	// The namespace is that of the request: one that is not is refused before anything
	// else, and none is filled in.
	for _, key := range []string{"name", "generateName", "labels", "annotations", "finalizers", "ownerReferences", "uid", "resourceVersion", "managedFields",
		"generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "unknown"} {
		path := []any{"metadata", key}
		for _, v := range kinds {
			all = append(all, change{name(path) + " " + v.what, path, v.value})
		}
	}
	long := strings.Repeat("a", 63)
	for _, n := range []string{"a", "a-b", "a.b", "-a", "a-", "A", "a_b", "a b", "a/b", "%2f", ".", "..", "a..b", "1", long, long + "a", long + "." + long + "." + long + "." + long[:61], strings.Repeat("a", 253), strings.Repeat("a", 254), "ünïcode"} {
		all = append(all, change{fmt.Sprintf("metadata.name %.30q", n), []any{"metadata", "name"}, n})
	}
	for _, key := range []string{"labels", "annotations"} {
		for _, k := range []string{"", "a", "a/b", "a/b/c", "/b", "a/", "A", "-a", "a.example.com/b", "UP.example.com/b", "a b", long, long + "a", strings.Repeat("a", 253) + "/b", strings.Repeat("a", 254) + "/b"} {
			all = append(all, change{fmt.Sprintf("metadata.%s key %.30q", key, k), []any{"metadata", key}, map[string]any{k: "v"}})
		}
		for _, v := range []any{"", "a b", "a/b", "-a", "a-", "é", long, long + "a", strings.Repeat("a", 1000), 1, true, nil, []any{}} {
			all = append(all, change{fmt.Sprintf("metadata.%s value %.30q", key, fmt.Sprint(v)), []any{"metadata", key}, map[string]any{"k": v}})
		}
	}
	for _, f := range []string{"a", "a/b", "orphan", "a b/c", ""} {
		all = append(all, change{fmt.Sprintf("metadata.finalizers %q", f), []any{"metadata", "finalizers"}, []any{f}})
	}
	return all
}

// top makes the changes of the object itself.
func top() []change {
	var all []change
	for _, key := range []string{"spec", "status", "metadata", "unknown"} {
		for _, v := range kinds {
			if key == "metadata" && v.what != "true" && v.what != "a text" && v.what != "a list" {
				continue // without a name there is no request to make
			}
			all = append(all, change{key + " " + v.what, []any{key}, v.value})
		}
	}
	return append(all, change{"status with an unknown field", []any{"status"}, map[string]any{"unknown": 1}},
		change{"status with a field of another type", []any{"status"}, map[string]any{"observedGeneration": "x"}})
}

func name(path []any) string {
	var b strings.Builder
	for _, step := range path {
		switch step := step.(type) {
		case string:
			if b.Len() > 0 {
				b.WriteString(".")
			}
			b.WriteString(step)
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		}
	}
	return b.String()
}
