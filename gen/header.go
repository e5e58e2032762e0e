package gen

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// header is the comment on top of a generated file: the mark, the level, the
// description and the suppressions. What [header.String] writes, readHeader reads
// back: a line of the description that would be taken for something else, or that a
// comment cannot hold, begins with a backslash; if a quotation mark follows, the
// rest is the whole line as Go quotes it.
type header struct {
	origin      string
	level       string
	description string
	allow       map[string]string
}

func headerOf(g *dag.Graph, v *dag.Vertex) header {
	_, level := v.DeclaredLevel()
	return header{origin(g, v), oneLine(level), v.Description(), v.Allow()}
}

func (h header) String() string {
	var lines []string
	if h.level != "" {
		lines = append(lines, levelPrefix+h.level)
	}
	if h.description != "" {
		for line := range strings.SplitSeq(h.description, "\n") {
			lines = append(lines, escapeLine(line))
		}
	}
	for _, code := range slices.Sorted(maps.Keys(h.allow)) {
		lines = append(lines, "fluxdag:allow "+oneLine(code+" "+h.allow[code]))
	}
	var b strings.Builder
	b.WriteString(markStart + h.origin + markEnd + "\n")
	if len(lines) > 0 {
		b.WriteString("#\n")
	}
	for _, line := range lines {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	return b.String()
}

const levelPrefix = "Level: "

// readHeader reads the level and the description of a file that carries our mark;
// the suppressions are read with all other comments.
func readHeader(text []byte) (level, description string) {
	var lines []string
	for line := range bytes.Lines(text) {
		comment, ok := bytes.CutPrefix(line, []byte("#"))
		if !ok {
			break
		}
		comment = bytes.TrimRight(comment, "\r\n")
		lines = append(lines, string(bytes.TrimPrefix(comment, []byte(" "))))
	}
	lines = lines[1:] // the mark
	if len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	if len(lines) > 0 {
		if name, ok := strings.CutPrefix(lines[0], levelPrefix); ok {
			level, lines = oneLine(name), lines[1:]
		}
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return directive.MatchString(line) })
	for i, line := range lines {
		lines[i] = unescapeLine(line)
	}
	return level, strings.TrimSpace(strings.Join(lines, "\n"))
}

// marked reports whether a text begins with our whole mark.
func marked(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	return bytes.HasPrefix(line, []byte(markStart)) && bytes.HasSuffix(line, []byte(markEnd))
}

func escapeLine(line string) string {
	switch {
	case printable(line) != line || strings.HasSuffix(line, " "):
		return `\` + strconv.Quote(line)
	case strings.HasPrefix(line, `\`) || strings.HasPrefix(line, strings.TrimSpace(levelPrefix)) || directive.MatchString(line):
		return `\` + line
	}
	return line
}

func unescapeLine(line string) string {
	rest, escaped := strings.CutPrefix(line, `\`)
	if !escaped {
		return line
	}
	if whole, err := strconv.Unquote(rest); err == nil && strings.HasPrefix(rest, `"`) {
		return whole
	}
	return rest
}

// directive is a comment that is meant for fluxdag: "fluxdag:allow CODE why", and
// what is nearly that.
var directive = regexp.MustCompile(`(?i)^\s*(?:fluxdag\s*:\s*allow\b|fluxdag:\S)`)

// oneLine returns a text as it can stand in the line of a comment, white space made
// one space each.
func oneLine(s string) string { return strings.Join(strings.Fields(printable(s)), " ") }

// printable replaces what YAML does not allow in a comment.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r >= ' ' && r != 0x7f && r != 0x85 && r != 0x2028 && r != 0x2029 && r != 0xfeff && r != '\uFFFE' && r != '\uFFFF' && (r < 0x80 || r >= 0xa0) {
			return r
		}
		return ' '
	}, s)
}
