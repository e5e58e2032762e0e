package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// format is the value of -o.
type format string

var formats = []string{"text", "json", "sarif", "github"}

func (f *format) String() string { return string(*f) }
func (f *format) Type() string   { return "format" }

func (f *format) Set(s string) error {
	if !slices.Contains(formats, s) {
		return errors.New("use text, json, sarif or github")
	}
	*f = format(s)
	return nil
}

// failOn is the value of --fail-on.
type failOn dag.Severity

func (f *failOn) severity() dag.Severity { return dag.Severity(*f) }
func (f *failOn) String() string         { return f.severity().String() }
func (f *failOn) Type() string           { return "severity" }

func (f *failOn) Set(s string) error {
	if (*dag.Severity)(f).UnmarshalText([]byte(s)) != nil {
		return errors.New("use error, warning or information")
	}
	return nil
}

// count says how many findings there are, worst first.
func count(found dag.Diagnostics) string {
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
			parts = append(parts, plural(n, severity.String()))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// number writes how many, and zero as a word.
func number(n int, zero string) string {
	if n == 0 {
		return zero
	}
	return fmt.Sprint(n)
}
