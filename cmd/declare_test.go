package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dave/jennifer/jen"
	"github.com/google/go-cmp/cmp"
	"github.com/tazlab/fluxdag/dag"
	"github.com/tazlab/fluxdag/gen"
)

const dagPath = module + "/dag"

// TestCompiledDeclaration draws a graph, prints it as a Go declaration, compiles
// and runs that in another module, and holds the YAML against that of the same
// graph resolved here: what the compiler and the start of a program do to a
// declaration changes nothing.
func TestCompiledDeclaration(t *testing.T) {
	t.Parallel()
	const nodes = 80
	r := rand.New(rand.NewPCG(20, 26))
	file := jen.NewFile("staging")
	var refs []dag.Ref
	var listed []jen.Code
	for i := range nodes {
		node, fields := drawNode(r, i, refs)
		name := fmt.Sprintf("node%d", i)
		file.Var().Id(name).Op("=").Qual(dagPath, "Declare").Call(jen.Qual(dagPath, "Node").Values(fields))
		refs = append(refs, dag.Declare(node).At(dag.Position{File: "clusters/staging/dag.go", Line: i + 1}))
		listed = append(listed, jen.Id(name))
	}
	cluster := dag.Cluster{Name: "staging", Nodes: refs, Defaults: dag.Defaults{
		Interval: time.Hour, Prune: new(true), Source: dag.Source{Kind: "GitRepository", Name: "fleet"}}}
	file.Var().Id("Cluster").Op("=").Qual(dagPath, "Cluster").Values(jen.Dict{
		jen.Id("Name"):  jen.Lit("staging"),
		jen.Id("Nodes"): jen.Index().Qual(dagPath, "Ref").Values(listed...),
		jen.Id("Defaults"): jen.Qual(dagPath, "Defaults").Values(jen.Dict{
			jen.Id("Interval"): jen.Qual("time", "Hour"),
			jen.Id("Prune"):    jen.New(jen.True()),
			jen.Id("Source"):   jen.Qual(dagPath, "Source").Values(jen.Dict{jen.Id("Kind"): jen.Lit("GitRepository"), jen.Id("Name"): jen.Lit("fleet")}),
		}),
	})
	var source bytes.Buffer
	if err := file.Render(&source); err != nil {
		t.Fatal(err)
	}
	fleet := newFleet(t, source.String())
	if output, err := inFleet(fleet, "go", "build", "-o", "fleet", "."); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if output, err := inFleet(fleet, "./fleet", "generate"); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	files, err := gen.YAML(dag.Resolve(cluster))
	if err != nil || len(files) != nodes {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		if diff := cmp.Diff(string(f.Data), readFile(t, filepath.Join(fleet, filepath.FromSlash(f.Path)))); diff != "" {
			t.Errorf("%s (-resolved here +compiled):\n%s", f.Path, diff)
		}
	}
}

// drawNode draws a node that depends on some of the earlier ones, as a value and
// as the fields of its literal.
func drawNode(r *rand.Rand, i int, earlier []dag.Ref) (dag.Node, jen.Dict) {
	name := fmt.Sprintf("node-%d", i)
	n := dag.Node{Name: name, Path: "./" + name, Interval: time.Duration(r.IntN(100)+60) * time.Second}
	fields := jen.Dict{
		jen.Id("Name"): jen.Lit(n.Name), jen.Id("Path"): jen.Lit(n.Path),
		jen.Id("Interval"): jen.Lit(int(n.Interval/time.Second)).Op("*").Qual("time", "Second"),
	}
	var deps []jen.Code
	for k, ref := range earlier {
		if r.IntN(len(earlier)) < 2 {
			n.DependsOn = append(n.DependsOn, ref)
			deps = append(deps, jen.Id(fmt.Sprintf("node%d", k)))
		}
	}
	if deps != nil {
		fields[jen.Id("DependsOn")] = jen.Index().Qual(dagPath, "Ref").Values(deps...)
	}
	switch r.IntN(4) {
	case 0:
		n.Ready = dag.WaitAll()
		fields[jen.Id("Ready")] = jen.Qual(dagPath, "WaitAll").Call()
	case 1:
		check := dag.HealthCheck{APIVersion: "apps/v1", Kind: "Deployment", Name: name, Namespace: "apps"}
		n.Ready = dag.HealthChecks(check)
		fields[jen.Id("Ready")] = jen.Qual(dagPath, "HealthChecks").Call(jen.Qual(dagPath, "HealthCheck").Values(jen.Dict{
			jen.Id("APIVersion"): jen.Lit(check.APIVersion), jen.Id("Kind"): jen.Lit(check.Kind),
			jen.Id("Name"): jen.Lit(check.Name), jen.Id("Namespace"): jen.Lit(check.Namespace)}))
	case 2:
		n.Description = strings.Repeat("A line of it.\n", r.IntN(3)+1)
		n.Substitute = map[string]string{"A": fmt.Sprint(r.IntN(9)), "B": "yes", "C": "${A}\n"}
		fields[jen.Id("Description")] = jen.Lit(n.Description)
		fields[jen.Id("Substitute")] = jen.Map(jen.String()).String().Values(jen.Dict{
			jen.Lit("A"): jen.Lit(n.Substitute["A"]), jen.Lit("B"): jen.Lit("yes"), jen.Lit("C"): jen.Lit("${A}\n")})
	}
	return n, fields
}
