package dag

import (
	"cmp"
	"slices"
)

// Rule is one thing that is checked. The built-in rules are [Rules]; a
// cluster's own are its Policies.
type Rule struct {
	// Code is stable and unique: FD1xx for the graph, FD2xx for what Flux
	// makes of a field, FD3xx for files, FD4xx for a cluster's policy.
	Code string
	// Name says the rule in two or three words, joined by hyphens.
	Name string
	// Severity is that of every finding which does not set its own. Required: a
	// policy without one is itself an error (FD116).
	Severity Severity
	// Milder are the severities of findings that do set their own.
	Milder []Severity
	// Summary says in one sentence what is wrong.
	Summary string
	// Flux says what Flux does about it, and why.
	Flux string
	// Fix says how to mend it.
	Fix string
	// Source is where the rule comes from: a controller's function, a page of
	// Flux's documentation, an issue.
	Source string
	// Since and Until bound the Flux versions that the rule is about, as
	// "2.6"; empty means all that the tool knows.
	Since, Until string
	// Check returns the findings. It must be a pure function of the graph.
	Check func(*Graph) []Diagnostic
	// OfValue marks a rule that judges the value of the field which it reports, for
	// [Graph.Condense].
	OfValue bool
	// GivesWay marks a rule whose findings other rules report in better words, for
	// [Diagnostics.GiveWay].
	GivesWay bool

	also string // a second field that decides, where OfValue
}

// Allow returns the value of [Node.Allow] that suppresses the findings of one
// rule, with a reason. Write the map itself for several.
func Allow(code, reason string) map[string]string { return map[string]string{code: reason} }

// Rules returns the built-in rules, ordered by code.
func Rules() []Rule {
	rules := slices.Concat(nameRules, edgeRules, levelRules, declarationRules, timeRules, healthRules, pathRules, variableRules, specRules)
	slices.SortFunc(rules, func(a, b Rule) int { return cmp.Compare(a.Code, b.Code) })
	return rules
}

// Check runs the rules, or the built-in ones and the cluster's policies when
// none is given, and returns what they find, less what the nodes allow. A
// suppression that suppresses nothing is a finding of its own (FD115).
func (g *Graph) Check(rules ...Rule) Diagnostics {
	if len(rules) == 0 {
		rules = append(Rules(), g.cluster.Policies...)
	}
	used, refused := map[suppression]bool{}, map[suppression]bool{}
	byKey := map[string]*Vertex{}
	for _, v := range g.vertices {
		if len(v.Allow()) > 0 {
			byKey[v.Key()] = v
		}
	}
	var found Diagnostics
	for _, rule := range rules {
		if rule.Check == nil {
			continue
		}
		for _, d := range rule.Check(g) {
			d.Code, d.Severity = cmp.Or(d.Code, rule.Code), cmp.Or(d.Severity, rule.Severity)
			if d.Severity < Error || d.Severity > Information {
				d.Severity = Error // rather too loud than passed over
			}
			if g.judgedOnce(d) {
				continue
			}
			if v := byKey[d.Node]; v != nil {
				if v.Allow()[d.Code] != "" && d.Severity != Error {
					used[suppression{v, d.Code}] = true
					continue
				}
				refused[suppression{v, d.Code}] = true
			}
			found = append(found, d)
		}
	}
	found = append(found, g.unusedSuppressions(rules, used, refused)...)
	found = found.GiveWay(rules)
	found.Sort()
	return found
}
