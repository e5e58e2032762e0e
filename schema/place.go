package schema

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/google/cel-go/common/ast"
)

// place returns where a field stands in the expression: behind the dot, or the macro,
// to which CEL gives it.
func (w *fieldWalk) place(e ast.Expr, name string) (line, column int) {
	start := w.info.GetStartLocation(e.ID())
	line, column = max(start.Line(), 1), max(start.Column(), 0)+1
	lines := strings.Split(w.expr, "\n")
	if line > len(lines) {
		return line, column
	}
	text := []rune(lines[line-1])
	rest := string(text[min(column-1, len(text)):])
	if at := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).FindStringIndex(rest); at != nil {
		column += len([]rune(rest[:at[0]]))
	}
	return line, column
}

// nearest returns the field with almost that name, or nothing.
func nearest(name string, shapes []shape) string {
	best, most := "", len(name)/3+1
	for _, s := range shapes {
		names := s.names()
		slices.Sort(names)
		for _, other := range names {
			d := levenshtein.Distance(strings.ToLower(name), strings.ToLower(other), nil)
			if d == 2 && letters(name) == letters(other) {
				d = 1 // two of them changed places
			}
			if d < most {
				best, most = other, d
			}
		}
	}
	return best
}

// letters returns those of a name in alphabetical order.
func letters(name string) string {
	all := []rune(strings.ToLower(name))
	slices.Sort(all)
	return string(all)
}
