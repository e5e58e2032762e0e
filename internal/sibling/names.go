// Package sibling tells slips of the pen from names that are meant to differ.
package sibling

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// Names reports whether two names differ in whole words or in numbers, rather than that
// one is a slip of the other: team-a-key and team-b-key, eu1 and eu2, web and web-a. Such
// names stand beside each other on purpose: for each tenant, region or stage.
func Names(a, b string) bool {
	if numberless(a) == numberless(b) {
		return a != b
	}
	as, bs := words(a), words(b)
	if len(as) > len(bs) {
		as, bs = bs, as
	}
	if len(as) < len(bs) {
		return wordMore(as, bs)
	}
	for i := range as {
		if otherWord(as[i], bs[i]) {
			return true
		}
	}
	return false
}

// otherWord reports whether two words differ in a number, or in more than a third, and not
// only in the order of their letters: they are not one word and a slip of it.
func otherWord(a, b string) bool {
	switch {
	case a == b:
		return false
	case numberless(a) == numberless(b):
		return true
	}
	return sorted(a) != sorted(b) && 3*levenshtein.Distance(a, b, nil) > max(len(a), len(b))
}

func sorted(word string) string {
	letters := []byte(word)
	slices.Sort(letters)
	return string(letters)
}

// wordMore reports whether the longer of two names is the shorter one with a word put in.
func wordMore(short, long []string) bool {
	for i := range long {
		if slices.Equal(short, slices.Delete(slices.Clone(long), i, i+1)) {
			return true
		}
	}
	return false
}

func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("-._/", r) })
}

func numberless(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, name)
}
