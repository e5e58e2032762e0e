package dag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how much a [Diagnostic] matters. The zero Severity stands for
// the severity of the rule that reports it.
type Severity int

// The three severities. An Error stops generation and makes every verb exit 1;
// a Warning and an Information are printed and exit 0 unless --fail-on asks for more.
const (
	Error Severity = iota + 1
	Warning
	Information
)

var severityNames = []string{"", "error", "warning", "information"}

// String returns "error", "warning" or "information".
func (s Severity) String() string {
	if s < 0 || int(s) >= len(severityNames) {
		return fmt.Sprintf("severity(%d)", int(s))
	}
	return severityNames[s]
}

// MarshalText writes the severity as String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames, string(text))
	if i < 1 {
		return fmt.Errorf("unknown severity %q: use error, warning or information", text)
	}
	*s = Severity(i)
	return nil
}

// Diagnostic is one finding: where, how bad, what is wrong, what Flux would do
// about it, and how to mend it.
type Diagnostic struct {
	// Code is the stable code of the rule, such as "FD107". [Graph.Check]
	// fills it in where a rule leaves it empty.
	Code string `json:"code"`
	// Severity defaults to the rule's.
	Severity Severity `json:"severity"`
	// Position is where the defect was written.
	Position Position `json:"position"`
	// Node is the namespace/name of the Kustomization concerned, or the name
	// alone of one that is in no cluster; empty when the finding is about the
	// cluster as a whole.
	Node string `json:"node,omitempty"`
	// Field is the path of the field concerned as Kubernetes writes it
	// ("spec.path"), or as Go does where only the declaration has it ("File",
	// "Omit[0]"); empty when the finding is about the whole object.
	Field string `json:"field,omitempty"`
	// Message says what is wrong and what Flux would do about it.
	Message string `json:"message"`
	// Hint is one change that mends it.
	Hint string `json:"hint,omitempty"`
	// Related are other places that have a part in it, in reading order.
	Related []Related `json:"related,omitempty"`
}

// Related is a further place that has a part in a [Diagnostic].
type Related struct {
	Position Position `json:"position"`
	// Field is the field concerned, as in [Diagnostic].
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

func (r Related) compare(s Related) int {
	return cmp.Or(r.Position.Compare(s.Position), strings.Compare(r.Field, s.Field), strings.Compare(r.Message, s.Message))
}

// String returns the diagnostic as the command line prints it, without a final
// newline: "file:line:col: severity: message (CODE)", a hint line, and an
// indented line for every related place.
func (d Diagnostic) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: ", d.Position, d.Severity)
	if d.Node != "" {
		fmt.Fprintf(&b, "%s: ", d.Node)
	}
	fmt.Fprintf(&b, "%s (%s)", d.Message, d.Code)
	if d.Hint != "" {
		fmt.Fprintf(&b, "\nhint: %s", d.Hint)
	}
	for _, r := range d.Related {
		fmt.Fprintf(&b, "\n\t%s: %s", r.Position, r.Message)
	}
	return b.String()
}

// Compare orders findings by file, line, column and code, and those that are
// alike in that by node and message, and then by everything else: no two that
// differ are alike.
func (d Diagnostic) Compare(e Diagnostic) int {
	return cmp.Or(
		d.Position.Compare(e.Position),
		strings.Compare(d.Code, e.Code),
		strings.Compare(d.Node, e.Node),
		strings.Compare(d.Message, e.Message),
		cmp.Compare(d.Severity, e.Severity),
		strings.Compare(d.Field, e.Field),
		strings.Compare(d.Hint, e.Hint),
		slices.CompareFunc(d.Related, e.Related, Related.compare),
	)
}

// Diagnostics is a list of findings, sorted by file, line, column and code.
type Diagnostics []Diagnostic

// Has reports whether a finding of that severity or a worse one is among them.
func (ds Diagnostics) Has(worst Severity) bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity <= worst })
}

// Sort puts the findings into their one order, that of [Diagnostic.Compare].
func (ds Diagnostics) Sort() {
	slices.SortStableFunc(ds, Diagnostic.Compare)
}
