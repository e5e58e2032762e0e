package gen

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

// decode returns the text of a file in UTF-8 without a byte order mark, or reports
// why it is not read.
func (p *parser) decode(data []byte) ([]byte, bool) {
	if len(data) > maxFile {
		p.report(limit, 1, 0, fmt.Sprintf("has %d MiB; files of more than %d MiB are not read", len(data)>>20, maxFile>>20),
			"split it: an object of more than 3 MiB cannot be applied")
		return nil, false
	}
	data = normalize(bytes.TrimPrefix(fromUTF16(data), []byte("\uFEFF")))
	if at := bytes.IndexByte(data, 0); at >= 0 {
		line, column := lineColumn(data, at)
		p.report(syntax, line, column, "holds a NUL: this is no text, and kustomize fails the build", "give it another extension, or leave it out of the folder")
		return nil, false
	}
	if marks := countMarks(data); marks > maxMarks {
		p.report(limit, 1, 0, fmt.Sprintf("may hold %d YAML nodes; files of more than %d are not read", marks, maxMarks), "split it")
		return nil, false
	}
	return data, true
}

// fromUTF16 decodes text that begins with the byte order mark of UTF-16.
func fromUTF16(data []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	case !bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return data
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// normalize ends lines with a line feed where they end with a carriage return alone.
func normalize(data []byte) []byte {
	if bytes.Count(data, []byte("\r")) == bytes.Count(data, []byte("\r\n")) {
		return data
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// countMarks counts the characters at which a YAML node may begin.
func countMarks(data []byte) int {
	count := 0
	for _, mark := range []byte(",:\n[{-?") {
		count += bytes.Count(data, []byte{mark})
	}
	return count
}

// lineColumn returns the line and the column of an offset.
func lineColumn(data []byte, at int) (line, column int) {
	start := bytes.LastIndexByte(data[:at], '\n') + 1
	return bytes.Count(data[:at], []byte("\n")) + 1, utf8.RuneCount(data[start:at]) + 1
}

// chunk is the text of one document, its markers included.
type chunk struct {
	text []byte
	line int // on which it begins
}

// chunks splits a stream at the lines that YAML reserves: "---" begins a document
// and "..." ends one, at the beginning of a line and even in the middle of a block
// scalar. Comments and directives on top of the stream belong to the first document.
func chunks(text []byte) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		start, first, number, content := 0, 1, 0, false
		for at := 0; at < len(text); {
			end := at + lineLength(text[at:])
			line := text[at:end]
			number++
			opens, closes := reserved(line, "---"), reserved(line, "...")
			if opens && content {
				if !yield(chunk{text[start:at], first}) {
					return
				}
				start, first = at, number
			}
			content = content || opens || !prologue(line)
			at = end
			if closes {
				if !yield(chunk{text[start:at], first}) {
					return
				}
				start, first, content = at, number+1, false
			}
		}
		if start < len(text) {
			yield(chunk{text[start:], first})
		}
	}
}

// lineLength returns the length of the first line, its end included.
func lineLength(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// reserved reports whether a line is that marker.
func reserved(line []byte, marker string) bool {
	rest, ok := bytes.CutPrefix(line, []byte(marker))
	return ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0)
}

// prologue reports whether a line may stand before the "---" that begins its
// document: a directive, a comment or nothing.
func prologue(line []byte) bool {
	trimmed := bytes.TrimSpace(line)
	return len(trimmed) == 0 || trimmed[0] == '#' || line[0] == '%'
}
