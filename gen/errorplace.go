package gen

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// errorPlace returns the line and column in the text at which it stops being YAML.
// The library names the line on which the surrounding block begins, or the one
// before it, and no column. So this looks for the longest beginning of the text that
// still parses: first by lines, then by characters. Where that takes too long, the
// library's line has to do.
func errorPlace(text []byte, err error) (line, column int) {
	s := search{text: text, budget: 4 << 20}
	good := s.lastGoodLine(s.consumed())
	if s.budget > 0 {
		good = s.lastGoodByte(good)
	}
	if s.budget > 0 {
		return lineColumn(text, good)
	}
	lines := bytes.Count(text, []byte("\n")) + 1
	if match := lineNumber.FindStringSubmatch(err.Error()); match != nil {
		line, _ = strconv.Atoi(match[1])
	}
	return min(max(line, 1), lines), 0
}

var lineNumber = regexp.MustCompile(`line (\d+): `)

// search looks for the longest good beginning of a text that does not parse.
type search struct {
	text   []byte
	budget int // bytes that may still be parsed
}

// good reports whether the first n bytes parse.
func (s *search) good(n int) bool {
	s.budget -= n
	if s.budget <= 0 {
		return true // the end of the search
	}
	_, err := parseTree(s.text[:n])
	return err == nil
}

// consumed returns how far the library reads before it gives up.
func (s *search) consumed() int {
	s.budget -= len(s.text)
	r := &lineReader{text: s.text}
	func() {
		defer func() { _ = recover() }()
		_ = yaml.NewDecoder(r).Decode(&yaml.Node{})
	}()
	return r.at
}

// lineReader gives one line at a time, to see how many a parser asks for.
type lineReader struct {
	text []byte
	at   int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.at == len(r.text) {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:r.at+lineLength(r.text[r.at:])])
	r.at += n
	return n, nil
}

// lastGoodLine returns the end of the longest good beginning made of whole lines. A
// construct of several lines is bad until it is closed, so the search begins at the
// end and goes back line by line; after some it takes larger steps.
func (s *search) lastGoodLine(from int) int {
	ends := []int{0}
	for at := 0; at < from; {
		at += lineLength(s.text[at:])
		ends = append(ends, at)
	}
	bad, back := len(ends), 1
	for tried := 0; ; tried++ {
		next := max(bad-back, 0)
		if s.good(ends[next]) {
			return ends[s.between(ends, next, bad)]
		}
		if bad = next; tried >= 64 {
			back *= 2
		}
	}
}

// between returns the last good line between a good and a bad one.
func (s *search) between(ends []int, good, bad int) int {
	for bad-good > 1 {
		if middle := (good + bad) / 2; s.good(ends[middle]) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good
}

// lastGoodByte returns the end of the longest good beginning that ends in the line
// at start.
func (s *search) lastGoodByte(start int) int {
	line := strings.TrimRight(string(s.text[start:start+lineLength(s.text[start:])]), "\r\n")
	for n := start + len(line); n > start; n-- {
		if s.good(n) {
			return n
		}
	}
	return start
}

// explain returns what is wrong in words, and what to do about it.
func explain(err error, line []byte) (message, hint string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	message = lineNumber.ReplaceAllString(message, "")
	indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
	switch {
	case bytes.ContainsRune(indent, '\t'):
		return "a tab indents the line, which YAML does not allow", "indent with spaces"
	case strings.Contains(message, "mapping values are not allowed"):
		return "a second \": \" stands in one line, or the line is indented too far", "quote the value, or correct the indentation"
	case strings.Contains(message, "did not find expected key"), strings.Contains(message, "did not find expected '-' indicator"):
		return "no key or element of the list can stand here", "align the line with its neighbours, or close the quotation or bracket before it"
	case strings.Contains(message, "incompatible YAML document"):
		return "the directive asks for another version than YAML 1.1, the only one that Kubernetes' library takes", "delete the directive"
	case strings.Contains(message, "UTF-8"):
		return "the text is not UTF-8", "save it as UTF-8"
	case strings.Contains(message, "unexpected end of stream"):
		return "a quotation begins here and never ends", "close it"
	}
	return message, "correct the YAML"
}
