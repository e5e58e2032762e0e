package plan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// few lists names, or the first most of them and how many more there are.
func few(names []string, most int) string {
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func sortedUses[V any](m map[use]V) []use {
	return slices.SortedFunc(maps.Keys(m), func(a, b use) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.as, b.as), cmp.Compare(a.name, b.name))
	})
}

// plural writes how many of a thing there are.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// verb is the form of a verb for so many of a thing.
func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// word is what a person is told a change is: of its kind, but that a node is resumed.
func (c Change) word() string {
	for _, f := range c.Fields {
		if f.Path == "spec.suspend" && f.New == "" {
			return "resume"
		}
	}
	return string(c.Kind)
}

// quoteShell makes a text one word for a shell.
func quoteShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// splitKey splits namespace/name.
func splitKey(key string) (namespace, name string) {
	namespace, name, _ = strings.Cut(key, "/")
	return namespace, name
}
