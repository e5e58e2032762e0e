package plan

import "strings"

const (
	mostShown = 160 // of a value
	lead      = 40  // of it before what differs
)

// change writes what became of a field.
func (f Field) change() string {
	if elements := f.elements(); elements != "" {
		return elements
	}
	old, now := around(f.Old, f.New)
	switch {
	case f.Old == "":
		return now + " (new)"
	case f.New == "":
		return old + " (removed)"
	}
	return old + " -> " + now
}

// around cuts two values that nobody would read in a line, so that what differs is left.
func around(a, b string) (string, string) {
	if len(a) <= mostShown && len(b) <= mostShown {
		return a, b
	}
	same, after := 0, 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	for after < min(len(a), len(b))-same && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	from, beyond := max(0, same-lead), max(0, after-lead)
	return cut(a, from, len(a)-beyond), cut(b, from, len(b)-beyond)
}

// cut returns a part of a text, or the beginning of that.
func cut(s string, from, to int) string {
	to = min(to, from+mostShown)
	shown := strings.ToValidUTF8(s[from:to], "")
	if from > 0 {
		shown = "…" + shown
	}
	if to < len(s) {
		shown += "…"
	}
	return shown
}
