package cmd

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// report is what check has to say.
type report struct {
	rules    []dag.Rule
	Clusters []clusterReport `json:"clusters"`
	Findings []finding       `json:"diagnostics"`
}

type clusterReport struct {
	Name   string `json:"name"`
	Dir    string `json:"dir"`
	Nodes  int    `json:"nodes"`
	Levels int    `json:"levels"`
	// DriftChecked is false where the declaration has errors, so that there
	// is nothing to hold the files against.
	DriftChecked bool `json:"driftChecked"`
	summary      string
}

type finding struct {
	dag.Diagnostic
	// Diff is the drift as a unified diff.
	Diff string `json:"diff,omitempty"`
}

// add takes in the findings about one cluster, and its drift.
func (r *report) add(l loaded) error {
	found := l.findings
	c := clusterReport{Name: l.graph.Name(), Dir: l.graph.Dir(), Nodes: l.graph.Len(), Levels: len(l.graph.Levels())}
	for _, d := range found {
		r.Findings = append(r.Findings, finding{Diagnostic: d})
	}
	drift := "not checked"
	if !found.Has(dag.Error) {
		p, err := prepare(l)
		if err != nil {
			return err
		}
		c.DriftChecked, drift = true, r.addDrift(p.changes)
	}
	c.summary = fmt.Sprintf("%s: %s in %s; declaration: %s; files: %s", c.Name, plural(c.Nodes, "Kustomization"), plural(c.Levels, "level"), count(found), drift)
	r.Clusters = append(r.Clusters, c)
	return nil
}

// addDrift takes in the changes and says how many there are of each kind.
func (r *report) addDrift(changes []gen.Change) string {
	counts := map[gen.ChangeKind]int{}
	for _, change := range changes {
		if change.Kind != gen.Leftover {
			r.Findings = append(r.Findings, finding{change.Diagnostic(), change.Diff()})
			counts[change.Kind]++
		}
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[kind], kind))
	}
	if len(parts) == 0 {
		return "no drift"
	}
	return strings.Join(parts, ", ")
}

func (r *report) diagnostics() dag.Diagnostics {
	found := make(dag.Diagnostics, len(r.Findings))
	for i, f := range r.Findings {
		found[i] = f.Diagnostic
	}
	return found
}

func (r *report) print(w io.Writer, output format) error {
	switch output {
	case "json":
		return r.printJSON(w)
	case "sarif":
		return r.printSARIF(w)
	case "github":
		return r.printGitHub(w)
	}
	return r.printText(w)
}

func (r *report) printText(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintln(&b, f)
		b.WriteString(f.Diff)
	}
	for _, c := range r.Clusters {
		fmt.Fprintln(&b, c.summary)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *report) printJSON(w io.Writer) error {
	if r.Findings == nil {
		r.Findings = []finding{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

// printGitHub prints workflow commands, which GitHub shows beside the lines of
// a pull request.
func (r *report) printGitHub(w io.Writer) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, f := range r.Findings {
		place := "file=" + property.Replace(f.Position.File)
		if f.Position.Line > 0 {
			place += fmt.Sprintf(",line=%d", f.Position.Line)
		}
		if f.Position.Column > 0 {
			place += fmt.Sprintf(",col=%d", f.Position.Column)
		}
		message := strings.TrimPrefix(f.Node+": "+f.Message, ": ")
		if f.Hint != "" {
			message += "\nhint: " + f.Hint
		}
		for _, related := range f.Related {
			message += fmt.Sprintf("\n%s: %s", related.Position, related.Message)
		}
		fmt.Fprintf(&b, "::%s %s,title=%s::%s\n", gitHubLevel(f.Severity), place, property.Replace(f.Code), data.Replace(message))
	}
	for _, c := range r.Clusters {
		fmt.Fprintln(&b, c.summary)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func gitHubLevel(s dag.Severity) string {
	if s == dag.Information {
		return "notice"
	}
	return s.String()
}
