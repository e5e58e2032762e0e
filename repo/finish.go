package repo

import (
	"cmp"
	"slices"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// finish turns what was followed into a graph and its findings.
func (c *cluster) finish() *Cluster {
	out := &Cluster{
		Name: c.root.name, Root: cleanPath(c.tree.rel(c.tree.abs(c.root.path))), ArtifactRoot: cmp.Or(c.root.prefix, "."),
		Objects: map[string][]*Object{}, AppliedBy: map[string][]string{}, Documents: map[string]*gen.Document{}, Symbolic: map[string][]string{}, Uses: map[string][]string{},
		declarations: map[string]dag.Node{}, bodies: map[string]map[string]any{}, judged: map[string]bool{}, index: c.index, built: c.built,
		source: c.rootURL(), reads: map[string][]string{}, opaque: map[string][]string{}, contents: c.contents(), copies: map[string]bool{},
	}
	if c.root.object != nil {
		out.rootKey = c.order[0].key.String()
		out.rootSubstitutes = c.order[0].vars != nil && c.order[0].vars.runs
	}
	c.doubtRoot()
	declared := dag.Cluster{Name: c.root.name, Dir: out.Root, Boundaries: c.boundaries}
	for _, n := range c.order {
		out.findings = append(out.findings, n.findings...)
		if n.virtual {
			out.byHand = c.settled(n)
			continue
		}
		out.add(n, c.settled(n))
		out.reads[n.key.String()] = c.reads(n)
		declared.Nodes = append(declared.Nodes, out.declare(n))
	}
	out.Graph = dag.Resolve(declared)
	out.findings = append(out.findings, c.findings...)
	out.findings = append(out.findings, c.check(out.Graph)...)
	out.misspelt, out.site, out.sources, out.suspended = c.misspelt, c.site(), c.fetched(out), c.suspends()
	return out
}

// doubtRoot takes absent paths for no errors where the root was only guessed and no
// path at all exists: then the Kustomizations build from another repository.
func (c *cluster) doubtRoot() {
	if c.root.object != nil {
		return
	}
	for _, n := range c.order {
		if !n.virtual && !slices.ContainsFunc(n.findings, isAbsentPath) {
			return
		}
	}
	for _, n := range c.order {
		for i := range n.findings {
			if isAbsentPath(n.findings[i]) {
				n.findings[i].Severity = dag.Information
			}
		}
	}
}

func isAbsentPath(d dag.Diagnostic) bool { return d.Code == pathNotFound.Code }

// add enters what is known of a node beside its declaration.
func (out *Cluster) add(n *node, objects []*Object) {
	name := n.key.String()
	out.Objects[name] = objects
	for _, parent := range n.appliers {
		if !parent.virtual && !slices.Contains(out.AppliedBy[name], parent.key.String()) {
			out.AppliedBy[name] = append(out.AppliedBy[name], parent.key.String())
		}
	}
	if n.document != nil {
		out.Documents[name] = n.document
	}
	if used := n.uses(); len(used) > 0 {
		out.Uses[name] = used
	}
	if n.vars != nil {
		out.opaque[name] = n.vars.opaque
		for variable := range n.vars.symbolic {
			if len(n.vars.opaque) == 0 {
				break // nobody gives it a value: FD328
			}
			out.Symbolic[name] = append(out.Symbolic[name], variable)
		}
		slices.Sort(out.Symbolic[name])
	}
}

// declare turns a node into a declaration whose findings point into the author's
// file.
func (out *Cluster) declare(n *node) dag.Ref {
	out.judged[n.key.String()] = n.judged
	declaration, problems := gen.NodeOf(n.object)
	declaration.Name, declaration.Namespace = n.key.name, n.key.namespace
	declaration.File = n.key.namespace + "." + n.key.name + ".yaml" // names are unique only with their namespace
	if n.document != nil {
		allowed, faults := n.document.Allow()
		declaration.Allow = allowed
		out.findings = append(out.findings, faults...)
	}
	for _, p := range problems {
		if !IsSymbolic(textAt(n.object, p.Field)) {
			out.findings = append(out.findings, dag.Diagnostic{Code: p.Code, Severity: p.Severity, Position: n.locate(p.Field),
				Node: n.key.String(), Field: p.Field, Message: p.Message, Hint: p.Hint})
		}
	}
	out.declarations[n.key.String()], out.bodies[n.key.String()] = declaration, n.object
	return dag.DeclareAt(declaration, n.locate)
}

// Rules returns the rules that judge the cluster: those of the graph, and those
// of the repository with what [Load] found. FD104 is left out, which is about
// generated files; of some others more is known here than a graph tells.
func (out *Cluster) Rules() []dag.Rule {
	var rules []dag.Rule
	for _, r := range slices.Concat(dag.Rules(), Rules()) {
		switch {
		case r.Code == "FD104":
			continue
		case r.Code == "FD207" || slices.ContainsFunc(Rules(), func(own dag.Rule) bool { return own.Code == r.Code }):
			r.Check = out.found(r.Code)
		case r.Code == "FD203" || r.Code == "FD212" || r.Code == "FD213":
			code, check := r.Code, r.Check
			r.Check = func(g *dag.Graph) []dag.Diagnostic {
				return slices.DeleteFunc(check(g), func(d dag.Diagnostic) bool { return out.harmless(code, d.Node) })
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// found returns the check of a rule whose findings are known.
func (out *Cluster) found(code string) func(*dag.Graph) []dag.Diagnostic {
	return func(*dag.Graph) []dag.Diagnostic {
		return slices.DeleteFunc(slices.Clone([]dag.Diagnostic(out.findings)), func(d dag.Diagnostic) bool { return d.Code != code })
	}
}

// harmless reports whether a rule of the graph is known not to apply to a node: a
// timeout without a health check holds no worker, a node that runs nothing has
// nothing that its dependents could be too early for, and another source without a
// path is one that is meant as a whole.
func (out *Cluster) harmless(code, node string) bool {
	v := out.Graph.Lookup(node)
	if v == nil {
		return false
	}
	spec := v.Object().Spec
	switch code {
	case "FD203":
		return !spec.Wait && len(spec.HealthChecks) == 0
	case "FD212":
		return out.runsNothing(node)
	}
	return spec.Path == "" && (spec.SourceRef.Kind == "ExternalArtifact" || slices.ContainsFunc(out.Graph.Boundaries(), func(b dag.Boundary) bool { return b.Kind == "source" && b.Node == node }))
}

// controllers are the kinds that bring up something for others to use.
var controllers = []string{"HelmRelease", "Deployment", "DaemonSet", "StatefulSet", "APIService", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}

// runsNothing reports whether it is known that a node brings up nothing that its
// dependents could be too early for.
func (out *Cluster) runsNothing(node string) bool {
	inventory := out.Objects[node]
	return len(inventory) > 0 && !slices.ContainsFunc(inventory, func(o *Object) bool { return slices.Contains(controllers, o.Kind) })
}

// Body returns the Kustomization of that namespace/name as it is in the cluster, or nil.
// It is shared: treat it as read-only.
func (out *Cluster) Body(node string) map[string]any { return out.bodies[node] }

// Check judges the cluster by all rules, and more.
func (out *Cluster) Check(more ...dag.Rule) dag.Diagnostics {
	rules := append(out.Rules(), more...)
	found := out.Graph.Check(rules...)
	for _, d := range out.findings {
		if !slices.ContainsFunc(rules, func(r dag.Rule) bool { return r.Code == d.Code }) {
			found = append(found, d) // the reader's, which nothing suppresses
		}
	}
	found = out.withoutGuesses(found)
	out.pointAtMisspelt(found)
	found = out.dropConsequences(out.withoutSpec(found)).GiveWay(rules)
	found.Sort()
	return slices.CompactFunc(found, func(a, b dag.Diagnostic) bool { return a.Compare(b) == 0 })
}

// withoutGuesses drops what the rules of the graph say where more is known: that a
// dependency is not there, of a HelmRelease (FD330), that a path looks wrong, where it
// has been looked at (FD320, FD321), and what a value is that only the cluster knows.
func (out *Cluster) withoutGuesses(found dag.Diagnostics) dag.Diagnostics {
	releases := map[dag.Position]bool{}
	for _, d := range found {
		if d.Code == releaseDependency.Code {
			releases[d.Position] = true
		}
	}
	values := judging()
	return slices.DeleteFunc(found, func(d dag.Diagnostic) bool {
		return out.beyondKnowing(d, values) || d.Code == "FD105" && releases[d.Position] || d.Code == "FD213" && d.Severity == dag.Error && out.judged[d.Node]
	})
}
