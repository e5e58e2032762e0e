package gen

import (
	"errors"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/tazlab/fluxdag/dag"
)

var errNotUTF8 = errors.New("holds bytes that are no UTF-8, which YAML cannot write")

// replaced finds what encoding/json writes for bytes that are no UTF-8; the replacement
// character itself it writes as it is.
var replaced = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\\ufffd`)

// validComments reports whether what the header says of v is UTF-8.
func validComments(v *dag.Vertex) bool {
	_, level := v.DeclaredLevel()
	texts := []string{level, v.Description()}
	for code, reason := range v.Allow() {
		texts = append(texts, code, reason)
	}
	return !slices.ContainsFunc(texts, func(s string) bool { return !utf8.ValidString(s) })
}
