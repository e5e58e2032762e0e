package view

import (
	"slices"
	"strings"
)

// labelLines breaks a name that is long into two lines, and where one of these is still too
// wide into three: what is left out of a picture nobody can ask for.
func labelLines(name string) []string {
	if pixels(name, codeWidth) <= leastText {
		return []string{name}
	}
	lines := twoLines(name)
	for i, line := range lines {
		if pixels(line, codeWidth) > mostText {
			lines = slices.Replace(lines, i, i+1, twoLines(line)...)
			break
		}
	}
	for i, line := range lines {
		lines[i] = shorten(line, codeWidth, mostText)
	}
	return lines
}

// twoLines breaks a name: behind its last folder or its namespace where that is short
// enough, else where its words meet and both lines are short.
func twoLines(name string) []string {
	at, least := 0, pixels(name, codeWidth)
	for i, r := range name {
		if i == 0 || !strings.ContainsRune("-._/", r) {
			continue
		}
		if wide := max(pixels(name[:i+1], codeWidth), pixels(name[i+1:], codeWidth)); wide < least {
			at, least = i+1, wide
		}
	}
	if i := strings.LastIndexByte(name, '/') + 1; i > 0 && pixels(name[:i], codeWidth) <= mostText {
		at = i
	}
	if at == 0 || at == len(name) {
		return []string{name}
	}
	return []string{name[:at], name[at:]}
}
