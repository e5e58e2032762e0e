package view

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/tazlab/fluxdag/internal/terminal"
)

// maxWidth is how many columns a text may have.
const maxWidth = 80

const indent = "  "

// printer writes lines that fit into maxWidth columns.
type printer struct{ *bufio.Writer }

func newPrinter(w io.Writer) *printer { return &printer{bufio.NewWriter(w)} }

// line writes one line. An error stays in the writer until Flush returns it.
func (p *printer) line(s string) {
	_, _ = p.WriteString(s)
	_ = p.WriteByte('\n')
}

// wrap writes lead and words with a space between them, and goes on behind hang on
// the next line where a word does not fit. A word that fits into no line is broken
// where it has spaces.
func (p *printer) wrap(lead, hang string, words ...string) {
	var line strings.Builder
	line.WriteString(lead)
	used := len(lead)
	for i, word := range split(words, maxWidth-len(hang)) {
		w := width(word)
		switch {
		case i == 0:
		case used+1+w > maxWidth:
			p.line(line.String())
			line.Reset()
			line.WriteString(hang)
			used = len(hang)
		default:
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += w
	}
	p.line(line.String())
}

// split breaks the words that are wider than most.
func split(words []string, most int) []string {
	parts := make([]string, 0, len(words))
	for _, word := range words {
		if width(word) > most {
			parts = append(parts, strings.Split(word, " ")...)
		} else {
			parts = append(parts, word)
		}
	}
	return parts
}

// columns writes a name and, from that column on, a note about it; on the next
// line where it would not fit beside the name.
func (p *printer) columns(name string, column int, note string) {
	end := len(indent) + width(name)
	gap := max(column-end, 2)
	if end+gap+width(note) > maxWidth {
		p.wrap(indent, indent, name)
		p.line(strings.Repeat(" ", min(column, maxWidth-width(note))) + note)
		return
	}
	p.line(indent + name + strings.Repeat(" ", gap) + note)
}

// width returns how many columns a terminal needs for printable text.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// printable returns s with every character escaped that a terminal would obey instead of
// showing it.
func printable(s string) string { return terminal.Escape(s) }
