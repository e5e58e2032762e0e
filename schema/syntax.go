package schema

import (
	"regexp"
	"strings"
)

var (
	// early is what ANTLR says where an expression ends before it is whole.
	early = regexp.MustCompile(`^Syntax error: (?:(?:mismatched|extraneous) input '<EOF>' (expecting .*)|(missing .*) at '<EOF>')$`)
	// expected is its list of tokens.
	expected = regexp.MustCompile(` ?expecting \{(.*)\}$`)
	// undeclared is what CEL says of names.
	undeclared = regexp.MustCompile(`^undeclared reference to '([^']*)'`)
)

// fewTokens are as many as help a person; each could begin almost any expression.
const fewTokens = 4

// told is the message for a person who reads the expression, which has this text.
func (e *ExpressionError) told(text string) string {
	const tooEarly = "the expression ends too early"
	if parts := early.FindStringSubmatch(e.Message); parts != nil {
		if detail := withoutTokens(parts[1]) + parts[2]; detail != "" {
			return tooEarly + ": " + detail
		}
		return tooEarly
	}
	if strings.HasPrefix(e.Message, "Syntax error: no viable alternative") && strings.TrimSpace(e.rest(text)) == "" {
		return tooEarly
	}
	return withoutTokens(e.Message)
}

// withoutTokens takes a long list of tokens off the end of a message.
func withoutTokens(message string) string {
	at := expected.FindStringSubmatchIndex(message)
	if at == nil || strings.Count(message[at[2]:at[3]], ", ") < fewTokens {
		return message
	}
	return message[:at[0]]
}

// rest returns what stands in the expression from the error on.
func (e *ExpressionError) rest(text string) string {
	lines := strings.SplitAfter(text, "\n")
	if e.Line < 1 || e.Line > len(lines) {
		return ""
	}
	line := []rune(lines[e.Line-1])
	return string(line[min(e.Column-1, len(line)):]) + strings.Join(lines[e.Line:], "")
}

// libraries are the names before the dot of functions that Flux does not have.
var libraries = map[string]bool{
	"cel": true, "math": true, "lists": true, "sets": true, "strings": true, "base64": true, "optional": true, "regex": true,
	"ip": true, "cidr": true, "format": true, "url": true, "quantity": true, "semver": true, "jsonpatch": true, "authorizer": true,
}

// functions says which there are.
const functions = "Flux has CEL's standard library with strings, sets, encoders and optionals, not Kubernetes' own functions"

// hint is the change that mends the expression, as far as the message tells.
func (e *ExpressionError) hint(text string) string {
	if parts := undeclared.FindStringSubmatch(e.Message); parts != nil {
		return undeclaredHint(parts[1], e.rest(text))
	}
	switch {
	case strings.HasSuffix(e.Message, "expected bool, got dyn"):
		return "write == true behind the field"
	case strings.Contains(e.Message, "expected bool, got optional_type"):
		return "write .orValue(false) == true behind the field"
	case strings.Contains(e.Message, "expected bool, got "):
		return "compare it with something: the result must be true or false"
	case strings.Contains(e.Message, "no such overload: ") && strings.HasSuffix(e.Message, "()"):
		return functions
	case strings.Contains(e.Message, "token recognition error at: '= '"):
		return "write == to compare"
	}
	return "mend the expression"
}

// undeclaredHint is that for a name in a readyExpr: CEL places it at the name, but a
// function at its parenthesis.
func undeclaredHint(name, rest string) string {
	switch {
	case strings.HasPrefix(rest, "(") || libraries[name] && strings.HasPrefix(rest, name+"."):
		return functions
	case name == "status" || name == "spec" || name == "metadata":
		return "write dep." + name + ", or self." + name
	}
	return "the variables are dep and self"
}
