package gen

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// goNotes are the comments of one node by the path of the field that they stand
// at. Taking one removes it, so that what is left is what found no place.
type goNotes map[string][]string

// take returns the comments at a path as lines of Go.
func (n goNotes) take(path string) []string {
	text := n[path]
	delete(n, path)
	return goComments(text)
}

// takeBelow returns the comments at a path and at everything below it.
func (n goNotes) takeBelow(path string) []string {
	lines := n.take(path)
	for _, below := range slices.Sorted(maps.Keys(n)) {
		if strings.HasPrefix(below, path+".") {
			lines = append(lines, n.take(below)...)
		}
	}
	return lines
}

// with returns the comments with another one at a path.
func (n goNotes) with(path, text string) goNotes {
	if n == nil {
		n = goNotes{}
	}
	n[path] = append(slices.Clone(n[path]), text)
	return n
}

// rest returns the comments of the object, and those of all fields that have
// not been taken, each with the path of its field.
func (n goNotes) rest() []string {
	lines := n.take("")
	for _, path := range slices.Sorted(maps.Keys(n)) {
		if text := n.take(path); len(text) > 0 {
			text[0] = goComment(path + ": " + strings.TrimPrefix(text[0], "// "))
			lines = append(lines, text...)
		}
	}
	return lines
}

// goComments returns text as comments, one a line, without empty ones at either end.
func goComments(text []string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.Join(text, "\n"), "\n") {
		if line = goComment(line); line != "//" || len(lines) > 0 {
			lines = append(lines, line)
		}
	}
	for len(lines) > 0 && lines[len(lines)-1] == "//" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// goComment returns one line of text as a comment.
func goComment(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	return strings.TrimRight("// "+printable(text), " \t")
}
