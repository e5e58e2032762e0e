// Package report prints findings in every form that the verbs offer.
package report

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/cmd/internal/cli"
	"github.com/tazlab/fluxdag/dag"
)

// Report is what a verb has found.
type Report struct {
	// Rules are those that may have reported: SARIF describes the ones that did.
	Rules []dag.Rule `json:"-"`
	// Clusters are what was looked at.
	Clusters []Cluster `json:"clusters"`
	Findings []Finding `json:"diagnostics"`
	// Prefix is the path from the root of the git repository to that of the
	// positions, for what reads them by the former: see [cli.BelowGit].
	Prefix string `json:"-"`
	// Rest is the last line of a text, about what no cluster's summary counts, or empty.
	Rest string `json:"-"`
}

// Cluster is what a report says about one cluster as a whole. In JSON it is the
// value itself.
type Cluster interface {
	// Summary is its line in a text: what was looked at, and how it is.
	Summary() string
}

// Finding is a diagnostic, and what it would take to be rid of it.
type Finding struct {
	dag.Diagnostic
	// Diff is the difference to what should be there, as a unified diff, or empty.
	Diff string `json:"diff,omitempty"`
}

// Add takes in findings that have no diff.
func (r *Report) Add(found ...dag.Diagnostic) {
	for _, d := range found {
		r.Findings = append(r.Findings, Finding{Diagnostic: d})
	}
}

// Sort puts the findings into their one order, that of [dag.Diagnostic.Compare].
func (r *Report) Sort() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return a.Compare(b.Diagnostic) })
}

// Has reports whether a finding of that severity or a worse one is among them.
func (r *Report) Has(worst dag.Severity) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity <= worst })
}

// Finish prints the report in a format of [Formats], and returns the error that
// the verb ends with: [cli.ErrFindings] where a finding is as bad as worst.
func (r *Report) Finish(w io.Writer, format string, worst dag.Severity) error {
	r.Sort()
	if err := r.print(w, format); err != nil {
		return fmt.Errorf("cannot print the report: %w", err)
	}
	if r.Has(worst) {
		return cli.ErrFindings
	}
	return nil
}

// fromGit returns a file's path from the root of the git repository.
func (r *Report) fromGit(file string) string {
	if file == "" {
		return ""
	}
	return path.Join(r.Prefix, file)
}

func (r *Report) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return r.printJSON(w)
	case "sarif":
		return r.printSARIF(w)
	case "github":
		return r.printGitHub(w)
	}
	return r.printText(w)
}

// Count says how many findings there are, worst first.
func Count(found dag.Diagnostics) string {
	var parts []string
	for _, severity := range []dag.Severity{dag.Error, dag.Warning, dag.Information} {
		n := 0
		for _, d := range found {
			if d.Severity == severity {
				n++
			}
		}
		switch {
		case n == 0:
		case severity == dag.Information:
			parts = append(parts, fmt.Sprintf("%d information", n))
		default:
			parts = append(parts, cli.Plural(n, severity.String()))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
