package gen

import (
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"
)

// maxWidth is how wide a literal may be and still stand on one line.
const maxWidth = 120

// expr is a Go expression on its way to the page.
type expr struct {
	code      *jen.Statement
	width     int  // on one line
	tall      bool // takes several lines however short it is
	composite bool // a literal with elements of its own
}

func codeExpr(code *jen.Statement, width int) expr { return expr{code: code, width: width} }

func identExpr(name string) expr { return codeExpr(jen.Id(name), len(name)) }

// dagExpr is a name of package dag.
func dagExpr(name string) expr { return codeExpr(jen.Qual(dagPath, name), len("dag.")+len(name)) }

// listElement is one entry of a list: of a composite literal, or of a call.
type listElement struct {
	key   expr // its code is nil where there is none
	value expr
	notes []string // comments to stand above it
}

func fieldElement(name string, value expr) listElement {
	return listElement{key: identExpr(name), value: value}
}

// isTall reports whether the elements must be broken into lines.
func isTall(elements []listElement, width int) bool {
	composites := 0
	for _, e := range elements {
		if e.value.tall || len(e.notes) > 0 {
			return true
		}
		if e.value.composite {
			composites++
		}
	}
	return width > maxWidth || composites > 1
}

// listExpr puts elements between an opening and a closing token behind head: on one
// line, or one a line where they are wide, commented or more than one literal.
func listExpr(head expr, open, close string, elements []listElement) expr {
	result := expr{width: head.width + len(open) + len(close), composite: len(elements) > 0}
	for i, e := range elements {
		if result.width += e.value.width; e.key.code != nil {
			result.width += e.key.width + len(": ")
		}
		if i > 0 {
			result.width += len(", ")
		}
	}
	result.tall = isTall(elements, result.width)
	return expr{listCode(head, open, close, elements, result.tall), result.width, result.tall, result.composite}
}

// listCode lays a list out, one element a line where it is tall.
func listCode(head expr, open, close string, elements []listElement, tall bool) *jen.Statement {
	items := make([]jen.Code, len(elements))
	for i, e := range elements {
		item := &jen.Statement{}
		for _, note := range e.notes {
			item.Comment(note).Line()
		}
		if e.key.code != nil {
			item.Add(e.key.code).Op(":")
		}
		items[i] = item.Add(e.value.code)
	}
	statement := &jen.Statement{}
	if head.code != nil {
		statement.Add(head.code)
	}
	return statement.Custom(jen.Options{Open: open, Close: close, Separator: ",", Multi: tall && len(items) > 0}, items...)
}

// callExpr is a call of a function.
func callExpr(function expr, args ...expr) expr {
	elements := make([]listElement, len(args))
	for i, arg := range args {
		elements[i].value = arg
	}
	e := listExpr(function, "(", ")", elements)
	e.composite = false
	return e
}

// stringExpr writes a text of several lines over several lines, raw where Go
// has a raw form for it.
func stringExpr(s string) expr {
	quoted := strconv.Quote(s)
	switch {
	case !strings.Contains(strings.TrimSuffix(s, "\n"), "\n"):
		return codeExpr(jen.Id(quoted), len(quoted))
	case isRaw(s):
		return expr{code: jen.Id("`" + s + "`"), width: len(quoted), tall: true}
	}
	statement := &jen.Statement{}
	for i, line := range strings.SplitAfter(strings.TrimSuffix(s, "\n"), "\n") {
		if i > 0 {
			statement.Op("+").Line()
		}
		if strings.HasSuffix(s, "\n") && !strings.HasSuffix(line, "\n") {
			line += "\n"
		}
		statement.Id(strconv.Quote(line))
	}
	return expr{code: statement, width: len(quoted), tall: true}
}

// isRaw reports whether a text can stand between backquotes, and be seen there:
// an invisible or right-to-left character needs its escape.
func isRaw(s string) bool {
	s = strings.NewReplacer("\n", "", "\t", "").Replace(s)
	return strconv.CanBackquote(s) && !strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) })
}

// durationUnits are the units in which a duration is written, the largest first.
var durationUnits = []struct {
	name string
	unit time.Duration
}{{"Hour", time.Hour}, {"Minute", time.Minute}, {"Second", time.Second}, {"Millisecond", time.Millisecond}, {"Microsecond", time.Microsecond}, {"Nanosecond", 1}}

// durationExpr writes a duration in the largest unit that it is a multiple of;
// where that would be a number nobody can read, as a sum of units.
func durationExpr(d time.Duration) expr {
	const readable = 600
	for _, u := range durationUnits {
		n := d / u.unit
		switch {
		case d%u.unit == 0:
			return multiple(n, u.name)
		case n != 0 && d%(u.unit/60) == 0 && d/(u.unit/60) > readable || n > readable:
			rest := durationExpr(d - n*u.unit)
			head := multiple(n, u.name)
			return codeExpr(head.code.Op("+").Add(rest.code), head.width+rest.width+len(" + "))
		}
	}
	return multiple(d, "Nanosecond")
}

func multiple(n time.Duration, unit string) expr {
	if n == 1 {
		return codeExpr(jen.Qual("time", unit), len("time.")+len(unit))
	}
	number := strconv.FormatInt(int64(n), 10)
	return codeExpr(jen.Id(number).Op("*").Qual("time", unit), len(number)+len(" * time.")+len(unit))
}
