package view

import (
	"cmp"
	"io"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// JSON writes the graphs as docs/graph.schema.json describes them.
func JSON(w io.Writer, clusters []Cluster) error {
	s := newStream(w)
	s.nest("{", "}", func() {
		s.member(true, "clusters")
		s.list(len(clusters), func(i int) { s.cluster(clusters[i]) })
	})
	s.raw("\n")
	return s.end()
}

func (s *stream) cluster(c Cluster) {
	nodes := slices.Collect(c.nodes())
	boundaries := c.boundaries()
	found := newMarks(c)
	s.nest("{", "}", func() {
		s.member(true, "name")
		s.value(c.Name)
		s.member(false, "root")
		s.value(c.Root)
		s.member(false, "nodes")
		s.list(len(nodes), func(i int) { s.value(newNode(nodes[i], c, found)) })
		s.member(false, "edges")
		edges := c.allEdges()
		s.list(len(edges), func(i int) { s.value(jsonEdge{edges[i], newFindings(found.edges[ends{edges[i].From, edges[i].To}])}) })
		s.member(false, "boundaries")
		s.list(len(boundaries), func(i int) { s.value(newBoundary(boundaries[i])) })
		if len(found.rest) > 0 {
			s.member(false, "findings")
			s.list(len(found.rest), func(i int) { s.value(newFindings(found.rest[i : i+1])[0]) })
		}
	})
}

type jsonNode struct {
	Key           string        `json:"key"`
	Namespace     string        `json:"namespace"`
	Name          string        `json:"name"`
	File          string        `json:"file"`
	Line          int           `json:"line"`
	Column        int           `json:"column,omitempty"`
	Description   string        `json:"description,omitempty"`
	AppliedBy     string        `json:"appliedBy,omitempty"`
	Level         int           `json:"level"`
	DeclaredLevel *jsonLevel    `json:"declaredLevel,omitempty"`
	Source        jsonObject    `json:"source"`
	Path          string        `json:"path"`
	Wait          bool          `json:"wait"`
	Readiness     string        `json:"readiness"`
	HealthChecks  []jsonCheck   `json:"healthChecks"`
	Suspended     bool          `json:"suspended"`
	Prune         bool          `json:"prune"`
	Interval      string        `json:"interval,omitempty"`
	RetryInterval string        `json:"retryInterval,omitempty"`
	Timeout       string        `json:"timeout,omitempty"`
	NotShown      []string      `json:"notShown,omitempty"`
	Findings      []jsonFinding `json:"findings,omitempty"`
}

type jsonEdge struct {
	edge
	Findings []jsonFinding `json:"findings,omitempty"`
}

type jsonFinding struct {
	Code     string       `json:"code"`
	Severity dag.Severity `json:"severity"`
	Message  string       `json:"message"`
	Hint     string       `json:"hint,omitempty"`
	File     string       `json:"file,omitempty"`
	Line     int          `json:"line,omitempty"`
	Column   int          `json:"column,omitempty"`
}

func newFindings(found []dag.Diagnostic) []jsonFinding {
	var findings []jsonFinding
	for _, d := range found {
		findings = append(findings, jsonFinding{d.Code, d.Severity, d.Message, d.Hint, d.Position.File, d.Position.Line, d.Position.Column})
	}
	return findings
}

type jsonLevel struct {
	Index int    `json:"index"`
	Name  string `json:"name"`
}

type jsonObject struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
}

type jsonCheck struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
}

type jsonBoundary struct {
	Node   string `json:"node,omitempty"`
	Kind   string `json:"kind"`
	What   string `json:"what"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

func newBoundary(b dag.Boundary) jsonBoundary {
	return jsonBoundary{b.Node, b.Kind, b.What, b.Position.File, b.Position.Line, b.Position.Column}
}

func newNode(v *dag.Vertex, c Cluster, found marks) jsonNode {
	o := v.Object()
	spec, at := &o.Spec, v.Position()
	n := jsonNode{
		Key: v.Key(), Namespace: o.Namespace, Name: o.Name,
		File: at.File, Line: at.Line, Column: at.Column,
		Description: v.Description(), AppliedBy: c.AppliedBy[v.Key()], Level: v.Level(),
		Source: jsonObject{spec.SourceRef.Kind, cmp.Or(spec.SourceRef.Namespace, o.Namespace), spec.SourceRef.Name},
		Path:   spec.Path, Wait: spec.Wait, Readiness: readiness(spec), HealthChecks: []jsonCheck{},
		Suspended: spec.Suspend, Prune: spec.Prune,
		Interval: duration(&spec.Interval), RetryInterval: duration(spec.RetryInterval), Timeout: duration(spec.Timeout),
		NotShown: c.hiddenOf(v), Findings: newFindings(found.nodes[v.Key()]),
	}
	if index, name := v.DeclaredLevel(); index >= 0 {
		n.DeclaredLevel = &jsonLevel{index, name}
	}
	for _, check := range spec.HealthChecks {
		n.HealthChecks = append(n.HealthChecks, jsonCheck{cmp.Or(check.APIVersion, "apps/v1"), check.Kind, check.Namespace, check.Name})
	}
	return n
}

// duration writes a duration, or nothing where it is not set.
func duration(d *metav1.Duration) string {
	if d == nil || d.Duration == 0 {
		return ""
	}
	return dag.FormatDuration(d.Duration)
}
