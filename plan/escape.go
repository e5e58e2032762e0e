package plan

import (
	"fmt"
	"strings"
)

// code writes a text so that it is shown as it is. Nothing calls for people in code.
func code(s string) string { return "<code>" + references(s) + "</code>" }

// escape writes a text so that it is shown as it is in a sentence: what would call for
// people or name an issue stands in code.
func escape(s string) string { return inCode(references(s)) }

// inCode puts into code what would call for people or name an issue.
func inCode(s string) string {
	return strings.NewReplacer("&#64;", "<code>&#64;</code>", "&#35;", "<code>&#35;</code>").Replace(s)
}

// references writes a text as character references, but for what has a meaning nowhere:
// neither Markdown nor HTML nor a link comes out of it.
func references(s string) string {
	const most = 600
	s = printable(s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return whole(s)
}

// whole is references of a printable text of any length.
func whole(s string) string {
	var b strings.Builder
	s = strings.TrimSpace(s)
	first := true // up to here there are digits only, which may begin a list
	for i, r := range s {
		last := i+1 == len(s) || s[i+1] == ' '
		ok := plain(r, first, last)
		first = first && r >= '0' && r <= '9'
		if ok {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// plain reports whether a character has no meaning where it stands: at the beginning some
// make lists and headings, and a dot or a colon in a word makes links and emoji.
func plain(r rune, first, last bool) bool {
	switch {
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f:
		return true
	case strings.ContainsRune(".:", r):
		return last && !first
	case strings.ContainsRune(")->=%!", r):
		return !first
	}
	return strings.ContainsRune(" ,/;('\"?{}", r)
}
