package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
)

// pageCluster is what the script of a page knows of a cluster.
type pageCluster struct {
	Name   string     `json:"name"`
	Chain  string     `json:"chain,omitempty"` // which chain is marked
	Nodes  []pageNode `json:"nodes"`
	Groups [][]int    `json:"groups,omitempty"` // the nodes of each box of the folded picture
}

type pageNode struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Waits []int  `json:"waits"`        // for these nodes
	By    *int   `json:"by,omitempty"` // the node that applies it, where that is one of these
	// Facts are what the details list, each a name and its values.
	Facts []pageFact `json:"facts"`
	// Findings are errors and warnings, those about what it waits for included.
	Findings []pageFinding `json:"findings,omitempty"`
}

type pageFact struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

type pageFinding struct {
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Hint     string `json:"hint,omitempty"`
}

func (d *drawing) page() pageCluster {
	c := pageCluster{Name: printable(d.Name), Chain: d.chainText(), Nodes: make([]pageNode, len(d.boxes))}
	index := map[string]int{}
	for i, b := range d.boxes {
		index[b.key] = i
	}
	for i, b := range d.boxes {
		n := pageNode{Key: printable(b.key), Label: b.label, Waits: []int{}, Facts: d.facts(b), Findings: pageFindings(b.findings)}
		if by, is := index[d.AppliedBy[b.key]]; is && b.vertex != nil {
			n.By = &by
		} else if b.vertex != nil && d.AppliedBy[b.key] != "" {
			n.Facts = append(n.Facts, pageFact{"Applied by", []string{printable(d.AppliedBy[b.key])}})
		}
		c.Nodes[i] = n
	}
	for _, a := range d.arrows {
		n := &c.Nodes[a.to]
		n.Waits = append(n.Waits, a.from)
		n.Findings = append(n.Findings, pageFindings(a.findings)...)
		for _, expr := range a.expressions() {
			n.Facts = append(n.Facts, pageFact{"readyExpr of " + d.boxes[a.from].label, []string{printable(expr)}})
		}
	}
	return c
}

func pageFindings(found []dag.Diagnostic) []pageFinding {
	var findings []pageFinding
	for _, d := range found {
		findings = append(findings, pageFinding{d.Severity.String(), printable(fmt.Sprintf("%s %s: %s", d.Severity, d.Code, d.Message)), printable(d.Hint)})
	}
	return findings
}

// facts lists what there is to know about a node.
func (d *drawing) facts(b box) []pageFact {
	var facts []pageFact
	add := func(name string, values ...string) {
		values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
		for i, v := range values {
			values[i] = printable(v)
		}
		if len(values) > 0 {
			facts = append(facts, pageFact{name, values})
		}
	}
	if b.vertex == nil {
		add("Readiness", "not in this graph: made elsewhere, or missing")
		return facts
	}
	o := b.vertex.Object()
	spec := &o.Spec
	add("Brings", strings.Split(b.vertex.Description(), "\n")...)
	add("Level", d.lanes[b.lane])
	add("Path", cmp.Or(spec.Path, "./"))
	add("Source", spec.SourceRef.Kind+" "+cmp.Or(spec.SourceRef.Namespace, o.Namespace)+"/"+spec.SourceRef.Name)
	switch readiness(spec) {
	case "wait":
		add("Ready when", "everything that it applies is healthy")
	case "healthChecks":
		add("Ready when", "its health checks are healthy")
	default:
		add("Ready when", "it is applied")
	}
	var checks []string
	for _, check := range spec.HealthChecks {
		checks = append(checks, check.Kind+" "+strings.TrimPrefix(check.Namespace+"/"+check.Name, "/"))
	}
	add("Health checks", checks...)
	if spec.Suspend {
		add("Suspended", "yes: Flux leaves it alone")
	}
	add("Interval", duration(&spec.Interval))
	add("Timeout", duration(spec.Timeout))
	add("Prune", fmt.Sprint(spec.Prune))
	add("Variables from", variableSources(spec)...)
	if spec.PostBuild != nil {
		var own []string
		for _, name := range slices.Sorted(maps.Keys(spec.PostBuild.Substitute)) {
			own = append(own, name+" = "+spec.PostBuild.Substitute[name])
		}
		add("Variables", own...)
	}
	var limits []string
	for _, l := range b.limits {
		limits = append(limits, strings.TrimSpace(boundaryText(l)+" "+boundaryPlace(l)))
	}
	add("Not followed", limits...)
	add("Waits for, not shown", slices.Clone(b.hidden)...)
	if n := d.hiddenBehind(b.vertex); n > 0 {
		add("Gates, not shown", plural(n, "Kustomization"))
	}
	if at := b.vertex.Position(); at.File != "" {
		add("Declared", at.String())
	}
	return facts
}
