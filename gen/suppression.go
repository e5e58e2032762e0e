package gen

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// mayAllow tells at once that most documents have no directive.
var mayAllow = regexp.MustCompile(`(?i)#\s*fluxdag\s*:`)

var allowComment = regexp.MustCompile(`^fluxdag:allow[ \t]+(\S+)[ \t]+(\S.*)$`)

// Allow returns the suppressions in the comments of the document, for
// [dag.Node.Allow]: "# fluxdag:allow CODE why", wherever it stands. One without a
// code or a reason, and a second one of the same code, is a finding (FD309).
func (d Document) Allow() (map[string]string, dag.Diagnostics) {
	if !mayAllow.Match(d.text) {
		return nil, nil
	}
	written := map[string]bool{}
	for _, lines := range d.Comments() {
		for _, line := range lines {
			written[strings.TrimSpace(line)] = true
		}
	}
	allow := map[string]string{}
	var found dag.Diagnostics
	number := d.first - 1
	for line := range bytes.Lines(d.text) {
		number++
		at := directiveIn(line, written)
		if at < 0 {
			continue
		}
		if problem := addAllow(allow, strings.TrimSpace(string(line[at+1:]))); problem != "" {
			_, column := lineColumn(line, at)
			found = append(found, dag.Diagnostic{Code: badSuppression.Code, Severity: badSuppression.Severity,
				Position: dag.Position{File: d.File, Line: number, Column: column}, Message: problem, Hint: `write "# fluxdag:allow CODE why"`})
		}
	}
	return allow, found
}

// directiveIn returns where in a line the comment begins that is a directive, or -1.
// What is written are the comments; a "#" may also stand in a text.
func directiveIn(line []byte, written map[string]bool) int {
	for at, b := range line {
		if b != '#' {
			continue
		}
		if text := strings.TrimSpace(string(line[at+1:])); written[text] && directive.MatchString(text) {
			return at
		}
	}
	return -1
}

// addAllow adds what a directive says, or returns what is wrong with it.
func addAllow(allow map[string]string, text string) string {
	match := allowComment.FindStringSubmatch(text)
	if match == nil {
		return fmt.Sprintf("%q suppresses nothing: it needs a rule's code and a reason", text)
	}
	code, reason := match[1], oneLine(match[2])
	if first, again := allow[code]; again && first != reason {
		return fmt.Sprintf("%s is allowed a second time, and the first reason counts", code)
	}
	allow[code] = reason
	return ""
}
