package view

import "strings"

// special are the characters that mean something to Markdown in the middle of a line.
const special = "\\`*_{}[]<>#|~&!$"

// markdownText escapes a text so that Markdown shows it as it is, on one line.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range printable(strings.Join(strings.Fields(s), " ")) {
		if strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markdownCode writes a text as code, within as many backticks as it takes.
func markdownCode(s string) string {
	s = printable(s)
	if strings.TrimSpace(s) == "" {
		return "(empty)"
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// cell makes a text fit for the cell of a table, where a bar would end it.
func cell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, `\|`, "|"), "|", `\|`)
}
