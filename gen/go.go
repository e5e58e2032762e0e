package gen

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/token"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/tazlab/fluxdag/dag"
)

// GoOptions say what a graph does not.
type GoOptions struct {
	// Package is the name of the package; made from the cluster's name when empty.
	Package string
	// Generate is the program that go:generate runs with the arguments "generate
	// CLUSTER"; this repository's cmd/manifests, seen from [dag.Graph.Dir], when empty.
	Generate string
	// Comments are carried into the declaration: the lines of a comment, without
	// marks, by the node's namespace/name and the path of the field that they
	// stand at: "spec.path", "spec.dependsOn[0]", or "" for the object. A comment
	// at something that the declaration does not say stands above the node, after
	// the path.
	Comments map[string]map[string][]string
}

// GoFile is one source file of a declaration.
type GoFile struct {
	Name string // in the folder of the declaration
	Data []byte
}

// oneFileNodes is how many nodes a declaration holds in one file.
const oneFileNodes = 60

// Go returns the declaration that resolves to a graph: dag.go, or, of a graph of
// over 60 nodes, dag.go with the Cluster and one file for each level. What most
// nodes share becomes the cluster's defaults, and a graph without levels gets
// those of its longest path; one of these has a name only where its nodes are about
// one thing, or are few.
//
// The objects of the declaration are those of the graph, but for a dependency
// that spells out its own namespace, which is left out: Flux assumes it. Policies
// and Externals are not written: a graph does not have them. The bytes depend on
// the graph and the options alone.
func Go(g *dag.Graph, o GoOptions) ([]GoFile, error) {
	w := &goWriter{graph: g, options: o, identifiers: identifiers(g), levels: goLevels(g),
		missing: reported(g, "FD105")}
	w.shared = w.factorOut()
	w.options.Package = cmp.Or(o.Package, packageName(g.Name()))
	if !token.IsIdentifier(w.options.Package) || w.options.Package == "_" {
		return nil, fmt.Errorf("%q is no name of a Go package", w.options.Package)
	}
	main := w.file()
	w.cluster(main)
	if g.Len() <= oneFileNodes {
		for i := range w.levels {
			w.level(main, i)
		}
		return w.render(nil, "dag", main)
	}
	files, err := w.render(nil, "dag", main)
	names := fileNames(w.levels)
	for i := range w.levels {
		if err != nil {
			return nil, err
		}
		f := w.file()
		w.level(f, i)
		files, err = w.render(files, names[i], f)
	}
	return files, err
}

// goWriter writes the declaration of one graph.
type goWriter struct {
	graph       *dag.Graph
	options     GoOptions
	identifiers map[*dag.Vertex]string
	levels      []goLevel
	missing     map[string]bool // dependencies that do not exist
	shared      shared
}

// file begins a source file.
func (w *goWriter) file() *jen.File {
	f := jen.NewFile(w.options.Package)
	for path, name := range specPackages() {
		if strings.HasSuffix(path, "/"+name) || path == name {
			f.ImportName(path, name)
		} else {
			f.ImportAlias(path, name)
		}
	}
	return f
}

// level writes the declarations of the nodes of a level.
func (w *goWriter) level(f *jen.File, i int) {
	f.Line()
	heading := fmt.Sprintf("Level %d", i)
	if name := oneLine(w.levels[i].name); name != "" && name != heading {
		heading += ": " + name
	}
	f.Comment(goComment(heading + "."))
	for _, v := range w.levels[i].nodes {
		f.Line()
		f.Add(w.declaration(v))
	}
}

// render adds a file to files.
func (w *goWriter) render(files []GoFile, name string, f *jen.File) ([]GoFile, error) {
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		return nil, fmt.Errorf("the declaration of %s: %w", w.graph.Name(), err)
	}
	source, err := settled(groupImports(b.Bytes()))
	return append(files, GoFile{name + ".go", source}), err
}

// settled formats a source until gofmt leaves it alone: one pass over an odd comment
// can leave what the next one changes.
func settled(source []byte) ([]byte, error) {
	const most = 10
	for range most {
		next, err := format.Source(source)
		if err != nil || bytes.Equal(next, source) {
			return next, err
		}
		source = next
	}
	return source, nil
}
