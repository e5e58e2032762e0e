package gen

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
	"github.com/tazlab/fluxdag/dag"
)

// identifiers gives every vertex the name of its Go variable: its own name in
// camel case, without the leading words that most names begin with; with them
// where it would not be unique or no identifier; with the namespace in front
// where even that is not unique; and with a number where nothing else helps.
func identifiers(g *dag.Graph) map[*dag.Vertex]string {
	vertices := slices.Collect(g.Vertices())
	names := make([][]string, len(vertices))
	for i, v := range vertices {
		names[i] = nameWords(v.Object().Name)
	}
	prefix := sharedPrefix(names)
	candidates := make([][]string, len(vertices))
	for i, v := range vertices {
		full := variable(names[i])
		candidates[i] = []string{camelCase(withoutPrefix(names[i], prefix)), full, variable(append(nameWords(v.Object().Namespace), names[i]...)), full}
	}
	result := make(map[*dag.Vertex]string, len(vertices))
	for i, name := range assign(candidates) {
		result[vertices[i]] = name
	}
	return result
}

// assign gives each its first candidate that is free and that nobody else asks
// for at the same time, so that the result does not depend on their order; what
// then is left gets its last candidate and, if that is taken, a number.
func assign(candidates [][]string) []string {
	result, taken := make([]string, len(candidates)), map[string]bool{}
	usable := func(name string) bool { return isFree(name) && !taken[name] }
	for round := range 3 {
		asked := map[string]int{}
		for i, c := range candidates {
			if result[i] == "" {
				asked[c[round]]++
			}
		}
		for i, c := range candidates {
			if name := c[round]; result[i] == "" && asked[name] == 1 && usable(name) {
				result[i], taken[name] = name, true
			}
		}
	}
	number := map[string]int{} // the last one, so that a thousand equal names take no square of it
	for i, c := range candidates {
		for result[i] == "" {
			name := c[3]
			if number[name]++; number[name] > 1 {
				name += strconv.Itoa(number[name])
			}
			if usable(name) {
				result[i], taken[name] = name, true
			}
		}
	}
	return result
}

// isFree reports whether a package-level variable of a declaration may have
// that name.
func isFree(name string) bool {
	switch name {
	case "Cluster", "init", "main", "any", "comparable":
		return false
	}
	for _, imported := range specPackages() {
		if name == imported {
			return false
		}
	}
	return token.IsIdentifier(name) && !jen.IsReservedWord(name)
}

// nameWords splits a name where it is neither letter nor digit.
func nameWords(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool {
		return r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// sharedPrefix returns the leading words that more than half of the names, and
// at least two, begin with and go on after.
func sharedPrefix(names [][]string) []string {
	var prefix []string
	for {
		count := map[string]int{}
		next := ""
		for _, name := range names {
			if len(name) > len(prefix)+1 && slices.Equal(name[:len(prefix)], prefix) {
				word := name[len(prefix)]
				if count[word]++; count[word] > 1 && 2*count[word] > len(names) {
					next = word
				}
			}
		}
		if next == "" {
			return prefix
		}
		prefix = append(prefix, next)
	}
}

// withoutPrefix returns what follows the words that name shares with prefix, at
// least the last one.
func withoutPrefix(name, prefix []string) []string {
	n := 0
	for n < len(prefix) && n < len(name)-1 && name[n] == prefix[n] {
		n++
	}
	return name[n:]
}

// camelCase joins words in camel case, the first letter small.
func camelCase(words []string) string {
	var b strings.Builder
	for i, word := range words {
		if i == 0 {
			b.WriteString(strings.ToLower(word))
			continue
		}
		b.WriteString(capitalized(word))
	}
	return strings.Map(func(r rune) rune { // a change of case can bring a mark
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, b.String())
}

// variable is camelCase, with a word in front where Go would not have it otherwise.
func variable(words []string) string {
	name := camelCase(words)
	if first, _ := utf8.DecodeRuneInString(name); !unicode.IsLetter(first) {
		return "node" + name
	}
	return name
}

func capitalized(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
