package gen

import (
	"bytes"
	"go/ast"
	"go/format"
	goparser "go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/tazlab/fluxdag/dag"
)

// FuzzGo writes graphs with any names, texts and comments: what comes out is Go
// that gofmt leaves alone, every name in it is declared once, and the texts are
// what went in. TestGoCompiles holds what the compiler makes of it.
func FuzzGo(f *testing.F) {
	for _, s := range nasty {
		f.Add("infra-a\ninfra-b\na.b\na-b\n"+s, "flux-system", s, s, uint8(3))
	}
	f.Add("İ\nǅ\n1\n١\nªx\nͅ", "1", "`\n`", "# Heading\n\n  - item\n\tcode", uint8(0xff))
	dag.Unlisted() // ends the recording of declarations, which would grow for as long as this runs
	f.Fuzz(func(t *testing.T, names, namespace, text, comment string, shape uint8) {
		var refs []dag.Ref
		comments := map[string]map[string][]string{}
		for i, name := range strings.Split(names, "\n") {
			n := dag.Node{Name: name, Namespace: namespace, Path: text, Description: comment, Labels: map[string]string{text: text}}
			if shape&1 != 0 && i > 0 {
				n.DependsOn = []dag.Ref{refs[i-1].When(text), dag.External(name), dag.External(text + "x")}
			}
			if shape&2 != 0 {
				n.Extra = kustomizev1.KustomizationSpec{Patches: []kustomize.Patch{{Patch: text}, {Patch: comment}}, Wait: true, HealthChecks: []dag.HealthCheck{{Name: text}}}
			}
			if shape&4 != 0 {
				n.Namespace, n.Allow = "", map[string]string{text: comment}
			}
			refs = append(refs, dag.Declare(n))
			comments[n.Namespace+"/"+name] = map[string][]string{"": {comment}, "spec.path": {comment}, "spec.patches[0].patch": {comment, text}, text: {text}}
		}
		c := dag.Cluster{Name: names, Dir: "clusters/c", Nodes: refs}
		if shape&8 != 0 {
			c.Nodes, c.Levels = nil, []dag.Level{{Name: text, Nodes: refs}}
		}
		g := dag.Resolve(c)
		files, err := Go(g, GoOptions{Comments: comments})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Go(g, GoOptions{Comments: comments})
		if err != nil || !slices.EqualFunc(files, again, func(a, b GoFile) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }) {
			t.Fatal("the same graph gives other bytes", err)
		}
		checkSource(t, files, g.Len(), text)
	})
}

// checkSource parses the files of a declaration of so many nodes, whose paths are
// all the same text.
func checkSource(t *testing.T, files []GoFile, nodes int, path string) {
	t.Helper()
	declared, unresolved, paths := map[string]int{}, []string{}, 0
	for _, f := range files {
		if again, err := format.Source(f.Data); err != nil || !bytes.Equal(again, f.Data) {
			t.Fatalf("gofmt: %v\n%s\nbecomes\n%s", err, f.Data, again)
		}
		file, err := goparser.ParseFile(token.NewFileSet(), f.Name, f.Data, goparser.DeclarationErrors|goparser.ParseComments)
		if err != nil {
			t.Fatalf("%v\n%s", err, f.Data)
		}
		for name := range file.Scope.Objects {
			declared[name]++
		}
		for _, id := range file.Unresolved {
			unresolved = append(unresolved, id.Name)
		}
		for n := range ast.Preorder(file) {
			if pair, ok := n.(*ast.KeyValueExpr); ok && isField(pair, "Path") {
				paths++
				if got := constant(t, pair.Value); got != path {
					t.Fatalf("the path %q became %q\n%s", path, got, f.Data)
				}
			}
		}
	}
	if len(declared) != nodes+1 || path != "" && paths != nodes {
		t.Fatalf("%d variables and %d paths for %d nodes", len(declared)-1, paths, nodes)
	}
	for _, name := range unresolved {
		imported := false
		for _, known := range specPackages() {
			imported = imported || known == name
		}
		if declared[name] != 1 && !imported && !jen.IsReservedWord(name) {
			t.Fatalf("%s is declared %d times", name, declared[name])
		}
	}
}

func isField(pair *ast.KeyValueExpr, name string) bool {
	id, ok := pair.Key.(*ast.Ident)
	return ok && id.Name == name
}

// constant returns the text of a literal, or of a sum of them.
func constant(t *testing.T, e ast.Expr) string {
	t.Helper()
	if sum, ok := e.(*ast.BinaryExpr); ok {
		return constant(t, sum.X) + constant(t, sum.Y)
	}
	text, err := strconv.Unquote(e.(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
