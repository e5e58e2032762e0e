package dag

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// suppression is what one node allows.
type suppression struct {
	vertex *Vertex
	code   string
}

// unusedSuppressions reports what Allow holds in vain.
func (g *Graph) unusedSuppressions(rules []Rule, used, refused map[suppression]bool) []Diagnostic {
	if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Code == unusedSuppression.Code }) {
		return nil
	}
	var found []Diagnostic
	for _, v := range g.vertices {
		for code, reason := range v.Allow() {
			s := suppression{v, code}
			known := slices.ContainsFunc(rules, func(r Rule) bool { return r.Code == code })
			if used[s] || !known && elsewhere.MatchString(code) {
				continue
			}
			message, hint := "Allow names "+code+", but the rule finds nothing here", "delete the entry"
			switch {
			case !known:
				message, hint = unknownCode(code, rules)
			case code == unusedSuppression.Code:
				message = "Allow names " + code + ", which cannot be suppressed itself"
			case refused[s] && reason == "":
				message, hint = "Allow names "+code+" without a reason, so it suppresses nothing", "say why the finding is accepted"
			case refused[s]:
				message = "Allow names " + code + ", but the finding is an error, which cannot be suppressed"
			}
			d := v.Report("Allow["+code+"]", hint, "%s", message)
			d.Code, d.Severity = unusedSuppression.Code, unusedSuppression.Severity
			found = append(found, d)
		}
	}
	return found
}

// elsewhere is the code of a rule of package schema, which only some verbs run: where it
// is not run, nobody knows whether the suppression is used.
var elsewhere = regexp.MustCompile(`^FD22[456]$`)

// fileCode is the code of a rule about files, which this package does not have.
var fileCode = regexp.MustCompile(`^FD3[0-9]{2}$`)

// unknownCode says what is wrong with a code that no rule has.
func unknownCode(code string, rules []Rule) (message, hint string) {
	message, hint = "Allow names "+quote(code)+", which is not a rule", "delete the entry"
	if fileCode.MatchString(code) {
		return "Allow names " + code + ": FD3xx are about files, and suppress nothing about a node", hint
	}
	for _, r := range rules {
		// Codes are alike all; only a slip of one letter tells which one was meant.
		if r.Name == code || strings.EqualFold(r.Code, code) || len(r.Code) != len(code) && levenshtein.Distance(r.Code, code, nil) == 1 {
			return message, "did you mean " + r.Code + "?"
		}
	}
	return message, hint
}
