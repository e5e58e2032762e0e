package plan

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// facts are the fields of which most changes are, such as images and versions, of objects whose
// content is other than it was, and those that it has no more.
func facts(old, other []Object) []Field {
	if len(other) == 0 {
		return nil
	}
	before := byIdentity(old)
	var all []Field
	for _, o := range slices.SortedFunc(slices.Values(other), Object.compare) {
		was, is := factsOf(before[o.identity()]), factsOf(o)
		for _, name := range sortedKeys(union(was, is)) {
			if was[name] != is[name] {
				old, now := undigested(was[name], is[name])
				all = append(all, Field{o.String() + " " + name, factOf(name, old), factOf(name, now)})
			}
		}
	}
	return all
}

// undigested leaves the digests out of two images whose tags differ: nobody reads them.
func undigested(a, b string) (string, string) {
	const digest = "@sha256:"
	was, _, _ := strings.Cut(a, digest)
	is, _, _ := strings.Cut(b, digest)
	if was == is || was == "" || is == "" {
		return a, b
	}
	return was, is
}

// ignoreField is a fact that is a list of lines.
const ignoreField = "spec.ignore"

// factOf writes the value of a fact as JSON.
func factOf(name, s string) string {
	if name == ignoreField && s != "" {
		return text(strings.Split(s, "\n"))
	}
	return fact(s)
}

// fact writes a value as JSON.
func fact(s string) string {
	if n, err := strconv.ParseUint(s, 10, 31); s == "true" || s == "false" || err == nil && strconv.FormatUint(n, 10) == s {
		return s
	}
	return quoted(s)
}

func factsOf(o Object) map[string]string {
	all := map[string]string{}
	if o.Facts != "" {
		_ = json.Unmarshal([]byte(o.Facts), &all) // what is no JSON tells nothing
	}
	return all
}

// object returns the object of which a field is, where it is of one that a node applies.
func (f Field) object() string {
	if i := strings.LastIndex(f.Path, " "); i > 0 {
		return f.Path[:i]
	}
	return ""
}

// name returns the path of a field without its object.
func (f Field) name() string { return strings.TrimPrefix(f.Path[len(f.object()):], " ") }
