package gen

import (
	"bytes"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

// Inside returns where a place in the text of a field stands in the file: line and
// column count from 1 in the text. It is known where the text stands in the file as it
// is, which it does not where it is folded or escaped.
func (d Document) Inside(field string, line, column int) (dag.Position, bool) {
	_, value, found := d.find(field)
	if !found || value.Kind != yaml.ScalarNode || line < 1 || column < 1 {
		return dag.Position{}, false
	}
	lines := strings.Split(strings.TrimRight(value.Value, "\n"), "\n")
	if line > len(lines) {
		return dag.Position{}, false
	}
	at := dag.Position{File: d.File, Line: value.Line, Column: value.Column}
	want := lines[line-1]
	switch {
	case value.Style&yaml.LiteralStyle != 0:
		text := d.line(value.Line + line)
		at.Line += line
		at.Column = len([]rune(text)) - len([]rune(strings.TrimLeft(text, " "))) + 1
		if indent, ok := strings.CutSuffix(text, want); ok { // the text may be indented itself
			at.Column = len([]rune(indent)) + 1
		}
	case len(lines) > 1 || value.Style&yaml.FoldedStyle != 0:
		return dag.Position{}, false
	case value.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		at.Column++
	}
	text := []rune(d.line(at.Line))
	if at.Column-1 > len(text) || !strings.HasPrefix(string(text[at.Column-1:]), want) {
		return dag.Position{}, false
	}
	at.Column += column - 1
	return at, true
}

// line returns a line of the file, as far as it belongs to the document.
func (d Document) line(n int) string {
	lines := bytes.Split(d.text, []byte("\n"))
	if i := n - d.first; i >= 0 && i < len(lines) {
		return strings.TrimSuffix(string(lines[i]), "\r")
	}
	return ""
}
