package repo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

// finish turns what was followed into a graph and its findings.
func (c *cluster) finish() *Cluster {
	out := &Cluster{
		Name: c.root.name, Root: cleanPath(c.tree.rel(c.tree.abs(c.root.path))), ArtifactRoot: cmp.Or(c.root.prefix, "."),
		Objects: map[string][]*Object{}, AppliedBy: map[string][]string{}, Documents: map[string]*gen.Document{}, Symbolic: map[string][]string{},
	}
	declared := dag.Cluster{Name: c.root.name, Dir: out.Root, Boundaries: c.boundaries}
	for _, n := range c.order {
		out.findings = append(out.findings, n.findings...)
		if n.virtual {
			continue
		}
		out.add(n)
		declared.Nodes = append(declared.Nodes, out.declare(n))
	}
	out.Graph = dag.Resolve(declared)
	out.findings = append(out.findings, c.findings...)
	out.findings = append(out.findings, c.check(out.Graph)...)
	return out
}

// add enters what is known of a node beside its declaration.
func (out *Cluster) add(n *node) {
	name := n.key.String()
	out.Objects[name] = n.inventory
	for _, parent := range n.appliers {
		if !parent.virtual && !slices.Contains(out.AppliedBy[name], parent.key.String()) {
			out.AppliedBy[name] = append(out.AppliedBy[name], parent.key.String())
		}
	}
	if n.document != nil {
		out.Documents[name] = n.document
	}
	if n.vars != nil {
		for variable := range n.vars.symbolic {
			out.Symbolic[name] = append(out.Symbolic[name], variable)
		}
		slices.Sort(out.Symbolic[name])
	}
}

// declare turns a node into a declaration whose findings point into the author's
// file.
func (out *Cluster) declare(n *node) dag.Ref {
	declaration, problems := gen.NodeOf(n.object)
	declaration.Name, declaration.Namespace = n.key.name, n.key.namespace
	declaration.File = n.key.namespace + "." + n.key.name + ".yaml" // names are unique only with their namespace
	for _, p := range problems {
		if !isSymbolic(textAt(n.object, p.Field)) {
			out.findings = append(out.findings, dag.Diagnostic{Code: p.Code, Severity: p.Severity, Position: n.locate(p.Field),
				Node: n.key.String(), Field: p.Field, Message: p.Message, Hint: p.Hint})
		}
	}
	return dag.DeclareAt(declaration, n.locate)
}

// textAt returns the text of a field that is given as a path.
func textAt(object map[string]any, field string) string {
	return text(object, strings.Split(field, ".")...)
}

// generatorRules are about what is generated from a declaration, which is not
// what a repository of YAML is.
var generatorRules = []string{"FD104"}

// Rules returns the rules that judge the cluster: those of the graph, and those
// of the repository with what [Load] found.
func (out *Cluster) Rules() []dag.Rule {
	rules := slices.DeleteFunc(dag.Rules(), func(r dag.Rule) bool { return slices.Contains(generatorRules, r.Code) })
	for _, r := range Rules() {
		code := r.Code
		r.Check = func(*dag.Graph) []dag.Diagnostic {
			return slices.DeleteFunc(slices.Clone([]dag.Diagnostic(out.findings)), func(d dag.Diagnostic) bool { return d.Code != code })
		}
		rules = append(rules, r)
	}
	return rules
}

// Check judges the cluster by all rules.
func (out *Cluster) Check() dag.Diagnostics {
	found := out.Graph.Check(out.Rules()...)
	own := Rules()
	for _, d := range out.findings {
		if !slices.ContainsFunc(own, func(r dag.Rule) bool { return r.Code == d.Code }) {
			found = append(found, d) // the reader's, which nothing suppresses
		}
	}
	found.Sort()
	return slices.CompactFunc(found, func(a, b dag.Diagnostic) bool { return a.Compare(b) == 0 })
}
