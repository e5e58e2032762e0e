package report

import (
	"io"
	"net/url"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"
	"github.com/tazlab/fluxdag/dag"
)

const informationURI = "https://github.com/tazlab/fluxdag"

// printSARIF prints SARIF 2.1.0, which code scanning services read.
func (r *Report) printSARIF(w io.Writer) error {
	log, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	run := sarif.NewRunWithInformationURI("fluxdag", informationURI)
	for _, rule := range r.Rules {
		if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == rule.Code }) {
			continue
		}
		run.AddRule(rule.Code).WithName(rule.Name).WithDescription(rule.Summary).
			WithFullDescription(sarif.NewMultiformatMessageString(rule.Flux)).
			WithHelp(sarif.NewMultiformatMessageString(rule.Fix)).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(rule.Severity)))
	}
	for _, f := range r.Findings {
		run.AddResult(r.sarifResult(f))
	}
	log.AddRun(run)
	if err := log.PrettyWrite(w); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func (r *Report) sarifResult(f Finding) *sarif.Result {
	text := f.Message
	if f.Node != "" {
		text = f.Node + ": " + text
	}
	if f.Hint != "" {
		text += "\nhint: " + f.Hint
	}
	result := sarif.NewRuleResult(f.Code).WithLevel(sarifLevel(f.Severity)).
		WithMessage(sarif.NewTextMessage(text)).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(r.sarifPlace(f.Position))})
	for _, related := range f.Related {
		result.AddRelatedLocation(sarif.NewLocationWithPhysicalLocation(r.sarifPlace(related.Position)).
			WithMessage(sarif.NewTextMessage(related.Message)))
	}
	return result
}

func (r *Report) sarifPlace(p dag.Position) *sarif.PhysicalLocation {
	place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation((&url.URL{Path: r.fromGit(p.File)}).String()))
	if p.Line > 0 {
		region := sarif.NewRegion().WithStartLine(p.Line)
		if p.Column > 0 {
			region.WithStartColumn(p.Column)
		}
		place.WithRegion(region)
	}
	return place
}

func sarifLevel(s dag.Severity) string {
	switch s {
	case dag.Warning:
		return "warning"
	case dag.Information:
		return "note"
	}
	return "error" // a policy without a severity too
}
