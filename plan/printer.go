package plan

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/tazlab/fluxdag/internal/terminal"
)

// maxWidth is how many columns a text may have, where no single word is wider.
const maxWidth = 88

// printer writes lines that fit into maxWidth columns. An error stays in the writer
// until Flush returns it.
type printer struct{ *bufio.Writer }

func newPrinter(w io.Writer) *printer { return &printer{bufio.NewWriter(w)} }

func (p *printer) line(s string) { _, _ = p.WriteString(s + "\n") }

// wrap writes a text behind lead, and goes on behind hang where it does not fit. One that
// is longer than what is shown of one comes in pieces.
func (p *printer) wrap(lead, hang string, pieces ...string) {
	var words []string
	for _, piece := range pieces {
		words = append(words, strings.Fields(printable(piece))...)
	}
	p.words(lead, hang, words)
}

// words is wrap of printable words.
func (p *printer) words(lead, hang string, words []string) {
	line, used := lead, width(lead)
	for i, word := range words {
		w := width(word)
		if i > 0 && used+1+w > maxWidth {
			p.line(line)
			line, used = hang, width(hang)
		} else if i > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+w
	}
	p.line(strings.TrimRight(line, " "))
}

// command writes something to be copied: it is not broken.
func (p *printer) command(indent, text string) { p.line(indent + printable(text)) }

// width returns how many columns a terminal needs for printable text.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// longest is how much of one text is shown.
const longest = 2000

// printable returns the beginning of a text, with what a terminal would obey escaped.
func printable(s string) string {
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return terminal.Escape(s)
}
