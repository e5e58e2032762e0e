package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tazlab/fluxdag/dag"
	"go.yaml.in/yaml/v3"
)

var unlistedFile = dag.Rule{
	Code: "FD310", Name: "unlisted-file", Severity: dag.Warning,
	Summary: "The kustomization.yaml beside the generated files does not list one of them.",
	Flux:    "Where a folder has a kustomization.yaml, Flux builds what that lists and nothing else: the Kustomization never reaches the cluster, or is pruned.",
	Fix:     "Add the file to resources, or delete the kustomization.yaml: Flux then builds every file of the folder.",
	Source:  "fluxcd/pkg/kustomize: Generator, which writes a kustomization.yaml only where there is none",
}

var brokenNeighbour = dag.Rule{
	Code: "FD311", Name: "broken-neighbour", Severity: dag.Error,
	Summary: "A file that Flux builds together with the generated ones cannot be built.",
	Flux:    "The build of the whole folder fails, so none of its Kustomizations is updated any more: not YAML, merge-conflict markers, no Kubernetes object, or a file that kustomization.yaml lists and that is not there.",
	Fix:     "Mend the file, or move it out of the folder.",
	Source:  "fluxcd/pkg/kustomize: Generator (\"failed to decode Kubernetes YAML\"); kustomize: accumulating resources",
}

// Rules returns the rules about what stands beside the generated files, FD310 and
// FD311, for [dag.Graph.Check]: they look into the folder as it is when they run.
func (f *Folder) Rules() []dag.Rule {
	unlisted, broken := unlistedFile, brokenNeighbour
	unlisted.Check = func(g *dag.Graph) []dag.Diagnostic { return f.build().unlisted(g) }
	broken.Check = func(g *dag.Graph) []dag.Diagnostic { return f.build().brokenFiles(g) }
	return []dag.Rule{unlisted, broken}
}

// Builds reports whether Flux builds a file, slash-separated and relative to the
// root of the repository, when it is pointed at the folder.
func (f *Folder) Builds(file string) bool {
	_, ok := f.build().files[file]
	return ok
}

func (b *build) unlisted(g *dag.Graph) []dag.Diagnostic {
	if b.governor == "" || len(b.broken) > 0 {
		return nil
	}
	var found []dag.Diagnostic
	for v := range g.Vertices() {
		if _, listed := b.files[path.Join(g.Dir(), v.File())]; !listed {
			d := v.Report("", "add "+v.File()+" to resources", "%s is not among the resources: Flux does not build it", v.File())
			d.Position = b.at
			found = append(found, d)
		}
	}
	return found
}

// brokenFiles judges what is built and is not ours.
func (b *build) brokenFiles(g *dag.Graph) []dag.Diagnostic {
	declared := map[string]bool{}
	for v := range g.Vertices() {
		declared[path.Join(g.Dir(), v.File())] = true
	}
	found := slices.Clone(b.broken)
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		if declared[name] || slices.Contains(kustomizationNames, path.Base(name)) {
			continue
		}
		at := b.files[name]
		data, err := b.folder.root.ReadFile(name)
		stale := wholeMark(data) && path.Dir(name) == b.folder.dir
		switch {
		case errors.Is(err, fs.ErrNotExist):
			found = append(found, broken(at, "lists "+name+", which does not exist", "delete the entry"))
		case stale && at.File != "":
			found = append(found, broken(at, "lists "+name+", whose node is no longer declared", "delete the entry"))
		case err == nil && !stale:
			found = append(found, judgeNeighbour(name, data)...)
		}
	}
	return found
}

// maxNeighbour bounds the files that are parsed: flux bootstrap puts one of ten
// thousand lines beside the generated files, and it is not the one that people edit.
const maxNeighbour = 64 << 10

// judgeNeighbour says why kustomize cannot take a file for manifests, or nothing.
func judgeNeighbour(name string, data []byte) []dag.Diagnostic {
	if line := conflictLine(data); line > 0 {
		return []dag.Diagnostic{conflicted(name, line)}
	}
	if len(data) > maxNeighbour {
		return nil
	}
	for decoder := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var document yaml.Node
		switch err := decoder.Decode(&document); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return []dag.Diagnostic{unparsable(name, err)}
		}
		if problem := noObject(document.Content[0]); problem != "" {
			at := dag.Position{File: name, Line: document.Content[0].Line}
			return []dag.Diagnostic{broken(at, problem, "move the file out of the folder, or list the others in a kustomization.yaml")}
		}
	}
}

// noObject says why a document is no Kubernetes object, or nothing.
func noObject(node *yaml.Node) string {
	if node.ShortTag() == "!!null" {
		return ""
	}
	var object manifest
	if node.Kind != yaml.MappingNode || node.Decode(&object) != nil || object.Kind == "" {
		return "holds no Kubernetes object, only other YAML"
	}
	if object.Metadata.Name == "" && !strings.HasSuffix(object.Kind, "List") {
		return "holds a " + object.Kind + " without a name"
	}
	return ""
}

func broken(at dag.Position, problem, hint string) dag.Diagnostic {
	return dag.Diagnostic{Position: at, Message: problem + ": Flux builds it together with the generated files, and stops updating all of them", Hint: hint}
}

func conflicted(name string, line int) dag.Diagnostic {
	return broken(dag.Position{File: name, Line: line}, "holds merge-conflict markers", "resolve the conflict")
}

func unparsable(name string, err error) dag.Diagnostic {
	at := dag.Position{File: name}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, cut := strings.CutPrefix(message, "line "); cut {
		if _, err := fmt.Sscanf(rest, "%d: ", &at.Line); err == nil {
			_, message, _ = strings.Cut(rest, ": ")
		}
	}
	return broken(at, "is not YAML ("+message+")", "mend it, or move it out of the folder")
}
