package view

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// stream writes JSON one element after the other, indented as encoding/json does
// it: the whole of a large graph would not fit into the processor's caches.
type stream struct {
	*bufio.Writer
	element bytes.Buffer
	encoder *json.Encoder // into element
	indent  string
	err     error
}

func newStream(w io.Writer) *stream {
	s := &stream{Writer: bufio.NewWriter(w)}
	s.encoder = json.NewEncoder(&s.element)
	s.encoder.SetEscapeHTML(false)
	return s
}

// end writes what is left, and returns the first error.
func (s *stream) end() error { return errors.Join(s.err, s.Flush()) }

// raw writes text as it is. An error stays in the writer until end returns it.
func (s *stream) raw(text string) { _, _ = s.WriteString(text) }

// newline begins a line.
func (s *stream) newline() { s.raw("\n" + s.indent) }

// nest writes what stands between two brackets, further in.
func (s *stream) nest(open, shut string, inside func()) {
	s.raw(open)
	s.indent += indent
	inside()
	s.indent = s.indent[len(indent):]
	s.newline()
	s.raw(shut)
}

// member begins a member of an object.
func (s *stream) member(first bool, name string) {
	if !first {
		s.raw(",")
	}
	s.newline()
	s.raw(`"` + name + `": `)
}

// value writes what encoding/json makes of v.
func (s *stream) value(v any) {
	s.element.Reset()
	s.encoder.SetIndent(s.indent, indent)
	s.err = errors.Join(s.err, s.encoder.Encode(v))
	_, _ = s.Write(bytes.TrimSuffix(s.element.Bytes(), []byte("\n")))
}

// list writes n elements.
func (s *stream) list(n int, element func(i int)) {
	if n == 0 {
		s.raw("[]")
		return
	}
	s.nest("[", "]", func() {
		for i := range n {
			if i > 0 {
				s.raw(",")
			}
			s.newline()
			element(i)
		}
	})
}
