package gen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// cluster writes the head of dag.go.
func (w *goWriter) cluster(f *jen.File) {
	name := w.graph.Name()
	f.PackageComment(goComment("Package " + w.options.Package + " declares the Flux graph of " + clusterPhrase(oneLine(name)) + "."))
	f.Comment("//go:generate " + cmp.Or(w.options.Generate, w.manifests()) + " generate " + generateArgument(name))
	f.Line()
	f.Comment("// Cluster is the whole graph, level by level.")
	elements := []listElement{fieldElement("Name", stringExpr(name))}
	if dir := w.graph.Dir(); dir != "clusters/"+name {
		elements = append(elements, fieldElement("Dir", stringExpr(dir)))
	}
	if defaults, any := w.shared.expr(); any {
		elements = append(elements, fieldElement("Defaults", defaults))
	}
	levels := make([]listElement, len(w.levels))
	for i, level := range w.levels {
		levels[i].value = w.levelExpr(level)
	}
	list := listCode(codeExpr(jen.Index().Qual(dagPath, "Level"), 0), "{", "}", levels, true)
	elements = append(elements, fieldElement("Levels", expr{code: list}))
	f.Var().Id("Cluster").Op("=").Add(listCode(dagExpr("Cluster"), "{", "}", elements, true))
}

// clusterPhrase names a cluster in a sentence: "the cluster production", but
// "home-cluster" and not "the cluster home-cluster".
func clusterPhrase(name string) string {
	words := nameWords(strings.ToLower(name))
	switch {
	case name == "" || strings.EqualFold(name, "cluster"):
		return "the cluster"
	case strings.Join(words, "-") != strings.ToLower(name):
		return "the cluster " + strconv.Quote(name) // where it ends could not be seen
	case slices.Contains(words, "cluster"):
		return name
	}
	return "the cluster " + name
}

// manifests is the command that runs this repository's cmd/manifests in the
// folder of the declaration.
func (w *goWriter) manifests() string {
	up := strings.Repeat("../", strings.Count(w.graph.Dir(), "/")+1)
	if w.graph.Dir() == "." {
		up = "./"
	}
	return "go run " + up + "cmd/manifests"
}

// generateArgument writes an argument as go generate reads it.
func generateArgument(name string) string {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == '"' || r > '~' }) {
		return strconv.Quote(name)
	}
	return name
}

// levelExpr writes the entry of a level in the cluster.
func (w *goWriter) levelExpr(level goLevel) expr {
	nodes := make([]listElement, len(level.nodes))
	for i, v := range level.nodes {
		nodes[i].value = identExpr(w.identifiers[v])
	}
	refs := codeExpr(jen.Index().Qual(dagPath, "Ref"), len("[]dag.Ref"))
	list := listExpr(refs, "{", "}", nodes)
	if list.width > maxWidth-len(level.name)-len(`{Name: "", Nodes: }`) {
		list = expr{code: filled(refs, nodes)}
	}
	var elements []listElement
	if level.name != "" {
		elements = append(elements, fieldElement("Name", stringExpr(level.name)))
	}
	elements = append(elements, fieldElement("Nodes", list))
	return expr{code: listCode(expr{}, "{", "}", elements, false)}
}

// filled lays out names in full lines.
func filled(head expr, names []listElement) *jen.Statement {
	items, width := make([]jen.Code, len(names)), maxWidth
	for i, name := range names {
		items[i] = name.value.code
		if width += name.value.width + len(", "); width > maxWidth {
			items[i], width = jen.Line().Add(name.value.code), name.value.width
		}
	}
	return jen.Add(head.code).Custom(jen.Options{Open: "{", Close: ",\n}", Separator: ","}, items...)
}
