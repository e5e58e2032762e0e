package dag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/internal/sibling"
)

var edgeRules = []Rule{{
	Code: "FD105", Name: "missing-dependency", Severity: Error, Milder: []Severity{Warning, Information},
	Summary: "dependsOn names a Kustomization that does not exist.",
	Flux:    "The node is requeued for ever with \"dependency 'namespace/name' not found\", and everything that depends on it waits too: \"dependency 'namespace/name' is not ready\".",
	Fix:     "Correct the name, or say with dag.External that the Kustomization lives outside the declaration.",
	Source:  "kustomize-controller: KustomizationReconciler.checkDependencies",
	Check:   checkMissing,
}, {
	Code: "FD106", Name: "self-dependency", Severity: Error,
	Summary: "A node depends on itself.",
	Flux:    "It waits for itself: \"dependency 'namespace/name' is not ready\", for ever. Like any cycle it also stops the event-driven reconciliation of its whole source.",
	Fix:     "Delete the entry.",
	Source:  "kustomize-controller: checkDependencies; kustomize-controller issue 1712",
	Check:   perVertex(checkSelf),
}, {
	Code: "FD107", Name: "dependency-cycle", Severity: Error,
	Summary: "Nodes depend on each other in a circle.",
	Flux:    "None of them is ever ready (\"dependency 'namespace/name' is not ready\"), nor is anything that depends on them. Where they share a source, the controller can no longer sort its Kustomizations (\"circular dependency detected\"), so a new revision reaches all of them, in the cycle or not, only at their interval.",
	Fix:     "Remove one edge of the cycle.",
	Source:  "kustomize-controller: checkDependencies and the sorting of dependencies on a revision change; kustomize-controller issue 1712",
	Check:   checkCycles,
}, {
	Code: "FD111", Name: "redundant-edge", Severity: Information,
	Summary: "A dependency is already implied by another one.",
	Flux:    "Nothing breaks; the controller checks one object more at every reconciliation, and a reader takes the edge for a necessary one.",
	Fix:     "Delete the entry, or allow it with the reason why it is spelt out.",
	Source:  "graph theory: the transitive reduction, over the edges that have no readyExpr and join nodes of one source",
	Check:   checkRedundant,
}, {
	Code: "FD112", Name: "duplicate-edge", Severity: Warning,
	Summary: "A dependency is listed twice.",
	Flux:    "The controller checks it twice; where the two have different readyExpr, both must hold.",
	Fix:     "Delete one of the entries.",
	Source:  "kustomize-controller: checkDependencies",
	Check:   perVertex(checkDuplicateEdges),
}, {
	Code: "FD117", Name: "external-spelling", Severity: Warning, Milder: []Severity{Information},
	Summary: "An external dependency is not found, neither among the nodes nor beside the generated files.",
	Flux:    "If the Kustomization does not exist, the node is requeued for ever with \"dependency 'namespace/name' not found\". It is a warning where one of almost the same name is found.",
	Fix:     "Correct the name; use the dag.Ref where the node is declared here; list it in Cluster.Externals where it lives elsewhere.",
	Source:  "kustomize-controller: checkDependencies",
	Check:   checkExternalSpelling,
}}

func checkMissing(g *Graph) []Diagnostic {
	var found []Diagnostic
	spelling := newSpeller(g)
	g.unresolved(edgeNamed, func(v *Vertex, i int, e edge) {
		hint := v.hint("declare it and name its dag.Ref in DependsOn, or use dag.External if it lives elsewhere", "add the Kustomization, or delete the entry")
		if near := spelling.nearest(v, e.key); near != "" {
			hint = "did you mean " + near + "?"
		}
		if len(g.cluster.Boundaries) > 0 {
			found = append(found, g.perhapsMissing(v, i, e, spelling.nearest(v, e.key)))
			return
		}
		found = append(found, v.Report(itemField("dependsOn", i, ""), hint,
			"depends on %s, which does not exist: Flux says \"dependency '%s' not found\" and tries again for ever", e.key, e.key))
	})
	return found
}

// perhapsMissing reports a dependency that leads nowhere in a graph that is not
// known whole: as a warning where it looks like a slip of the pen.
func (g *Graph) perhapsMissing(v *Vertex, i int, e edge, near string) Diagnostic {
	first := g.cluster.Boundaries[0]
	d := v.Report(itemField("dependsOn", i, ""), "see that it exists: nothing here applies it",
		"depends on %s, which is not found here, but may come from what cannot be followed (%s %s): if it does not exist, Flux says \"dependency '%s' not found\" and tries again for ever",
		e.key, first.Kind, first.What, e.key)
	d.Severity = Information
	if near != "" && !sibling.Names(near, e.key.String()) {
		d.Severity, d.Hint = Warning, "did you mean "+near+"?"
	}
	return d
}

func checkExternalSpelling(g *Graph) []Diagnostic {
	var found []Diagnostic
	spelling := newSpeller(g)
	g.unresolved(edgeExternal, func(v *Vertex, i int, e edge) {
		severity, hint := Information, "list it in Cluster.Externals if it lives elsewhere"
		if near := spelling.nearest(v, e.key); near != "" && !sibling.Names(near, e.key.String()) {
			severity, hint = Warning, "did you mean "+near+"?"
		}
		d := v.Report(itemField("dependsOn", i, ""), hint,
			"depends on the external %s, which is neither declared here nor defined beside the generated files: if it does not exist, Flux says \"dependency '%s' not found\" and tries again for ever", e.key, e.key)
		d.Severity = severity
		found = append(found, d)
	})
	return found
}

// unresolved calls f for every edge of that origin that leads nowhere known.
func (g *Graph) unresolved(origin edgeOrigin, f func(v *Vertex, i int, e edge)) {
	for _, v := range g.vertices {
		for i, e := range v.edges {
			if _, external := g.externals[e.key]; e.origin == origin && e.to == nil && !external && e.key.name != "" && !strings.Contains(e.key.name, "${") {
				f(v, i, e)
			}
		}
	}
}

func checkSelf(v *Vertex) []Diagnostic {
	for i, e := range v.edges {
		if e.to == v {
			never := fmt.Sprintf("Flux waits for ever (\"dependency '%s' is not ready\"), and ", e.key)
			if v.object.Spec.DependsOn[i].ReadyExpr != "" {
				never = "" // the expression may hold
			}
			return []Diagnostic{v.Report(itemField("dependsOn", i, ""), "delete the entry",
				"depends on itself: %sa new revision reaches the Kustomizations of its source only at their interval", never)}
		}
	}
	return nil
}

func checkCycles(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, cycle := range g.cycles {
		var names strings.Builder
		var related []Related
		oneSource := true
		for i, v := range cycle {
			names.WriteString(v.Key() + " -> ")
			next := cycle[(i+1)%len(cycle)]
			at := slices.IndexFunc(v.edges, func(e edge) bool { return e.to == next })
			related = append(related, Related{v.Position(), itemField("dependsOn", at, ""), v.Key() + " depends on " + next.Key()})
			oneSource = oneSource && v.source() == cycle[0].source()
		}
		effect := "none of them is ever ready"
		if oneSource { // the controller sorts the Kustomizations of each source alone
			effect += ", and a new revision reaches the Kustomizations of their source only at their interval"
		}
		d := cycle[0].Report(related[0].Field, "remove one of these edges", "dependency cycle: %s%s: %s", names.String(), cycle[0].Key(), effect)
		d.Related = related
		found = append(found, d)
	}
	return found
}

// source returns the source of v with its namespace said.
func (v *Vertex) source() Source {
	s := v.object.Spec.SourceRef
	s.APIVersion, s.Namespace = "", cmp.Or(s.Namespace, v.object.Namespace)
	return s
}

func checkRedundant(g *Graph) []Diagnostic {
	var found []Diagnostic
	for _, triple := range g.Superfluous() {
		v, u, w := triple[0], triple[1], triple[2]
		for i, e := range v.edges {
			if e.to == u && v.object.Spec.DependsOn[i].ReadyExpr == "" {
				found = append(found, v.Report(itemField("dependsOn", i, ""), v.hint("delete it from DependsOn", "delete the entry"),
					"the dependency on %s is implied by the one on %s", u.Key(), w.Key()))
				break
			}
		}
	}
	return found
}

func checkDuplicateEdges(v *Vertex) []Diagnostic {
	var found []Diagnostic
	first := map[objectKey]int{}
	for i, e := range v.edges {
		before, again := first[e.key]
		if !again {
			first[e.key] = i
			continue
		}
		hint := "delete the entry"
		if v.object.Spec.DependsOn[i].ReadyExpr != v.object.Spec.DependsOn[before].ReadyExpr {
			hint = "both must hold: write one entry with a readyExpr that says both"
		}
		found = append(found, v.Report(itemField("dependsOn", i, ""), hint, "dependsOn[%d] names %s again: Flux checks it twice", i, e.key))
	}
	return found
}
