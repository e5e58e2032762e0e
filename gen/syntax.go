package gen

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

var errPanic = errors.New("the YAML library fails on it")

// placer returns a function that moves a node from its place in the chunk, as the
// YAML library counts, to its place in the file, as editors do: for YAML 1.1 three
// more characters end a line.
func (c chunk) placer() func(*yaml.Node) {
	if !slices.ContainsFunc([]rune(oldBreaks), func(r rune) bool { return bytes.ContainsRune(c.text, r) }) {
		return func(n *yaml.Node) { n.Line += c.line - 1 }
	}
	starts := []int{0}
	for i, r := range string(c.text) {
		if r == '\n' || strings.ContainsRune(oldBreaks, r) {
			starts = append(starts, i+utf8.RuneLen(r))
		}
	}
	return func(n *yaml.Node) {
		at := starts[min(n.Line, len(starts))-1]
		for range n.Column - 1 {
			_, size := utf8.DecodeRune(c.text[at:])
			at += size
		}
		n.Line, n.Column = lineColumn(c.text, at)
		n.Line += c.line - 1
	}
}

// oldBreaks end a line in YAML 1.1, and so for the YAML library, but not elsewhere.
const oldBreaks = "\u0085\u2028\u2029"

// conflicted reports, once a file, that a document holds the markers of a merge
// conflict.
func (p *parser) conflicted(c chunk) bool {
	line := conflictLine(c.text)
	if line == 0 {
		return false
	}
	if !p.conflict {
		p.conflict = true
		p.report(syntax, c.line+line-1, 1, "holds merge-conflict markers: kustomize fails the build", "resolve the conflict")
	}
	return true
}

// templateLine is a line that begins, or whose value begins, with the mark of a
// template, which no YAML value can begin with and mean it.
var templateLine = regexp.MustCompile(`^[ \t]*(?:- +)*(?:[^\s#'"][^#'"]*:[ \t]+)?(?:\{\{|\{%|\{#|<%)`)

// templateAt reports, once a file, that it is a template.
func (p *parser) templateAt(line, column int) {
	if !p.template {
		p.template = true
		p.report(template, line, column, "looks like a template, not like YAML: what it holds is not read", "")
	}
}

// syntaxError reports why a document cannot be parsed, or that it is a template.
func (p *parser) syntaxError(c chunk, err error) {
	if len(p.found) > maxFindings {
		return
	}
	line, column := errorPlace(c.text, err)
	lines := bytes.Split(c.text, []byte("\n"))
	for i := line - 1; i >= max(0, line-2); i-- {
		if templateLine.Match(lines[i]) {
			p.templateAt(c.line+i, 1)
			return
		}
	}
	message, hint := explain(err, lines[line-1])
	p.report(syntax, c.line+line-1, column, message+": kustomize fails the build", hint)
}
